// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "taskmix.h"

#include "functions.h"
#include "journal.h"

using namespace drover;
using namespace std::chrono_literals;

QString toString(TaskKind kind)
{
    switch (kind) {
    case TaskKind::Work: return QStringLiteral("work");
    case TaskKind::Quick: return QStringLiteral("quick");
    case TaskKind::Flaky: return QStringLiteral("flaky");
    case TaskKind::Failing: return QStringLiteral("failing");
    case TaskKind::Nested: return QStringLiteral("nested");
    case TaskKind::Command: return QStringLiteral("command");
    case TaskKind::Delayed: return QStringLiteral("delayed");
    case TaskKind::Keyed: return QStringLiteral("keyed");
    case TaskKind::Unwanted: return QStringLiteral("unwanted");
    case TaskKind::AtMostOnce: return QStringLiteral("at most once");
    }
    return {};
}

bool mayFail(TaskKind kind)
{
    return kind == TaskKind::Failing;
}

std::shared_ptr<PendingTask> submitTask(Client &client, TaskKind kind, quint64 number, const QString &name,
                                        QRandomGenerator &random)
{
    const int ms = random.bounded(100);
    const int never = 1000;
    const Options tried = Options().retries(1).backoff(50ms);
    switch (kind) {
    case TaskKind::Work: return client.submit(chaos::work, ms, Options().priority(random.bounded(3))).task();
    case TaskKind::Quick: return client.submit(chaos::work, 0, Options().queue("quick")).task();
    case TaskKind::Flaky: return client.submit(chaos::flaky, ms / 2, 2, tried).task();
    case TaskKind::Failing: return client.submit(chaos::flaky, ms / 4, never, tried).task();
    case TaskKind::Nested: return client.submit(chaos::nested, 2, ms / 2).task();
    case TaskKind::Command:
        return client.submit(Command("sh").args("-c", Journal::script(Journal::commandName(name, number), ms))).task();
    case TaskKind::Delayed: return client.submit(chaos::work, ms, Options().delay(Milliseconds(10 * ms))).task();
    case TaskKind::Unwanted: return client.submit(chaos::work, ms, Options().noResult()).task();
    case TaskKind::AtMostOnce: return client.submit(chaos::work, ms, Options().ackEarly()).task();
    case TaskKind::Keyed:
        // the arguments of a key stay the same
        return client
            .submit(chaos::work, int(number % 50),
                    Options().idempotencyKey(QStringLiteral("%1-%2").arg(name).arg(number)))
            .task();
    }
    return {};
}
