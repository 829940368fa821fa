// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/lanetable.h"

namespace drover {

LaneTable::LaneTable(ClassTable &classes, Effects &effects, qsizetype window)
    : m_classes(classes), m_effects(effects), m_window(window), m_lanes(1)
{}

LaneTable::~LaneTable() = default;

Lane &LaneTable::add(quint32 number, const LaneKey &key)
{
    if (m_lanes.size() <= number)
        m_lanes.resize(number + 1);
    m_lanes[number] = std::make_unique<Lane>(number, key);
    Lane *lane = m_lanes[number].get();
    m_index.insert(key, lane);
    m_shelves[rank(key)].lanes.push_back(lane);
    return *lane;
}

Lane &LaneTable::lane(const LaneKey &key)
{
    if (m_last && m_last->key() == key)
        return *m_last;
    Lane *lane = m_index.value(key);
    m_last = lane ? lane : &add(quint32(m_lanes.size()), key);
    return *m_last;
}

Lane *LaneTable::find(quint32 number) const
{
    return number < m_lanes.size() ? m_lanes[number].get() : nullptr;
}

Lane &LaneTable::recover(const RecoveredLane &recovered)
{
    Lane &lane = add(recovered.number, recovered.key);
    lane.recover(recovered.queued, recovered.nextTurn, recovered.window);
    m_beyond += lane.beyond();
    return lane;
}

void LaneTable::join(LiveTask *task)
{
    Lane *lane = task->lane;
    lane->join(task);
    ++m_waiting;
    ++m_shelves[rank(lane->key())].waiting;
}

void LaneTable::leave(LiveTask *task)
{
    Lane *lane = task->lane;
    lane->leave(task, m_classes);
    --m_waiting;
    --m_shelves[rank(lane->key())].waiting;
    refill(*lane);
}

void LaneTable::served(Lane *lane)
{
    lane->lastServed = ++m_serves;
}

bool LaneTable::admitNew(Lane &lane, quint64 turn)
{
    if (lane.admitsNew(turn, m_window))
        return true;
    lane.addBeyond();
    ++m_beyond;
    return false;
}

void LaneTable::leaveBeyond(Lane &lane, const TaskId &id)
{
    m_beyond -= lane.beyond();
    lane.leaveBeyond(id);
    m_beyond += lane.beyond();
}

void LaneTable::takeFromBeyond(Lane &lane)
{
    m_beyond -= lane.beyond();
    lane.takeFromBeyond();
    m_beyond += lane.beyond();
}

void LaneTable::refill(Lane &lane)
{
    const auto window = quint64(m_window);
    if (lane.beyond() > 0 && lane.waiting() * 2 < window)
        load(lane, qsizetype(window - lane.waiting()));
}

void LaneTable::loadFurther()
{
    if (m_beyond == 0)
        return;
    for (const auto &lane : m_lanes) {
        if (lane && lane->beyond() > 0 && lane->waiting() < furthest * quint64(m_window))
            load(*lane, m_window);
    }
}

void LaneTable::load(Lane &lane, qsizetype limit)
{
    if (lane.isLoading())
        return;
    lane.startLoading();
    lane.setLimit(limit);
    m_effects.load(lane.number(), lane.loadedTo(), limit);
}

} // namespace drover
