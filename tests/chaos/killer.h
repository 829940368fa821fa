// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "journal.h"
#include "ledger.h"
#include "system/lab.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QRandomGenerator>
#include <QtCore/QSet>

enum class Victim : quint8 { Broker = 0, Worker = 1, Executor = 2, Client = 3 };
inline constexpr int victimKinds = 4;
QString toString(Victim kind);

//! A process that was ended with -9.
struct Kill
{
    Victim kind = Victim::Broker;
    QString name; //!< of a worker or client; of an executor its worker
    QList<qint64> pids; //!< of an executor its own, of a worker those of what it had running
    qint64 atMs = 0; //!< UTC, just before
    bool hurt = true; //!< it had leases or unacknowledged submits at that moment
};

//! A broker, workers and clients, of which now and then one is killed that has something to lose, and started again.
class Killer
{
public:
    Killer(Lab &lab, quint32 seed);
    ~Killer();

    bool start();
    //! Kills for so long. \a longestPauseMs between two kills.
    bool run(std::chrono::milliseconds time, int longestPauseMs);
    //! Starts what is dead, has clients submit nothing more, and waits for the end of all they submitted.
    bool finish();

    const QList<Kill> &kills() const { return m_kills; }
    const QStringList &troubles() const { return m_troubles; } //!< what could not be started, ...
    Journal &journal() { return m_journal; }
    const std::map<QString, Ledger> &ledgers() const { return m_ledgers; }
    void readAll();

private:
    struct Target
    {
        QString name;
        qint64 pid = 0;
    };

    bool startOne(const QString &name);
    void schedule(const QString &name);
    bool startDue(bool all = false);
    bool pause(int ms);
    Victim next();
    QList<Target> targets(Victim kind);
    bool hasSomethingToLose(Victim kind, const Target &target);
    QList<Execution> running();
    void strike(Victim kind);
    bool isUp(const QString &name);

    Lab &m_lab;
    QRandomGenerator m_random;
    Journal m_journal;
    std::map<QString, Ledger> m_ledgers; //!< by client
    std::map<QString, QDeadlineTimer> m_down; //!< when what is dead is started again
    QSet<qint64> m_dead; //!< processes
    QList<Kill> m_kills;
    QStringList m_troubles;
};
