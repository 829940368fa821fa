// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/effects.h"
#include "broker/lane.h"
#include "broker/store.h"

#include <map>

namespace drover {

//! All lanes: numbers them, keeps them in the order of service and their windows filled.
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
    struct Shelf
    {
        std::vector<Lane *> lanes;
        quint64 waiting = 0;
    };
    using Rank = std::pair<int, int>; // smaller is served first
    static Rank rank(const LaneKey &key) { return {-key.priority, -int(key.depth)}; }
    Lane &add(quint32 number, const LaneKey &key);
    void load(Lane &lane, qsizetype limit);

    static constexpr quint64 furthest = 16; //!< windows in memory, when nobody can run what is in front

    ClassTable &m_classes;
    Effects &m_effects;
    qsizetype m_window;
    std::vector<std::unique_ptr<Lane>> m_lanes;
    QHash<LaneKey, Lane *> m_index;
    std::map<Rank, Shelf> m_shelves;
    Lane *m_last = nullptr;
    quint64 m_waiting = 0;
    quint64 m_beyond = 0;
    quint64 m_serves = 0;
};

template <typename Fits> LiveTask *LaneTable::next(const Fits &fits) const
{
    for (const auto &[rank, shelf] : m_shelves) {
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

template <typename IsIn>
QList<StoredTask> LaneTable::finishLoading(Lane &lane, QList<StoredTask> loaded, const IsIn &isIn)
{
    m_beyond -= lane.beyond();
    QList<StoredTask> fresh = lane.finishLoading(std::move(loaded), isIn);
    m_beyond += lane.beyond();
    return fresh;
}

} // namespace drover
