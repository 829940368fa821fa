// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "weather.h"

#include "world.h"

namespace drover::simulation {

using namespace std::chrono_literals;

const Weather::Kind Weather::kinds[] = {
    {"fault: a link was dropped", 10, &Weather::dropLink},
    {"fault: a link stood still for a while", 4, &Weather::stallLink},
    {"fault: two nodes were separated", 4, &Weather::separateNodes},
    {"fault: a broker was killed", 5, &Weather::killBroker},
    {"fault: an agent was killed", 3, &Weather::killWorker},
    {"fault: an executor was killed", 3, &Weather::killExecutor},
    {"fault: a client was killed", 2, &Weather::killClient},
    {"fault: a machine lost its power", 3, &Weather::cutPower},
    {"fault: a machine slept", 4, &Weather::putToSleep},
    {"fault: a wall clock jumped forwards", 2, &Weather::stepForwards},
    {"fault: a wall clock jumped backwards", 2, &Weather::stepBackwards},
    {"fault: a disk was slow", 3, &Weather::slowDisk},
    {"fault: a worker was stopped gracefully", 1, &Weather::stopGracefully},
    {"fault: a worker was stopped at once", 1, &Weather::stopAtOnce},
};

Weather::Weather(World &world) : m_world(world) {}

QStringList Weather::faults()
{
    QStringList names;
    for (const Kind &kind : kinds)
        names.append(QLatin1String(kind.name));
    names.append(QStringLiteral("fault: a redialled address refused"));
    return names;
}

void Weather::begin()
{
    static constexpr int means[] = {2000, 5000, 10'000, 40'000};
    m_meanMs = means[m_world.random().below(4)];
    m_clocks = m_world.clocksJump();
    next();
}

void Weather::next()
{
    const Milliseconds wait(m_world.random().below(2 * m_meanMs));
    m_world.timeline().at(m_world.time() + wait, [this] {
        if (!m_world.isStormy())
            return;
        strike();
        next();
    });
}

void Weather::strike()
{
    int total = 0;
    for (const Kind &kind : kinds)
        total += kind.weight;
    int choice = m_world.random().below(total);
    for (const Kind &kind : kinds) {
        choice -= kind.weight;
        if (choice >= 0)
            continue;
        m_world.report().count(QLatin1String(kind.name));
        return (this->*kind.strike)();
    }
}

template <typename List> auto &Weather::any(const List &list)
{
    return *list[size_t(m_world.random().below(int(list.size())))];
}

Node &Weather::anyNode()
{
    const int choice = m_world.random().below(3);
    if (choice == 0)
        return any(m_world.brokers());
    if (choice == 1)
        return any(m_world.workers());
    return any(m_world.clients());
}

void Weather::dropLink()
{
    const QList<LinkId> links = m_world.network().links();
    if (!links.isEmpty())
        m_world.network().drop(links[m_world.random().below(int(links.size()))]);
}

void Weather::stallLink()
{
    const QList<LinkId> links = m_world.network().links();
    if (!links.isEmpty())
        m_world.network().stall(links[m_world.random().below(int(links.size()))], m_world.random().between(100ms, 12s));
}

void Weather::separateNodes()
{
    BrokerNode &broker = any(m_world.brokers());
    Node &other = m_world.random().oneIn(4) ? static_cast<Node &>(any(m_world.clients())) : any(m_world.workers());
    m_world.network().separate(broker, other, m_world.random().skewed(500ms, 120s));
}

void Weather::kill(Node &node, bool machine)
{
    if (!node.isUp())
        return;
    node.crash(machine);
    m_world.timeline().at(m_world.time() + m_world.random().skewed(20ms, 60s), [&node] { node.start(); });
}

void Weather::killBroker()
{
    kill(any(m_world.brokers()), false);
}

void Weather::killWorker()
{
    kill(any(m_world.workers()), false);
}

void Weather::killExecutor()
{
    any(m_world.workers()).killExecutor();
}

void Weather::killClient()
{
    kill(any(m_world.clients()), false);
}

void Weather::cutPower()
{
    kill(anyNode(), true);
}

void Weather::putToSleep()
{
    Node &node = anyNode();
    if (node.isUp())
        node.sleep(m_world.random().skewed(500ms, 150s));
}

void Weather::stepForwards()
{
    if (m_clocks)
        any(m_world.brokers()).stepWall(Milliseconds(m_world.random().skewed(1s, 3h) / 1ms));
}

void Weather::stepBackwards()
{
    if (m_clocks)
        any(m_world.brokers()).stepWall(-Milliseconds(m_world.random().skewed(1s, 3h) / 1ms));
}

void Weather::slowDisk()
{
    any(m_world.brokers()).slowDisk(m_world.random().skewed(1s, 20s));
}

void Weather::stopGracefully()
{
    WorkerNode &worker = any(m_world.workers());
    if (worker.isUp() && !worker.isAsleep())
        worker.stop(true);
}

void Weather::stopAtOnce()
{
    WorkerNode &worker = any(m_world.workers());
    if (worker.isUp() && !worker.isAsleep())
        worker.stop(false);
}

} // namespace drover::simulation
