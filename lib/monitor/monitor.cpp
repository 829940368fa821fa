// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "monitor/monitor.h"

#include "monitor/watchedbroker.h"

#include <QtCore/QThread>

#include <map>

namespace drover {

class Q_DECL_HIDDEN Monitor::Private
{
public:
    const WatchedBroker *find(int broker) const
    {
        const auto it = brokers.find(broker);
        return it == brokers.end() ? nullptr : it->second.get();
    }

    MonitorLimits limits;
    QThread thread;
    std::map<int, std::unique_ptr<WatchedBroker>> brokers;
    int lastNumber = 0;
};

Monitor::Monitor(QObject *parent) : Monitor(MonitorLimits(), parent) {}

Monitor::Monitor(MonitorLimits limits, QObject *parent) : QObject(parent), d(std::make_unique<Private>())
{
    d->limits = limits;
    d->thread.setObjectName(QStringLiteral("drover monitor"));
    d->thread.start();
}

Monitor::~Monitor()
{
    d->brokers.clear();
    d->thread.quit();
    d->thread.wait();
}

int Monitor::addBroker(const QUrl &url, const ClientSettings &settings)
{
    const int number = ++d->lastNumber;
    auto broker =
        std::make_unique<WatchedBroker>(number, std::make_unique<Client>(url, settings), d->limits, &d->thread);
    connect(broker.get(), &WatchedBroker::tasksChanged, this, &Monitor::tasksChanged);
    connect(broker.get(), &WatchedBroker::queuesChanged, this, &Monitor::queuesChanged);
    connect(broker.get(), &WatchedBroker::workersChanged, this, &Monitor::workersChanged);
    connect(broker.get(), &WatchedBroker::stateChanged, this, [this, number] { Q_EMIT brokerChanged(number); });
    d->brokers[number] = std::move(broker);
    Q_EMIT brokerChanged(number);
    return number;
}

void Monitor::removeBroker(int broker)
{
    const auto node = d->brokers.extract(broker);
    if (!node)
        return;
    const MonitorChanges gone = node.mapped()->removal();
    Q_EMIT workersChanged(gone.workers);
    Q_EMIT queuesChanged(gone.queues);
    Q_EMIT tasksChanged(gone.tasks);
    Q_EMIT brokerChanged(broker);
}

QList<int> Monitor::brokers() const
{
    QList<int> numbers;
    for (const auto &[number, broker] : d->brokers)
        numbers.append(number);
    return numbers;
}

Client *Monitor::client(int broker) const
{
    const WatchedBroker *found = d->find(broker);
    return found ? found->client() : nullptr;
}

QString Monitor::name(int broker) const
{
    const WatchedBroker *found = d->find(broker);
    return found ? found->name() : QString();
}

bool Monitor::isConnected(int broker) const
{
    const WatchedBroker *found = d->find(broker);
    return found && found->client()->isConnected();
}

Error Monitor::connectionError(int broker) const
{
    const WatchedBroker *found = d->find(broker);
    return found ? found->client()->connectionError() : Error();
}

bool Monitor::isTruncated(int broker) const
{
    const WatchedBroker *found = d->find(broker);
    return found && found->isTruncated();
}

void Monitor::resend()
{
    for (const auto &[number, broker] : d->brokers)
        broker->resend();
}

} // namespace drover
