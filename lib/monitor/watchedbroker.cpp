// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "monitor/watchedbroker.h"

#include <QtCore/QThread>

namespace drover {

namespace {

// What a monitor may cost its broker: so many questions about ended tasks at a time, that often.
constexpr int questions = 32;
constexpr Milliseconds pace{50};
constexpr quint32 historyRows = 200;

template <typename T> void note(QSet<RowKey> &told, const RowChanges<T> &changes)
{
    for (const auto &row : changes.put)
        told.insert(row.first);
    for (const RowKey &key : changes.removed)
        told.remove(key);
}

} // namespace

WatchedBroker::WatchedBroker(int number, std::unique_ptr<Client> client, MonitorLimits limits, QThread *thread)
    : m_number(number), m_limits(limits), m_client(std::move(client)), m_reader(new TableReader(number, limits))
{
    m_reader->moveToThread(thread);
    m_pace.setSingleShot(true);
    m_pace.setInterval(pace);
    connect(&m_pace, &QTimer::timeout, this, &WatchedBroker::askMore);
    connect(m_reader, &TableReader::changed, this, &WatchedBroker::tell);
    connect(m_client.get(), &Client::connectedChanged, this, [this](bool up) {
        if (up)
            connected();
        Q_EMIT stateChanged();
    });
    Backend *backend = m_client->backend();
    connect(backend, &Backend::tableReset, this,
            [this](LiveTable table, const QList<QByteArray> &rows) { m_reader->reset(table, rows); });
    connect(backend, &Backend::tableChanged, this,
            [this](LiveTable table, const QList<QByteArray> &rows, const QList<QByteArray> &removed) {
                m_reader->change(table, rows, removed);
            });
    for (const LiveTable table : {LiveTable::Workers, LiveTable::Queues, LiveTable::Tasks})
        backend->subscribe(table);
}

WatchedBroker::~WatchedBroker()
{
    m_reader->disconnect(this);
    m_reader->deleteLater();
}

QString WatchedBroker::name() const
{
    return m_name.isEmpty() ? m_client->broker().toString() : m_name;
}

void WatchedBroker::connected()
{
    m_client->status().then(this, [this](const Result<BrokerStatus> &status) {
        if (!status || status->name == m_name)
            return;
        m_name = status->name;
        Q_EMIT stateChanged();
    });
    TaskQuery recent;
    recent.states = {State::Success, State::Failure, State::Revoked};
    recent.limit = historyRows;
    m_client->list(recent).then(this, [this](const Result<TaskPage> &page) {
        if (page)
            m_reader->learn(QList<TaskInfo>(page->tasks.crbegin(), page->tasks.crend()));
    });
}

void WatchedBroker::tell(const MonitorChanges &changes)
{
    note(m_tasks, changes.tasks);
    note(m_queues, changes.queues);
    note(m_workers, changes.workers);
    if (!changes.workers.isEmpty())
        Q_EMIT workersChanged(changes.workers);
    if (!changes.queues.isEmpty())
        Q_EMIT queuesChanged(changes.queues);
    if (!changes.tasks.isEmpty())
        Q_EMIT tasksChanged(changes.tasks);
    if (std::exchange(m_truncated, changes.truncated) != changes.truncated)
        Q_EMIT stateChanged();
    ask(changes.ended);
    m_reader->consumed();
}

void WatchedBroker::ask(const QList<TaskId> &ended)
{
    m_toAsk.append(ended);
    while (m_toAsk.size() > m_limits.asked)
        m_reader->forget(m_toAsk.takeFirst());
    if (!m_pace.isActive())
        askMore();
}

void WatchedBroker::askMore()
{
    while (!m_toAsk.isEmpty() && m_asked < questions) {
        const TaskId id = m_toAsk.takeLast();
        ++m_asked;
        m_client->show(id).then(this, [this, id](const Result<TaskInfo> &task) {
            --m_asked;
            if (task)
                m_reader->learn({*task});
            else
                m_reader->forget(id);
        });
    }
    if (!m_toAsk.isEmpty())
        m_pace.start();
}

MonitorChanges WatchedBroker::removal() const
{
    MonitorChanges changes;
    changes.tasks.removed = m_tasks.values();
    changes.queues.removed = m_queues.values();
    changes.workers.removed = m_workers.values();
    return changes;
}

} // namespace drover
