// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "brokernode.h"
#include "clientnode.h"
#include "network.h"
#include "powervfs.h"
#include "random.h"
#include "report.h"
#include "timeline.h"
#include "user.h"
#include "weather.h"
#include "workernode.h"

#include <memory>

namespace drover::simulation {

//! One history: brokers, workers and clients on a network, in virtual time, as a function of a seed. First a storm, in which
//! users act and things go wrong; then everything heals, and must finish.
class World
{
public:
    struct Options
    {
        quint64 seed = 1;
        QString folder; //!< for the stores
        QTextStream *trace = nullptr;
    };
    World(const Options &options, Report &report);
    ~World();
    World(const World &) = delete;

    //! Lives it to its end, or to the first rule that is broken. What was broken: `rule 3 ...: what`, or nothing.
    QStringList run();

    Timeline &timeline() { return m_timeline; }
    MonotonicTime time() const { return m_timeline.now(); }
    Random &random() { return m_random; }
    Network &network() { return m_network; }
    //! Of all machines.
    testing::PowerVfs &disk() { return m_disk; }
    Report &report() { return m_report; }
    TaskId newId(qint64 wallMs) { return m_ids.next(wallMs); }
    bool isStormy() const { return m_isStormy; }
    bool clocksJump() const { return m_clocksJump; }

    const std::vector<std::unique_ptr<BrokerNode>> &brokers() const { return m_brokers; }
    const std::vector<std::unique_ptr<WorkerNode>> &workers() const { return m_workers; }
    const std::vector<std::unique_ptr<ClientNode>> &clients() const { return m_clients; }

    template <typename F> void witnesses(const F &tell)
    {
        for (const auto &witness : m_witnesses)
            tell(*witness);
    }
    bool isTracing() const { return m_trace != nullptr; }
    void trace(const QString &who, const QString &what);
    void broken(const QString &rule, const QString &what);

private:
    void makeBrokers(const QString &folder);
    void makeWorkers();
    void makeClients();
    void heal();
    void freeParked();
    bool isQuiet() const;
    void live(MonotonicTime end, bool untilQuiet);
    void judgeEnd();
    QString unrest() const;

    Report &m_report;
    QTextStream *m_trace;
    Random m_random;
    IdGenerator m_ids;
    Timeline m_timeline;
    testing::PowerVfs m_disk;
    Network m_network{*this};
    std::vector<std::unique_ptr<BrokerNode>> m_brokers;
    std::vector<std::unique_ptr<WorkerNode>> m_workers;
    std::vector<std::unique_ptr<ClientNode>> m_clients;
    std::vector<std::unique_ptr<User>> m_users;
    Weather m_weather{*this};
    std::vector<std::unique_ptr<Witness>> m_witnesses;
    bool m_isStormy = true;
    bool m_clocksJump = true;
    QStringList m_broken;
};

} // namespace drover::simulation
