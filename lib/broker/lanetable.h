// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/effects.h"
#include "broker/lane.h"
#include "broker/store.h"
#include "support/fault.h"

#include <map>

namespace drover {

//! All lanes: numbers them, keeps them in the order of service and their windows filled. Queues have their turns by their
//! weights; within one greater priority comes first, then fair turns between the owners, then age.
class LaneTable
{
public:
    LaneTable(ClassTable &classes, Effects &effects, qsizetype window);
    ~LaneTable();

    Lane &lane(const LaneKey &key);
    Lane *find(quint32 number) const;
    Lane &recover(const RecoveredLane &recovered);
    const std::vector<std::unique_ptr<Lane>> &all() const { return m_lanes; } //!< by number, from 0 = null

    quint64 waiting() const { return m_waiting; } //!< in memory
    quint64 beyond() const { return m_beyond; } //!< only on disk
    bool hasReady() const; //!< in memory, in a queue that is not paused
    quint64 readyBeyond() const; //!< only on disk, in queues that are not paused

    //! The lanes of the queue \a name, which is made on first use.
    QueueLanes &queue(const QString &name);
    const std::map<QString, QueueLanes> &queues() const { return m_queues; }
    void configure(const QueueSettings &settings);

    void join(LiveTask *task);
    void leave(LiveTask *task);
    //! The task that comes next among those that \a fits; null when there is none. It stays where it is.
    template <typename Fits> LiveTask *next(const Fits &fits) const;
    //! The lane had its turn.
    void served(Lane *lane);

    //! True when a new task of \a lane stays in memory; else it is counted as beyond.
    bool admitNew(Lane &lane, quint64 turn);
    void leaveBeyond(Lane &lane, const TaskId &id);
    void takeFromBeyond(Lane &lane);
    template <typename IsIn> QList<StoredTask> finishLoading(Lane &lane, QList<StoredTask> loaded, const IsIn &isIn);
    //! Loads when less than half a window is in memory.
    void refill(Lane &lane);
    //! Workers are idle and nothing in memory suits them: looks further down the lanes, to a bound.
    void loadFurther();

private:
    static QueueLanes::Rank rank(const LaneKey &key) { return {-key.priority, -int(key.depth)}; }
    static QueueLanes::Shelf &shelfOf(const Lane &lane) { return lane.queue().shelves[rank(lane.key())]; }
    template <typename Fits> static LiveTask *next(const QueueLanes &queue, const Fits &fits);
    void addBeyond(Lane &lane, quint64 formerly);
    Lane &add(quint32 number, const LaneKey &key);
    void load(Lane &lane, qsizetype limit);

    static constexpr quint64 furthest = 16; //!< windows in memory, when nobody can run what is in front

    ClassTable &m_classes;
    Effects &m_effects;
    qsizetype m_window;
    std::vector<std::unique_ptr<Lane>> m_lanes;
    QHash<LaneKey, Lane *> m_index;
    std::map<QString, QueueLanes> m_queues;
    Lane *m_last = nullptr;
    quint64 m_waiting = 0;
    quint64 m_beyond = 0;
    quint64 m_serves = 0;
    double m_served = 0; // of the queue that was served last
};

template <typename Fits> LiveTask *LaneTable::next(const QueueLanes &queue, const Fits &fits)
{
    for (const auto &[rank, shelf] : queue.shelves) {
        if (shelf.waiting == 0)
            continue;
        LiveTask *best = nullptr;
        for (const Lane *lane : shelf.lanes) {
            if (lane->waiting() == 0 || (best && best->lane->lastServed <= lane->lastServed))
                continue;
            if (LiveTask *task = lane->first(fits))
                best = task;
        }
        if (best)
            return best;
    }
    return nullptr;
}

template <typename Fits> LiveTask *LaneTable::next(const Fits &fits) const
{
    LiveTask *best = nullptr;
    for (const auto &[name, queue] : m_queues) {
        if ((queue.paused && !DROVER_FAULT(PausedQueueRuns)) || queue.waiting == 0
            || (best && best->lane->queue().served <= queue.served))
            continue;
        if (LiveTask *task = next(queue, fits))
            best = task;
    }
    return best;
}

template <typename IsIn>
QList<StoredTask> LaneTable::finishLoading(Lane &lane, QList<StoredTask> loaded, const IsIn &isIn)
{
    const quint64 formerly = lane.beyond();
    QList<StoredTask> fresh = lane.finishLoading(std::move(loaded), isIn);
    addBeyond(lane, formerly);
    return fresh;
}

} // namespace drover
