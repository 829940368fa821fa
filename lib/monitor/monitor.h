// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/client.h"
#include "monitor/taskbook.h"

#include <QtCore/QObject>

#include <memory>

namespace drover {

//! Watches the queues, workers and tasks of several brokers. A row's key is (broker, id); finished tasks leave the brokers'
//! live tables and stay here, bounded. Lives in one thread with an event loop; rows are decoded on another, and reach this
//! one in batches, at most one a frame and broker. A broker that is lost keeps its rows as they were until it is back.
class DROVER_CLIENT_EXPORT Monitor : public QObject
{
    Q_OBJECT
public:
    explicit Monitor(QObject *parent = nullptr);
    Monitor(MonitorLimits limits, QObject *parent);
    ~Monitor() override;

    //! Connects to the broker at \a url as Client does; the number that names it in rows, from 1. Never fails: what is
    //! wrong with the URL or the broker is its connectionError().
    int addBroker(const QUrl &url, const ClientSettings &settings = {});
    //! Its rows are removed.
    void removeBroker(int broker);
    QList<int> brokers() const;

    //! To act on its tasks; owned by the Monitor, null for a number that names none.
    Client *client(int broker) const;
    //! What it calls itself; its URL until it has said so.
    QString name(int broker) const;
    bool isConnected(int broker) const;
    //! Why it is not; ErrorCode::None while the first attempt is under way.
    Error connectionError(int broker) const;
    //! The broker has more unfinished tasks than there are rows.
    bool isTruncated(int broker) const;

    //! All rows are told once more, for somebody who connects to the signals late.
    void resend();

Q_SIGNALS:
    void tasksChanged(const drover::RowChanges<drover::TaskInfo> &changes);
    void queuesChanged(const drover::RowChanges<drover::QueueInfo> &changes);
    void workersChanged(const drover::RowChanges<drover::WorkerInfo> &changes);
    //! It was added or removed, it is connected or lost, or has another name.
    void brokerChanged(int broker);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace drover
