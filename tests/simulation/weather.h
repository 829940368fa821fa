// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QStringList>

namespace drover::simulation {

class Node;
class World;

//! What goes wrong, by chance: links, processes, machines, clocks, disks. More of it in some histories than in others.
class Weather
{
public:
    explicit Weather(World &world);

    void begin();
    //! The names under which it counts in the report.
    static QStringList faults();

private:
    using Strike = void (Weather::*)();
    struct Kind
    {
        const char *name;
        int weight;
        Strike strike;
    };
    static const Kind kinds[];

    void next();
    void strike();
    void dropLink();
    void stallLink();
    void separateNodes();
    void killBroker();
    void killWorker();
    void killExecutor();
    void killClient();
    void cutPower();
    void putToSleep();
    void stepForwards();
    void stepBackwards();
    void slowDisk();
    void stopGracefully();
    void stopAtOnce();
    void kill(Node &node, bool machine);
    template <typename List> auto &any(const List &list);
    Node &anyNode();

    World &m_world;
    int m_meanMs = 8000;
    bool m_clocks = true;
};

} // namespace drover::simulation
