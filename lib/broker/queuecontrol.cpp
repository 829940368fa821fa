// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/queuecontrol.h"

#include "broker/settling.h"

namespace drover {

Result<void> QueueControl::check(const ConfigureQueue &message) const
{
    if (message.name.isEmpty())
        return drover::fail(ErrorCode::InvalidArgument, QStringLiteral("A queue needs a name."));
    const quint32 weight = message.change.weight().value_or(1);
    if (weight == 0 || weight > QueueSettings::greatestWeight)
        return drover::fail(ErrorCode::InvalidArgument,
                            QStringLiteral("The weight of a queue is from 1 to %1, not %2.")
                                .arg(QueueSettings::greatestWeight)
                                .arg(weight));
    return {};
}

QueueSettings QueueControl::settingsOf(const QString &name) const
{
    QueueSettings settings = m_desk.queues.value(name);
    settings.name = name;
    return settings;
}

QueueSettings QueueControl::changed(SessionId from, const ConfigureQueue &message) const
{
    const QueueChange &change = message.change;
    QueueSettings settings = settingsOf(message.name);
    settings.durability = change.durability().value_or(settings.durability);
    settings.weight = change.weight().value_or(settings.weight);
    if (change.paused() == true) {
        const PeerSession *peer = m_desk.sessions.find(from);
        settings.paused = true;
        settings.pausedBy = peer ? peer->name : QString();
        settings.pausedWhy = change.why();
        settings.pausedMs = m_desk.now.wallMs;
    } else if (change.paused() == false) {
        settings.paused = false;
        settings.pausedBy.clear();
        settings.pausedWhy.clear();
        settings.pausedMs = 0;
    }
    return settings;
}

void QueueControl::handle(SessionId from, const ConfigureQueue &message)
{
    if (const Result<void> possible = check(message); !possible) {
        m_desk.effects.send(from, QueueConfigured{message.request, false, {}, possible.error()});
        return;
    }
    QueueSettings settings = changed(from, message);
    if (settings != settingsOf(message.name)) {
        m_desk.configure(settings);
        m_desk.effects.record(QueueChanged{settings}, m_desk.options.durability);
        m_desk.changes.queue(message.name);
        m_desk.changes.allTasks(); // why they wait
    }
    Settling::send(m_desk, from, QueueConfigured{message.request, true, std::move(settings), {}});
}

} // namespace drover
