// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "killer.h"

#include <QtCore/QDateTime>
#include <QtTest/QTest>

namespace {

const QString broker = QStringLiteral("broker");
const QStringList workers{QStringLiteral("worker-1"), QStringLiteral("worker-2")};
const QStringList clients{QStringLiteral("client-1"), QStringLiteral("client-2")};

constexpr int targetPatienceMs = 10'000; // for somebody with something to lose
constexpr int endPatienceMs = 240'000;

QString stopFile(const Lab &lab)
{
    return lab.home() + QStringLiteral("/stop");
}

QString ledgerFile(const Lab &lab, const QString &client)
{
    return lab.home() + u'/' + client + QStringLiteral(".ledger");
}

QString journalFile(const Lab &lab)
{
    return lab.home() + QStringLiteral("/journal");
}

} // namespace

QString toString(Victim kind)
{
    switch (kind) {
    case Victim::Broker: return QStringLiteral("broker");
    case Victim::Worker: return QStringLiteral("worker");
    case Victim::Executor: return QStringLiteral("executor");
    case Victim::Client: return QStringLiteral("client");
    }
    return {};
}

Killer::Killer(Lab &lab, quint32 seed) : m_lab(lab), m_random(seed), m_journal(journalFile(lab))
{
    qputenv("DROVER_PROGRAM", "true"); // no shell starts a broker of its own
    qputenv(Journal::fileVariable, QFile::encodeName(journalFile(lab)));
    for (const QString &client : clients)
        m_ledgers.try_emplace(client, ledgerFile(lab, client));
}

Killer::~Killer() = default;

bool Killer::start()
{
    for (const QString &name : QStringList{broker} + workers) {
        if (!startOne(name))
            return false;
    }
    for (const QString &worker : workers) {
        if (!m_lab.awaitFunction(QStringLiteral("chaos.work"), worker))
            return false;
    }
    return startOne(clients[0]) && startOne(clients[1]);
}

bool Killer::startOne(const QString &name)
{
    bool started = false;
    if (name == broker) {
        started = m_lab.startBroker();
    } else if (workers.contains(name)) {
        qputenv(Journal::workerVariable, name.toLatin1());
        started = m_lab.startWorker(
            name,
            {QStringLiteral("--slots"), QStringLiteral("2"), QStringLiteral("--plugin"), QStringLiteral(CHAOS_PLUGIN)});
    } else {
        started = m_lab.startProgram(
            name, QStringLiteral(CHAOS_CLIENT),
            {name, m_lab.home(), ledgerFile(m_lab, name), stopFile(m_lab), QString::number(m_random.generate())});
        m_ledgers.at(name).forgetUnacknowledged();
    }
    if (!started)
        m_troubles.append(QStringLiteral("%1 could not be started: %2").arg(name, m_lab.log(name).right(2000)));
    return started;
}

// Most are back soon; now and then others have to live without it for a while.
void Killer::schedule(const QString &name)
{
    const int longest = m_random.bounded(4) == 0 ? 1500 : 200;
    m_down[name] = QDeadlineTimer(m_random.bounded(longest));
}

bool Killer::startDue(bool all)
{
    QStringList due;
    std::erase_if(m_down, [&](const auto &entry) {
        const bool isDue = all || entry.second.hasExpired();
        if (isDue)
            due.append(entry.first);
        return isDue;
    });
    return std::all_of(due.begin(), due.end(), [this](const QString &name) { return startOne(name); });
}

bool Killer::pause(int ms)
{
    const QDeadlineTimer end(ms);
    bool well = startDue();
    while (well && !end.hasExpired()) {
        QTest::qWait(5);
        well = startDue();
    }
    return well;
}

bool Killer::isUp(const QString &name)
{
    return !m_down.contains(name) && m_lab.process(name).state() == QProcess::Running;
}

void Killer::readAll()
{
    m_journal.update();
    for (auto &[name, ledger] : m_ledgers)
        ledger.update();
}

//! What is under way in processes that live.
QList<Execution> Killer::running()
{
    QList<Execution> open = m_journal.open();
    open.removeIf([this](const Execution &execution) {
        if (!m_dead.contains(execution.pid) && processtable::commandOf(execution.pid).isEmpty())
            m_dead.insert(execution.pid);
        return m_dead.contains(execution.pid);
    });
    return open;
}

QList<Killer::Target> Killer::targets(Victim kind)
{
    QList<Target> found;
    switch (kind) {
    case Victim::Broker: found.append({broker}); break;
    case Victim::Client:
        for (const QString &client : clients)
            found.append({client});
        break;
    case Victim::Worker:
        for (const QString &worker : workers)
            found.append({worker});
        break;
    case Victim::Executor:
        for (const Execution &execution : running()) {
            if (execution.attempt > 0)
                found.append({execution.worker, execution.pid});
        }
        break;
    }
    found.removeIf([&](const Target &target) { return !isUp(target.name) || !hasSomethingToLose(kind, target); });
    return found;
}

bool Killer::hasSomethingToLose(Victim kind, const Target &target)
{
    const QList<Execution> open = running();
    const auto isOf = [&](const Execution &execution) { return execution.worker == target.name; };
    switch (kind) {
    case Victim::Broker:
        return !open.isEmpty() || std::any_of(m_ledgers.begin(), m_ledgers.end(), [](const auto &e) {
            return e.second.unacknowledged() > 0;
        });
    case Victim::Worker: return std::any_of(open.begin(), open.end(), isOf);
    case Victim::Executor: return m_journal.openOf(target.pid) != nullptr;
    case Victim::Client: return m_ledgers.at(target.name).unacknowledged() > 0;
    }
    return false;
}

//! One of the kinds that have suffered least.
Victim Killer::next()
{
    std::array<int, victimKinds> counts{};
    for (const Kill &kill : m_kills)
        counts[size_t(kill.kind)] += int(kill.hurt);
    const int least = *std::min_element(counts.begin(), counts.end());
    QList<Victim> candidates;
    for (int kind = 0; kind < victimKinds; ++kind) {
        if (counts[size_t(kind)] <= least + 1)
            candidates.append(Victim(kind));
    }
    return candidates[m_random.bounded(int(candidates.size()))];
}

void Killer::strike(Victim kind)
{
    QList<Target> choice;
    const auto isThere = [&] {
        readAll();
        choice = startDue() ? targets(kind) : QList<Target>();
        return !choice.isEmpty();
    };
    if (!QTest::qWaitFor(isThere, targetPatienceMs)) {
        m_troubles.append(
            QStringLiteral("no %1 had anything to lose for %2 ms").arg(toString(kind)).arg(targetPatienceMs));
        return;
    }
    const Target target = choice[m_random.bounded(int(choice.size()))];
    Kill kill{kind, target.name, {target.pid}, QDateTime::currentMSecsSinceEpoch()};
    if (kind == Victim::Worker)
        kill.pids = processtable::childrenOf(m_lab.process(target.name).processId());
    const bool killed = kind == Victim::Executor ? processtable::kill(target.pid) : m_lab.kill(target.name);
    readAll();
    // of a worker all executors may still write that they have ended
    kill.hurt = killed && (kind == Victim::Worker || kind == Victim::Broker || hasSomethingToLose(kind, target));
    m_dead.insert(target.pid);
    m_kills.append(kill);
    if (kind != Victim::Executor)
        schedule(target.name);
}

bool Killer::run(std::chrono::milliseconds time, int longestPauseMs)
{
    const QDeadlineTimer end(time);
    while (!end.hasExpired() && m_troubles.isEmpty()) {
        if (pause(m_random.bounded(longestPauseMs)))
            strike(next());
    }
    return m_troubles.isEmpty();
}

bool Killer::finish()
{
    if (!startDue(true))
        return false;
    LineFile::append(stopFile(m_lab), "stop\n");
    for (const QString &client : clients) {
        QProcess &process = m_lab.process(client);
        const bool ended = process.state() == QProcess::NotRunning || process.waitForFinished(endPatienceMs);
        if (!ended || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
            m_troubles.append(QStringLiteral("%1 did not end well: %2").arg(client, m_lab.log(client).right(2000)));
    }
    readAll();
    return m_troubles.isEmpty();
}
