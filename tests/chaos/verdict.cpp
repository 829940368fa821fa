// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "verdict.h"

#include <algorithm>

using namespace drover;

namespace {

constexpr qint64 slackMs = 1000; // between noting a kill and the death of all it concerns
constexpr qint64 never = std::numeric_limits<qint64>::max();

QString toString(Cause cause)
{
    switch (cause) {
    case Cause::Retry: return QStringLiteral("it failed and was to be tried again");
    case Cause::ExecutorKilled: return QStringLiteral("its executor was killed");
    case Cause::WorkerKilled: return QStringLiteral("its worker was killed");
    case Cause::BrokerKilled: return QStringLiteral("the broker was killed before the lease was on disk");
    case Cause::LeaseLost: return QStringLiteral("its lease was lost");
    case Cause::Unknown: return QStringLiteral("nobody knows why");
    }
    return {};
}

const AttemptInfo *attemptOf(const TaskInfo *task, quint32 number)
{
    if (!task || number == 0)
        return nullptr;
    const auto found = std::find_if(task->attempts.begin(), task->attempts.end(),
                                    [number](const AttemptInfo &attempt) { return attempt.number == number; });
    return found == task->attempts.end() ? nullptr : &*found;
}

QString attemptsText(const TaskInfo *task)
{
    if (!task)
        return QStringLiteral("the broker does not know it");
    QStringList attempts;
    for (const AttemptInfo &attempt : task->attempts)
        attempts.append(QStringLiteral("%1 %2 %3")
                            .arg(attempt.number)
                            .arg(toString(attempt.state), toString(attempt.error.reason())));
    return toString(task->state) + QStringLiteral(" after ") + attempts.join(QStringLiteral(", "));
}

QString row(const QString &label, qint64 number)
{
    return QStringLiteral("  %1 %2\n").arg(label, -60).arg(number, 8);
}

// Which failures a kill, or the function itself, can bring about.
bool mayEndSo(TaskKind kind, const TaskInfo &task)
{
    if (task.state == State::Success)
        return kind != TaskKind::Failing;
    if (task.state != State::Failure)
        return false;
    if (kind == TaskKind::AtMostOnce)
        return task.reason == Reason::WorkerLost || task.reason == Reason::Crashed;
    return task.reason == Reason::Quarantined || (kind == TaskKind::Failing && task.reason == Reason::Exception);
}

} // namespace

Verdict::Verdict(const Evidence &evidence) : m_evidence(evidence)
{
    group();
    for (auto it = m_executions.cbegin(); it != m_executions.cend(); ++it)
        judge(it.key(), it.value());
}

template <typename F> void Verdict::forEachEntry(F &&fn) const
{
    for (const auto &[client, entries] : m_evidence.ledgers) {
        for (const auto &[number, entry] : entries)
            fn(client, entry);
    }
}

void Verdict::group()
{
    forEachEntry([this](const QString &client, const Entry &entry) {
        if (entry.kind == TaskKind::Command)
            m_commands.insert(Journal::commandName(client, entry.number), entry.id);
    });
    for (const Execution &execution : m_evidence.executions) {
        const auto command = m_commands.constFind(execution.task);
        m_executions[command == m_commands.cend() ? execution.task : command->toString()].append(execution);
    }
    for (QList<Execution> &executions : m_executions)
        std::ranges::stable_sort(executions, {}, &Execution::beganMs);
}

// One execution counts: the last of the attempt that ended the task. All others need a cause.
void Verdict::judge(const QString &task, const QList<Execution> &executions)
{
    const auto found = m_evidence.tasks.constFind(Id::fromString(task).value_or(TaskId()));
    const TaskInfo *info = found == m_evidence.tasks.cend() ? nullptr : &*found;
    const quint32 last = info && !info->attempts.isEmpty() ? info->attempts.last().number : 0;
    qsizetype counts = executions.size() - 1;
    for (qsizetype i = counts; i >= 0 && executions[counts].attempt != last; --i) {
        if (executions[i].attempt == last)
            counts = i;
    }
    int again = 0;
    for (qsizetype i = 0; i < executions.size(); ++i) {
        if (i == counts)
            continue;
        const qint64 next = i + 1 < executions.size() ? executions[i + 1].beganMs : never;
        const Cause cause = causeOf(executions[i], next, info);
        ++m_causes[size_t(cause)];
        again += int(cause != Cause::Retry);
        if (cause == Cause::Unknown)
            m_unexplained.append(QStringLiteral("%1 attempt %2 on %3 began at %4, process %5; %6")
                                     .arg(task)
                                     .arg(executions[i].attempt)
                                     .arg(executions[i].worker)
                                     .arg(executions[i].beganMs)
                                     .arg(executions[i].pid)
                                     .arg(attemptsText(info)));
    }
    m_tasksRunAgain += int(again > 0);
}

const Kill *Verdict::killOf(Victim kind, const Execution &execution, qint64 nextMs) const
{
    const auto explains = [&](const Kill &kill) {
        const bool inTime = kill.atMs + slackMs >= execution.beganMs && kill.atMs - slackMs <= nextMs;
        const bool concerns = kind == Victim::Executor ? kill.pids.contains(execution.pid)
            : kind == Victim::Worker                   ? kill.name == execution.worker
                                                       : true;
        return kill.kind == kind && inTime && concerns;
    };
    const auto found = std::find_if(m_evidence.kills.begin(), m_evidence.kills.end(), explains);
    return found == m_evidence.kills.end() ? nullptr : &*found;
}

Cause Verdict::causeOf(const Execution &execution, qint64 nextMs, const TaskInfo *task) const
{
    const bool executorDied = killOf(Victim::Executor, execution, nextMs);
    const bool workerDied = killOf(Victim::Worker, execution, nextMs);
    if (const AttemptInfo *attempt = attemptOf(task, execution.attempt); attempt && attempt->state == State::Failure) {
        switch (attempt->error.reason()) {
        case Reason::Exception: return Cause::Retry;
        case Reason::Crashed: return executorDied ? Cause::ExecutorKilled : Cause::Unknown;
        case Reason::WorkerLost: return workerDied ? Cause::WorkerKilled : Cause::LeaseLost;
        default: return Cause::Unknown;
        }
    }
    // handed back by its worker, which costs no attempt; or the broker has forgotten it, or a command
    if (executorDied)
        return Cause::ExecutorKilled;
    if (workerDied)
        return Cause::WorkerKilled;
    return killOf(Victim::Broker, execution, nextMs) ? Cause::BrokerKilled : Cause::Unknown;
}

QStringList Verdict::lost() const
{
    QStringList wrong;
    forEachEntry([&](const QString &client, const Entry &entry) {
        if (!entry.acknowledged)
            return;
        const auto task = m_evidence.tasks.constFind(entry.id);
        if (task == m_evidence.tasks.cend())
            wrong.append(QStringLiteral("%1 of %2 was acknowledged and is lost").arg(entry.id.toString(), client));
        else if (!isFinal(task->state))
            wrong.append(QStringLiteral("%1 of %2 is %3").arg(entry.id.toString(), client, toString(task->state)));
    });
    for (const TaskId &id : m_evidence.listedTwice)
        wrong.append(QStringLiteral("%1 has two final states").arg(id.toString()));
    return wrong;
}

QStringList Verdict::contradictions() const
{
    QStringList wrong;
    forEachEntry([&](const QString &, const Entry &entry) {
        const QString id = entry.id.toString();
        const auto task = m_evidence.tasks.constFind(entry.id);
        if (!entry.refused.isEmpty())
            wrong.append(QStringLiteral("%1 was refused: %2").arg(id, entry.refused));
        if (entry.contradicted)
            wrong.append(QStringLiteral("%1 was settled twice").arg(id));
        if (!entry.result.isEmpty() && m_evidence.results.value(entry.id) != entry.result)
            wrong.append(QStringLiteral("%1 was settled as %2 and is %3")
                             .arg(id, entry.result, m_evidence.results.value(entry.id)));
        if (!entry.acknowledged || task == m_evidence.tasks.cend() || !isFinal(task->state))
            return;
        if (!mayEndSo(entry.kind, *task))
            wrong.append(QStringLiteral("%1 (%2) ended as %3 %4: %5")
                             .arg(id, toString(entry.kind), toString(task->state), toString(task->reason),
                                  task->error.message()));
        if (task->state == State::Success && !m_executions.contains(id))
            wrong.append(QStringLiteral("%1 has a result and never ran").arg(id));
    });
    return wrong;
}

QStringList Verdict::ranTwice() const
{
    QStringList wrong;
    forEachEntry([&](const QString &, const Entry &entry) {
        const qsizetype times = m_executions.value(entry.id.toString()).size();
        if (entry.kind == TaskKind::AtMostOnce && times > 1)
            wrong.append(QStringLiteral("%1 began %2 times").arg(entry.id.toString()).arg(times));
    });
    return wrong;
}

int Verdict::count(Victim kind, bool hurt) const
{
    return int(std::ranges::count_if(m_evidence.kills,
                                     [&](const Kill &kill) { return kill.kind == kind && kill.hurt == hurt; }));
}

QString Verdict::tasksText() const
{
    qint64 submitted = 0, acknowledged = 0, settled = 0;
    QSet<QString> atMostOnce;
    qint64 begun = 0;
    forEachEntry([&](const QString &, const Entry &entry) {
        ++submitted;
        acknowledged += entry.acknowledged;
        settled += !entry.result.isEmpty();
        if (entry.kind != TaskKind::AtMostOnce)
            return;
        atMostOnce.insert(entry.id.toString());
        begun += m_executions.contains(entry.id.toString());
    });
    QString text = QStringLiteral("tasks\n") + row(QStringLiteral("submitted by clients"), submitted)
        + row(QStringLiteral("acknowledged"), acknowledged) + row(QStringLiteral("seen settled by a client"), settled)
        + row(QStringLiteral("submitted at most once"), atMostOnce.size())
        + row(QStringLiteral("of which began"), begun);
    std::map<QString, qint64> ends;
    for (const TaskInfo &task : m_evidence.tasks)
        ++ends[toString(task.state) + (task.reason == Reason::None ? QString() : u' ' + toString(task.reason))
               + (task.parent.isNull() ? QString() : QStringLiteral(", of children"))];
    text += QStringLiteral("final states at the broker\n");
    for (const auto &[state, number] : ends)
        text += row(state, number);
    return text;
}

QString Verdict::executionsText() const
{
    QString text = QStringLiteral("executions\n") + row(QStringLiteral("begun"), m_evidence.executions.size())
        + row(QStringLiteral("tasks that ran more often than asked for"), m_tasksRunAgain);
    for (int cause = 0; cause < causes; ++cause)
        text += row(QStringLiteral("ran again: ") + toString(Cause(cause)), m_causes[size_t(cause)]);
    qint64 orphans = 0;
    for (const TaskInfo &task : m_evidence.tasks)
        orphans += task.orphans.size();
    return text + row(QStringLiteral("late results kept as orphans"), orphans);
}

QString Verdict::report() const
{
    QString text =
        QStringLiteral("kills with -9                                       with something to lose  without\n");
    for (int kind = 0; kind < victimKinds; ++kind)
        text += QStringLiteral("  %1 %2 %3\n")
                    .arg(toString(Victim(kind)), -60)
                    .arg(count(Victim(kind)), 8)
                    .arg(count(Victim(kind), false), 8);
    text += tasksText() + executionsText();
    if (lost().isEmpty() && contradictions().isEmpty() && unexplained().isEmpty() && ranTwice().isEmpty())
        text += QStringLiteral(
            "Nothing acknowledged was lost or finished twice; what runs at most once began at most once.\n");
    return text;
}
