// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/lanetable.h"

#include <algorithm>

namespace drover {

LaneTable::LaneTable(ClassTable &classes, Effects &effects, qsizetype window)
    : m_classes(classes), m_effects(effects), m_window(window), m_lanes(1)
{}

LaneTable::~LaneTable() = default;

QueueLanes &LaneTable::queue(const QString &name)
{
    QueueLanes &queue = m_queues[name];
    queue.name = name;
    return queue;
}

void LaneTable::configure(const QueueSettings &settings)
{
    QueueLanes &queue = this->queue(settings.name);
    queue.weight = qMax(1u, settings.weight);
    if (std::exchange(queue.paused, settings.paused) == settings.paused)
        return;
    for (const auto &[rank, shelf] : queue.shelves) {
        for (Lane *lane : shelf.lanes)
            lane->setReady(!settings.paused);
    }
}

bool LaneTable::hasReady() const
{
    return std::any_of(m_queues.begin(), m_queues.end(),
                       [](const auto &entry) { return !entry.second.paused && entry.second.waiting > 0; });
}

quint64 LaneTable::readyBeyond() const
{
    quint64 count = 0;
    for (const auto &[name, queue] : m_queues)
        count += queue.paused ? 0 : queue.beyond;
    return count;
}

Lane &LaneTable::add(quint32 number, const LaneKey &key)
{
    if (m_lanes.size() <= number)
        m_lanes.resize(number + 1);
    m_lanes[number] = std::make_unique<Lane>(number, key, queue(key.queue));
    Lane *lane = m_lanes[number].get();
    m_index.insert(key, lane);
    shelfOf(*lane).lanes.push_back(lane);
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
    addBeyond(lane, 0);
    return lane;
}

void LaneTable::join(LiveTask *task)
{
    Lane *lane = task->lane;
    lane->join(task);
    ++m_waiting;
    ++shelfOf(*lane).waiting;
    QueueLanes &queue = lane->queue();
    if (queue.waiting++ == 0)
        queue.served = qMax(queue.served, m_served); // turns that it had no task for are gone
}

void LaneTable::leave(LiveTask *task)
{
    Lane *lane = task->lane;
    lane->leave(task, m_classes);
    --m_waiting;
    --shelfOf(*lane).waiting;
    --lane->queue().waiting;
    refill(*lane);
}

void LaneTable::served(Lane *lane)
{
    lane->lastServed = ++m_serves;
    QueueLanes &queue = lane->queue();
    m_served = queue.served;
    queue.served += 1.0 / queue.weight;
}

bool LaneTable::admitNew(Lane &lane, quint64 turn)
{
    if (lane.admitsNew(turn, m_window))
        return true;
    const quint64 formerly = lane.beyond();
    lane.addBeyond();
    addBeyond(lane, formerly);
    return false;
}

void LaneTable::leaveBeyond(Lane &lane, const TaskId &id)
{
    const quint64 formerly = lane.beyond();
    lane.leaveBeyond(id);
    addBeyond(lane, formerly);
}

void LaneTable::takeFromBeyond(Lane &lane)
{
    const quint64 formerly = lane.beyond();
    lane.takeFromBeyond();
    addBeyond(lane, formerly);
}

void LaneTable::addBeyond(Lane &lane, quint64 formerly)
{
    m_beyond += lane.beyond() - formerly;
    lane.queue().beyond += lane.beyond() - formerly;
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
        if (lane && !lane->queue().paused && lane->beyond() > 0 && lane->waiting() < furthest * quint64(m_window))
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
