// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/taskclass.h"
#include "broker/waitingline.h"

#include <QtCore/QSet>

#include <map>

namespace drover {

class Lane;

//! The lanes of one queue, and what people have set for it.
struct QueueLanes
{
    //! What orders lanes within a queue: smaller is served first.
    using Rank = std::pair<int, int>;
    struct Shelf
    {
        std::vector<Lane *> lanes;
        quint64 waiting = 0;
    };

    QString name;
    bool paused = false;
    quint32 weight = 1;
    double served = 0; //!< turns that it had, divided by its weight: the queue with the least comes next
    quint64 waiting = 0; //!< in memory
    quint64 beyond = 0; //!< only on disk
    std::map<Rank, Shelf> shelves;
};

//! The waiting tasks of one (queue, priority, depth, owner): the first ones in memory, by class, and a count of those that
//! are only on disk. All Pending tasks of the lane with a turn below loadedTo() are in memory.
class Lane
{
public:
    Lane(quint32 number, LaneKey key, QueueLanes &queue) : m_number(number), m_key(std::move(key)), m_queue(queue) {}

    quint32 number() const { return m_number; }
    const LaneKey &key() const { return m_key; }
    QueueLanes &queue() const { return m_queue; }
    quint64 takeTurn() { return m_nextTurn++; }
    quint64 waiting() const { return m_waiting; } //!< in memory
    quint64 beyond() const { return m_beyond; } //!< only on disk
    quint64 loadedTo() const { return m_loadedTo; }
    bool isLoading() const { return m_loading; }
    quint64 running = 0;
    quint64 lastServed = 0; //!< for fair turns

    // The window.
    void join(LiveTask *task);
    void leave(LiveTask *task, ClassTable &classes);
    //! The first task that \a fits (const TaskClass &) -> bool; null when there is none.
    template <typename Fits> LiveTask *first(const Fits &fits) const;
    //! Its queue was paused, or goes on: the classes know what can be given to workers.
    void setReady(bool ready);

    // What is on disk only.
    //! Whether a new task may stay in memory; if so its turn counts as loaded.
    bool admitsNew(quint64 turn, qsizetype window);
    void addBeyond();
    //! A task on disk ended without having been loaded.
    void leaveBeyond(const TaskId &id);
    //! A task in memory is forgotten; a load under way may still bring it.
    void noteGone(const TaskId &id)
    {
        if (m_loading)
            m_gone.insert(id);
    }
    void startLoading();
    //! Ends a load of \a limit tasks; \a isIn tells whether a task is in memory already. Returns those to take in.
    template <typename IsIn> QList<StoredTask> finishLoading(QList<StoredTask> loaded, const IsIn &isIn);
    void recover(quint64 queued, quint64 nextTurn, const QList<StoredTask> &window);
    //! A task was in \ref beyond and is in memory now.
    void takeFromBeyond() { m_beyond -= m_beyond > 0; }
    void setLimit(qsizetype limit) { m_limit = limit; }

private:
    struct Line
    {
        TaskClass *taskClass = nullptr;
        WaitingLine tasks;
    };
    Line &line(TaskClass *taskClass);
    void countLoaded(const QList<StoredTask> &loaded);

    quint32 m_number;
    LaneKey m_key;
    QueueLanes &m_queue;
    quint64 m_nextTurn = 1;
    quint64 m_waiting = 0;
    std::vector<Line> m_lines;
    quint64 m_beyond = 0;
    quint64 m_loadedTo = 1;
    bool m_loading = false;
    qsizetype m_limit = 0; // of the load under way
    quint64 m_askedTo = 0; // m_nextTurn when it was asked for
    quint64 m_addedSince = 0;
    QSet<TaskId> m_gone; // ended on disk while it is under way
};

template <typename Fits> LiveTask *Lane::first(const Fits &fits) const
{
    LiveTask *best = nullptr;
    for (const Line &line : m_lines) {
        LiveTask *front = line.tasks.front();
        if (front && (!best || front->stored.place.turn < best->stored.place.turn) && fits(*line.taskClass))
            best = front;
    }
    return best;
}

template <typename IsIn> QList<StoredTask> Lane::finishLoading(QList<StoredTask> loaded, const IsIn &isIn)
{
    QList<StoredTask> fresh;
    for (const StoredTask &task : loaded) {
        if (!m_gone.contains(task.submission.id) && !isIn(task.submission.id))
            fresh.append(task);
    }
    m_beyond -= qMin<quint64>(m_beyond, quint64(fresh.size()));
    countLoaded(loaded);
    return fresh;
}

} // namespace drover
