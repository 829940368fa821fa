// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "evidence.h"

//! Why a task ran once more after this execution.
enum class Cause : quint8 {
    Retry = 0, //!< it failed, and was to be tried again
    ExecutorKilled = 1,
    WorkerKilled = 2,
    BrokerKilled = 3, //!< before the lease was on disk
    LeaseLost = 4, //!< says the history of its attempts, without a kill
    Unknown = 5,
};
inline constexpr int causes = 6;

//! What a chaos run shows. Pure; each list is of complaints, empty when all is well.
class Verdict
{
public:
    explicit Verdict(const Evidence &evidence);

    //! Of what was acknowledged: what is not there, or has not exactly one final state.
    QStringList lost() const;
    //! What clients saw settled and the broker has otherwise, and ends that nothing explains.
    QStringList contradictions() const;
    //! Executions beyond the one that counts that nothing explains.
    QStringList unexplained() const { return m_unexplained; }
    //! At-most-once tasks that began more than once.
    QStringList ranTwice() const;

    int count(Victim kind, bool hurt = true) const;
    //! The tables, for a person.
    QString report() const;

private:
    void group();
    void judge(const QString &task, const QList<Execution> &executions);
    Cause causeOf(const Execution &execution, qint64 nextMs, const drover::TaskInfo *task) const;
    const Kill *killOf(Victim kind, const Execution &execution, qint64 nextMs) const;
    QString tasksText() const;
    QString executionsText() const;
    template <typename F> void forEachEntry(F &&fn) const;

    const Evidence &m_evidence;
    QHash<QString, drover::TaskId> m_commands; //!< by their names in the journal
    QHash<QString, QList<Execution>> m_executions; //!< by task, in the order of their beginnings
    std::array<int, causes> m_causes{};
    int m_tasksRunAgain = 0;
    QStringList m_unexplained;
};
