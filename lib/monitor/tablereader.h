// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/backend.h"
#include "monitor/taskbook.h"

#include <QtCore/QTimer>

#include <array>
#include <atomic>

namespace drover {

//! Decodes the live tables of one broker on the thread it was moved to, so that the one with the window does not. What
//! changed goes out at frame rate, and only when the last changes have been used up: a busy window gets fewer, larger ones.
class TableReader : public QObject
{
    Q_OBJECT
public:
    TableReader(int broker, MonitorLimits limits);

    //! -- from any thread
    void reset(LiveTable table, const QList<QByteArray> &rows);
    void change(LiveTable table, const QList<QByteArray> &rows, const QList<QByteArray> &removed);
    void learn(const QList<TaskInfo> &tasks);
    void forget(TaskId id);
    //! What changed() gave is shown.
    void consumed();
    //! changed() gives all rows again.
    void resend();

Q_SIGNALS:
    void changed(const drover::MonitorChanges &changes);

private:
    void readReset(LiveTable table, const QList<QByteArray> &rows);
    void readChange(LiveTable table, const QList<QByteArray> &rows, const QList<QByteArray> &removed);
    template <typename T> void resetBook(RowBook<T> &book, const QList<QByteArray> &rows);
    template <typename T>
    void changeBook(RowBook<T> &book, const QList<QByteArray> &rows, const QList<QByteArray> &removed);
    bool isPartial() const;
    void publishSoon();
    void publish();

    TaskBook m_tasks;
    RowBook<QueueInfo> m_queues;
    RowBook<WorkerInfo> m_workers;
    std::array<std::atomic<quint64>, 8>
        m_snapshots{}; //!< arrived so far, by table: what came before one need not be read
    QTimer m_frame;
    bool m_waiting = false; //!< for consumed()
};

} // namespace drover
