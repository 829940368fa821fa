// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "world.h"

#include "checkers/checkers.h"

#include <QtCore/QDir>

namespace drover::simulation {

using namespace std::chrono_literals;

namespace {

constexpr auto patience = 24h; // after the storm, until everything must have finished: clocks may have been hours ahead
constexpr int turnsInPlace = 20'000; // without time going on: something turns in circles

} // namespace

World::World(const Options &options, Report &report)
    : m_report(report), m_trace(options.trace), m_random(options.seed), m_ids(options.seed)
{
    m_clocksJump = !m_random.oneIn(3);
    makeBrokers(options.folder);
    makeWorkers();
    makeClients();
    m_witnesses = makeCheckers(*this);
}

World::~World() = default;

void World::makeBrokers(const QString &folder)
{
    const int count = m_random.oneIn(5) ? 2 : 1;
    for (int i = 0; i < count; ++i) {
        SchedulerOptions options;
        options.seed = m_random.next();
        static constexpr qsizetype windows[] = {2, 8, 4096};
        options.window = windows[m_random.below(3)];
        if (m_random.oneIn(4))
            options.leaseTime = 10s;
        if (!m_clocksJump && m_random.oneIn(2))
            options.dedupWindow = 20s;
        const QString file = QDir(folder).filePath(QStringLiteral("broker%1.db").arg(i));
        m_brokers.push_back(std::make_unique<BrokerNode>(*this, i, file, options));
    }
}

void World::makeWorkers()
{
    const int count = 1 + m_random.below(3);
    for (int i = 0; i < count; ++i) {
        EngineOptions options;
        options.slots = quint32(1 + m_random.below(3));
        if (i == 0)
            options.tags = QStringList(QStringLiteral("gpu"));
        options.suspendsCommands = !m_random.oneIn(4);
        options.suspendsExecutors = !m_random.oneIn(4);
        auto worker = std::make_unique<WorkerNode>(*this, i, options);
        worker->setFunctions(i == 0 ? QStringList{QStringLiteral("sim.work"), QStringLiteral("sim.rare")}
                                    : QStringList(QStringLiteral("sim.work")));
        for (const auto &broker : m_brokers) {
            if (m_random.oneIn(3))
                worker->join(*broker);
            else
                broker->discover(*worker);
        }
        m_workers.push_back(std::move(worker));
    }
}

void World::makeClients()
{
    const int count = std::max<int>(int(m_brokers.size()), 1 + m_random.below(3));
    for (int i = 0; i < count; ++i) {
        BrokerNode &broker = *m_brokers[size_t(i) % m_brokers.size()];
        // those who may do everything bring back at the end what others have put away
        m_clients.push_back(
            std::make_unique<ClientNode>(*this, i, broker, size_t(i) < m_brokers.size() || m_random.oneIn(2)));
        m_users.push_back(std::make_unique<User>(*this, *m_clients.back()));
    }
}

QStringList World::run()
{
    for (const auto &broker : m_brokers)
        broker->start();
    for (const auto &worker : m_workers)
        worker->start();
    for (const auto &client : m_clients)
        client->start();
    for (const auto &user : m_users)
        user->begin();
    m_weather.begin();
    live(time() + std::chrono::duration_cast<std::chrono::seconds>(m_random.between(15s, 150s)), false);
    if (m_broken.isEmpty()) {
        heal();
        live(time() + patience, true);
    }
    if (m_broken.isEmpty())
        judgeEnd();
    return m_broken;
}

void World::live(MonotonicTime end, bool untilQuiet)
{
    MonotonicTime since = time();
    MonotonicTime nextLook = time();
    int turns = 0;
    while (m_broken.isEmpty() && m_timeline.step(end)) {
        if (since != time()) {
            since = time();
            turns = 0;
        } else if (++turns > turnsInPlace) {
            return broken(QStringLiteral("progress"),
                          QStringLiteral("something turns in circles, time does not go on"));
        }
        if (!untilQuiet || time() < nextLook)
            continue;
        if (isQuiet())
            return;
        nextLook = time() + 1s;
    }
}

void World::heal()
{
    trace(QStringLiteral("world"), QStringLiteral("heals"));
    m_isStormy = false;
    m_network.heal();
    for (const auto &broker : m_brokers) {
        broker->setWallRight();
        broker->start();
    }
    for (const auto &worker : m_workers) {
        if (worker->isStopping())
            worker->stop(false); // it may wait for children that only it could run
        worker->start();
    }
    for (const auto &client : m_clients)
        client->start();
    freeParked();
}

// What people have put away they take up again.
void World::freeParked()
{
    for (size_t i = 0; i < m_brokers.size(); ++i) {
        ClientNode &client = *m_clients[i];
        if (!client.isUp() || client.isAsleep())
            continue;
        if (m_brokers[i]->ledger().isPaused(QStringLiteral("slow")))
            client.configure(QStringLiteral("slow"), QueueChange().resume());
        for (const auto &[id, facts] : m_brokers[i]->ledger().durable()) {
            if (facts.ending)
                continue;
            if (facts.delivery().state == State::Trashed)
                client.control(id, TaskControl::Restore);
            else if (facts.delivery().pauseRequested)
                client.control(id, TaskControl::Resume);
        }
    }
    m_timeline.at(time() + 20s, [this] { freeParked(); });
}

QString World::unrest() const
{
    for (const auto &broker : m_brokers) {
        if (!broker->isUp())
            return broker->name() + QStringLiteral(" is down");
        for (const auto &[id, facts] : broker->ledger().written()) {
            if (!facts.ending)
                return QStringLiteral("%1 never ends: it is %2 (attempt %3)")
                    .arg(describe(id), toString(facts.delivery().state))
                    .arg(facts.delivery().attempt);
        }
        if (!broker->ledger().pending().empty())
            return broker->name() + QStringLiteral(" has records that do not become durable");
    }
    for (const auto &client : m_clients) {
        if (!client->isQuiet())
            return QStringLiteral("%1 waits: %2").arg(client->name(), client->unrest());
    }
    for (const auto &worker : m_workers) {
        if (!worker->isIdle())
            return worker->name() + QStringLiteral(" still holds attempts");
    }
    return {};
}

bool World::isQuiet() const
{
    return unrest().isEmpty();
}

void World::judgeEnd()
{
    const QString unrest = this->unrest();
    if (!unrest.isEmpty())
        return broken(QStringLiteral("progress"), unrest);
    witnesses([](Witness &witness) { witness.finished(); });
    m_report.count(QStringLiteral("histories"));
    for (const auto &broker : m_brokers)
        m_report.add(QStringLiteral("tasks"), broker->ledger().durable().size());
}

void World::trace(const QString &who, const QString &what)
{
    if (!m_trace)
        return;
    const double seconds = std::chrono::duration<double>(time() - MonotonicTime(1h)).count();
    *m_trace << QString::number(seconds, 'f', 6).rightJustified(13) << "  " << who.leftJustified(9) << what << '\n';
}

void World::broken(const QString &rule, const QString &what)
{
    m_broken.append(rule + QStringLiteral(": ") + what);
    trace(QStringLiteral("BROKEN"), m_broken.last());
}

} // namespace drover::simulation
