// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/client.h"
#include "monitor/tablereader.h"

#include <QtCore/QTimer>

namespace drover {

//! One broker of a Monitor: its client, its reader, and the questions about tasks that have left the live table.
class WatchedBroker : public QObject
{
    Q_OBJECT
public:
    //! The reader works on \a thread.
    WatchedBroker(int number, std::unique_ptr<Client> client, MonitorLimits limits, QThread *thread);
    //! The thread must still run, or have ended.
    ~WatchedBroker() override;

    Client *client() const { return m_client.get(); }
    QString name() const;
    bool isTruncated() const { return m_truncated; }
    void resend() { m_reader->resend(); }
    //! Every row that was told and not removed since.
    MonitorChanges removal() const;

Q_SIGNALS:
    void tasksChanged(const drover::RowChanges<drover::TaskInfo> &changes);
    void queuesChanged(const drover::RowChanges<drover::QueueInfo> &changes);
    void workersChanged(const drover::RowChanges<drover::WorkerInfo> &changes);
    void stateChanged();

private:
    void connected();
    void tell(const MonitorChanges &changes);
    void ask(const QList<TaskId> &ended);
    void askMore();

    int m_number;
    MonitorLimits m_limits;
    std::unique_ptr<Client> m_client;
    TableReader *m_reader; //!< lives on the other thread
    QString m_name;
    bool m_truncated = false;
    QList<TaskId> m_toAsk;
    int m_asked = 0; //!< questions under way
    QTimer m_pace;
    QSet<RowKey> m_tasks, m_queues, m_workers; //!< told
};

} // namespace drover
