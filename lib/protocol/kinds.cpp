// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "protocol/kinds.h"

#include "task/payload.h"

#include <algorithm>
#include <array>

namespace drover {

const qsizetype maxValueMessage = maxInlineValue + 64 * 1024;

namespace {

constexpr quint8 anyWay =
    ClientToBroker | BrokerToClient | WorkerToBroker | BrokerToWorker | WorkerToExecutor | ExecutorToWorker;
constexpr quint8 asking = ClientToBroker | WorkerToBroker | ExecutorToWorker; // who submits, and nested tasks
constexpr quint8 answering = BrokerToClient | BrokerToWorker | WorkerToExecutor;
constexpr quint8 working = WorkerToBroker | ExecutorToWorker;
constexpr quint8 ordering = BrokerToWorker | WorkerToExecutor;
constexpr quint8 reading = ClientToBroker | ordering; // of streams
constexpr quint8 telling = BrokerToClient | working;
constexpr quint8 requesting = ClientToBroker | WorkerToBroker; // of large values
constexpr quint8 replying = BrokerToClient | BrokerToWorker;

constexpr auto small = maxControlMessage;
constexpr auto list = maxListMessage;
constexpr auto value = maxInlineValue + 64 * 1024;

constexpr auto none = LeastRole::None;
constexpr auto observe = LeastRole::Observe;
constexpr auto submit = LeastRole::Submit;
constexpr auto admin = LeastRole::Admin;
constexpr auto control = Plane::Control;
constexpr auto bulk = Plane::Bulk;

#define ROW(name, ...) \
    KindInfo \
    { \
        Kind::name, QLatin1String(#name), __VA_ARGS__ \
    }
constexpr KindInfo table[] = {
    ROW(Hello, anyWay, none, small, control),
    ROW(Refused, anyWay, none, small, control),
    ROW(Credit, anyWay, none, small, control),
    ROW(Submit, asking, submit, value, control),
    ROW(Accepted, answering, submit, list, control),
    ROW(SubmitRefused, answering, submit, value, control),
    ROW(Duplicate, answering, submit, small, control),
    ROW(TaskResult, answering, submit, value, control),
    ROW(Settled, answering, submit, list, control),
    ROW(Cancel, asking, submit, small, control),
    ROW(CancelAnswer, answering, submit, small, control),
    ROW(Watch, asking, observe, small, control),
    ROW(Unwatch, asking, observe, small, control),
    ROW(Changed, answering, submit, value, control),
    ROW(Unknown, answering, submit, value, control),
    ROW(Describe, ClientToBroker, observe, small, control),
    ROW(Functions, BrokerToClient, none, list, control),
    ROW(ShowTask, ClientToBroker, observe, small, control),
    ROW(ShowTaskAnswer, BrokerToClient, none, value, control),
    ROW(ShowBroker, ClientToBroker, observe, small, control),
    ROW(BrokerInfo, BrokerToClient, none, small, control),
    ROW(ListTasks, ClientToBroker, observe, small, control),
    ROW(TaskList, BrokerToClient, none, value, bulk),
    ROW(StreamOpen, reading, observe, small, control),
    ROW(StreamCredit, reading, observe, small, control),
    ROW(StreamClose, reading, observe, small, control),
    ROW(StreamItems, telling, none, value, bulk),
    ROW(RetryTask, ClientToBroker, submit, small, control),
    ROW(RetryAnswer, BrokerToClient, none, value, control),
    ROW(ControlTask, ClientToBroker, submit, small, control),
    ROW(ControlAnswer, BrokerToClient, none, value, control),
    ROW(Offer, working, none, list, control),
    ROW(Demand, ordering, submit, small, control),
    ROW(Grant, working, none, small, control),
    ROW(Assign, ordering, submit, value, control),
    ROW(Returned, working, none, small, control),
    ROW(Started, working, none, small, control),
    ROW(Finished, working, none, value, control),
    ROW(FinishedAck, ordering, submit, list, control),
    ROW(Renew, WorkerToBroker, none, small, control),
    ROW(Renewed, BrokerToWorker, submit, small, control),
    ROW(Stop, ordering, submit, small, control),
    ROW(Blocked, working, none, small, control),
    ROW(Resumed, working, none, small, control),
    ROW(TakeBack, WorkerToExecutor, none, small, control),
    ROW(Suspend, BrokerToWorker, submit, small, control),
    ROW(Suspended, WorkerToBroker, none, value, control),
    ROW(Subscribe, ClientToBroker, observe, small, control),
    ROW(Unsubscribe, ClientToBroker, observe, small, control),
    ROW(Snapshot, BrokerToClient, none, value, bulk),
    ROW(Delta, BrokerToClient, none, value, bulk),
    ROW(BatchHead, ClientToBroker, submit, small, control),
    ROW(WatchBatch, ClientToBroker, observe, small, control),
    ROW(UnwatchBatch, ClientToBroker, observe, small, control),
    ROW(BatchChanged, BrokerToClient, none, value, control),
    ROW(CancelBatch, ClientToBroker, submit, small, control),
    ROW(ConfigureQueue, ClientToBroker, admin, small, control),
    ROW(QueueConfigured, BrokerToClient, none, value, control),
    ROW(Maintain, ClientToBroker, admin, small, control),
    ROW(Maintained, BrokerToClient, none, value, control),
    ROW(BlobPut, requesting, submit, small, bulk),
    ROW(BlobStored, replying, submit, small, control),
    ROW(BlobGet, requesting, observe, small, control),
    ROW(BlobData, replying, submit, small, bulk),
    ROW(BlobRead, requesting, observe, small, control),
    ROW(BlobClose, requesting, observe, small, bulk),
};
#undef ROW

constexpr size_t places = size_t(std::end(table)[-1].kind) + 1;

//! The row of each number, -1 for none.
constexpr auto rows = [] {
    std::array<qint8, places> places{};
    places.fill(-1);
    for (size_t i = 0; i < std::size(table); ++i)
        places[size_t(table[i].kind)] = qint8(i);
    return places;
}();

static_assert(std::ranges::is_sorted(table, {}, &KindInfo::kind));

struct Link
{
    Party from;
    Party to;
    Way way;
};
constexpr Link links[] = {
    {Party::Client, Party::Broker, ClientToBroker},     {Party::Broker, Party::Client, BrokerToClient},
    {Party::Worker, Party::Broker, WorkerToBroker},     {Party::Broker, Party::Worker, BrokerToWorker},
    {Party::Worker, Party::Executor, WorkerToExecutor}, {Party::Executor, Party::Worker, ExecutorToWorker},
};

} // namespace

std::span<const KindInfo> kindTable()
{
    return table;
}

const KindInfo *kindInfo(Kind kind)
{
    const auto place = size_t(kind);
    return place < places && rows[place] >= 0 ? &table[rows[place]] : nullptr;
}

QString toString(Kind kind)
{
    const KindInfo *info = kindInfo(kind);
    return info ? QString(info->name) : QStringLiteral("kind %1").arg(quint16(kind));
}

QString toString(Party party)
{
    switch (party) {
    case Party::Client: return QStringLiteral("client");
    case Party::Worker: return QStringLiteral("worker");
    case Party::Broker: return QStringLiteral("broker");
    case Party::Executor: return QStringLiteral("executor");
    }
    return QStringLiteral("party %1").arg(int(party));
}

QLatin1String roleName(LeastRole role)
{
    static constexpr QLatin1String names[] = {QLatin1String("none"), QLatin1String("observe"), QLatin1String("submit"),
                                              QLatin1String("work"), QLatin1String("admin")};
    return names[size_t(role)];
}

std::optional<Way> way(Party from, Party to)
{
    const auto link = std::ranges::find_if(links, [=](const Link &link) { return link.from == from && link.to == to; });
    return link == std::end(links) ? std::nullopt : std::optional(link->way);
}

LeastRole leastRole(Kind kind, Party from, Party to)
{
    const KindInfo *info = kindInfo(kind);
    if (!info || quint16(kind) <= quint16(Kind::Credit) || to == Party::Client || to == Party::Executor
        || from == Party::Executor)
        return LeastRole::None;
    return from == Party::Worker ? LeastRole::Work : info->role;
}

Result<void> checkInbound(Kind kind, Party from, Party to, qsizetype size)
{
    const KindInfo *info = kindInfo(kind);
    if (!info)
        return fail(ErrorCode::ProtocolError, QStringLiteral("%1 is not known.").arg(toString(kind)));
    const auto allowed = way(from, to);
    if (!allowed || !(info->ways & *allowed))
        return fail(
            ErrorCode::ProtocolError,
            QStringLiteral("%1 may not go from a %2 to a %3.").arg(toString(kind), toString(from), toString(to)));
    if (size > info->bound)
        return fail(
            ErrorCode::TooLarge,
            QStringLiteral("%1 of %2 bytes is over its limit of %3.").arg(toString(kind)).arg(size).arg(info->bound));
    return {};
}

} // namespace drover
