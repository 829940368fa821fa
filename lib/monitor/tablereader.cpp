// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "monitor/tablereader.h"

#include "protocol/rows.h"
#include "support/logging.h"

namespace drover {

namespace {

constexpr Milliseconds frame{16};

template <typename T> QList<T> decoded(const QList<QByteArray> &rows)
{
    QList<T> values;
    values.reserve(rows.size());
    for (const QByteArray &row : rows) {
        if (auto value = decodeRow<T>(row))
            values.append(*std::move(value));
        else
            qCWarning(logClient).noquote() << "a row of a live table is left out:" << value.error().message();
    }
    return values;
}

} // namespace

TableReader::TableReader(int broker, MonitorLimits limits)
    : m_tasks(broker, limits), m_queues(broker), m_workers(broker), m_frame(this)
{
    m_frame.setSingleShot(true);
    m_frame.setInterval(frame);
    connect(&m_frame, &QTimer::timeout, this, &TableReader::publish);
}

void TableReader::reset(LiveTable table, const QList<QByteArray> &rows)
{
    std::atomic<quint64> &snapshots = m_snapshots[size_t(table) % m_snapshots.size()];
    const quint64 number = ++snapshots;
    QMetaObject::invokeMethod(this, [this, table, rows, number, &snapshots] {
        if (number == snapshots)
            readReset(table, rows);
    });
}

void TableReader::change(LiveTable table, const QList<QByteArray> &rows, const QList<QByteArray> &removed)
{
    const std::atomic<quint64> &snapshots = m_snapshots[size_t(table) % m_snapshots.size()];
    QMetaObject::invokeMethod(this, [this, table, rows, removed, number = snapshots.load(), &snapshots] {
        if (number == snapshots)
            readChange(table, rows, removed);
    });
}

void TableReader::learn(const QList<TaskInfo> &tasks)
{
    QMetaObject::invokeMethod(this, [this, tasks] {
        for (const TaskInfo &task : tasks)
            m_tasks.learn(task);
        publishSoon();
    });
}

void TableReader::forget(TaskId id)
{
    QMetaObject::invokeMethod(this, [this, id] {
        m_tasks.forget(id.view().toByteArray());
        publishSoon();
    });
}

void TableReader::consumed()
{
    QMetaObject::invokeMethod(this, [this] {
        m_waiting = false;
        publishSoon();
    });
}

void TableReader::resend()
{
    QMetaObject::invokeMethod(this, [this] {
        m_tasks.changeAll();
        m_queues.changeAll();
        m_workers.changeAll();
        publishSoon();
    });
}

template <typename T> void TableReader::resetBook(RowBook<T> &book, const QList<QByteArray> &rows)
{
    const QList<QByteArray> before = book.ids();
    QSet<QByteArray> gone(before.begin(), before.end());
    for (const T &value : decoded<T>(rows)) {
        const QByteArray id = rowKey(value);
        gone.remove(id);
        book.put(id, value);
    }
    for (const QByteArray &id : std::as_const(gone))
        book.remove(id);
}

template <typename T>
void TableReader::changeBook(RowBook<T> &book, const QList<QByteArray> &rows, const QList<QByteArray> &removed)
{
    for (const T &value : decoded<T>(rows))
        book.put(rowKey(value), value);
    for (const QByteArray &id : removed)
        book.remove(id);
}

void TableReader::readReset(LiveTable table, const QList<QByteArray> &rows)
{
    switch (table) {
    case LiveTable::Workers: resetBook(m_workers, rows); break;
    case LiveTable::Queues: resetBook(m_queues, rows); break;
    case LiveTable::Tasks: m_tasks.reset(decoded<TaskInfo>(rows)); break;
    default: return;
    }
    publishSoon();
}

void TableReader::readChange(LiveTable table, const QList<QByteArray> &rows, const QList<QByteArray> &removed)
{
    switch (table) {
    case LiveTable::Workers: changeBook(m_workers, rows, removed); break;
    case LiveTable::Queues: changeBook(m_queues, rows, removed); break;
    case LiveTable::Tasks:
        for (const TaskInfo &task : decoded<TaskInfo>(rows))
            m_tasks.put(task);
        for (const QByteArray &id : removed)
            m_tasks.leave(id);
        break;
    default: return;
    }
    publishSoon();
}

void TableReader::publishSoon()
{
    const bool any = m_tasks.hasChanges() || m_queues.hasChanges() || m_workers.hasChanges();
    if (any && !m_waiting && !m_frame.isActive())
        m_frame.start();
}

// A broker shows the tasks that it has in memory, and counts all of them. Small differences are those of two moments.
bool TableReader::isPartial() const
{
    constexpr quint64 many = 1'000;
    quint64 counted = 0;
    for (const QByteArray &id : m_queues.ids())
        counted += m_queues.find(id)->pending + m_queues.find(id)->running;
    return counted > quint64(m_tasks.live()) + many;
}

void TableReader::publish()
{
    MonitorChanges changes;
    changes.tasks = m_tasks.takeChanges();
    changes.queues = m_queues.takeChanges();
    changes.workers = m_workers.takeChanges();
    changes.ended = m_tasks.takeLeft();
    changes.truncated = m_tasks.isTruncated() || isPartial();
    if (changes.isEmpty())
        return;
    m_waiting = true;
    Q_EMIT changed(changes);
}

} // namespace drover
