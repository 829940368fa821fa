// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/schedulerevents.h"
#include "message.h"

#include <functional>
#include <vector>

namespace drover::simulation {

class World;

//! A link of the network, numbered from 1; never used twice.
using LinkId = quint64;

//! A machine with one process on it: its clocks, its sleep, and how the process ends and begins again.
class Node
{
public:
    //! Why something happens in a process: after a sleep both kinds wait, and either may come first.
    enum class Cause { Timer, Arrival };

    Node(World &world, QString name);
    virtual ~Node() = default;
    Node(const Node &) = delete;

    World &world() const { return m_world; }
    const QString &name() const { return m_name; }
    //! By the clocks of this machine.
    Now now() const;
    MonotonicTime monotonic() const { return now().monotonic; }
    bool isUp() const { return m_life % 2 == 1; }
    bool isAsleep() const { return m_asleep; }
    quint64 sleeps() const { return m_sleeps; } //!< so many until now
    //! Another one for each run of the process.
    quint64 life() const { return m_life; }
    //! As it presents itself: null where there is none.
    virtual Id incarnation() const { return {}; }

    void start();
    //! kill -9. With \a machine the power fails, too: the clock that never steps begins anew.
    void crash(bool machine);
    //! Nothing is handled for so long; clocks go on.
    void sleep(std::chrono::nanoseconds time);
    void stepWall(Milliseconds by) { m_wallStepMs += by.count(); }
    //! The wall clock is right again.
    void setWallRight() { m_wallStepMs = 0; }
    qint64 wallStepMs() const { return m_wallStepMs; }

    //! Lets \a event happen in this run of the process.
    void later(std::chrono::nanoseconds delay, std::function<void()> event, Cause cause = Cause::Timer);
    //! It happens now, or after the sleep.
    void happen(std::function<void()> event, Cause cause);

    // From the network.
    virtual void linkReady(LinkId link, Node &peer, const Id &incarnation) = 0;
    virtual void linkLost(LinkId link) = 0;
    virtual void received(LinkId link, const Message &message) = 0;
    //! Its address refuses: the machine is there, the process is not.
    virtual void refused(Node &) {}
    virtual void unreachable(Node &) {}

protected:
    virtual void begin() = 0;
    //! \a machine: its power is gone, too.
    virtual void end(bool machine) = 0;
    virtual void woken(std::chrono::nanoseconds) {}
    void trace(const QString &text) const;

private:
    struct Missed
    {
        std::function<void()> event;
        Cause cause;
    };
    void wake(std::chrono::nanoseconds slept);

    World &m_world;
    QString m_name;
    quint64 m_life = 0;
    std::chrono::nanoseconds m_skew{0};
    qint64 m_wallStepMs = 0;
    bool m_asleep = false;
    bool m_startsAwake = false; //!< was to start while its machine slept
    quint64 m_sleeps = 0;
    std::vector<Missed> m_missed;
};

} // namespace drover::simulation
