// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "gui/launches.h"

#include "protocol/rows.h"

namespace drover::gui {

namespace {

constexpr qsizetype mostRemembered = 10'000;

} // namespace

Launches::Launches(Monitor *monitor, QObject *parent) : QObject(parent), m_monitor(monitor) {}

RowKey Launches::launch(int broker, const Command &command, const Options &options)
{
    Client *client = m_monitor->client(broker);
    if (!client)
        return {};
    const Submitted<CommandResult> task = client->submit(command, options);
    const RowKey key{broker, task.id().view().toByteArray()};
    add(key);
    await(this, key, task.accepted());
    return key;
}

void Launches::add(const RowKey &task)
{
    m_tasks.insert(task);
    m_order.append(task);
    while (m_order.size() > mostRemembered)
        m_tasks.remove(m_order.takeFirst());
}

QCoro::Task<> Launches::await(QPointer<Launches> self, RowKey task, Acceptance acceptance)
{
    const Result<void> done = co_await acceptance;
    if (!self)
        co_return;
    if (done)
        Q_EMIT self->accepted(task);
    else
        Q_EMIT self->refused(task, done.error());
}

} // namespace drover::gui
