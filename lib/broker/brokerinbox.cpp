// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/broker_p.h"

#include <QtCore/QCoreApplication>

// What clients and workers say.
namespace drover {

template <typename M> void Broker::Private::pass(Sessions::Session &session, const RawMessage &raw)
{
    read<M>(session, raw, [&](const M &message) {
        scheduler.handle(session.id, message, now(), actions);
        act();
    });
}

// A worker's own submits are those of functions that somebody installed there.
void Broker::Private::submit(Sessions::Session &session, const Submit &message)
{
    const bool isCommand = message.function == commandFunction;
    if (isCommand && session.party == Party::Client && !permits(session.granted, Role::Command)) {
        session.link->send(
            SubmitRefused{message.seq, message.id,
                          Error(ErrorCode::NotPermitted,
                                QStringLiteral("This key may not run commands here: it lacks the role command."))});
        return;
    }
    const SessionId id = session.id;
    scheduler.handle(id, message, now(), actions, blobs.hasPut(id, message.arguments));
    act();
    blobs.named(id, message.arguments, blobActions);
    actOnBlobs();
}

void Broker::Private::receive(Sessions::Session &session, const RawMessage &raw)
{
    switch (raw.kind) {
    case Kind::Submit: return read<Submit>(session, raw, [&](const Submit &message) { submit(session, message); });
    case Kind::Cancel: return pass<Cancel>(session, raw);
    case Kind::RetryTask:
        return read<RetryTask>(session, raw, [&](const RetryTask &message) {
            const bool runsCommands = permits(session.granted, Role::Command);
            scheduler.handle(session.id, message, now(), actions, runsCommands ? QString() : commandFunction);
            act();
        });
    case Kind::ControlTask: return pass<ControlTask>(session, raw);
    case Kind::Watch: return pass<Watch>(session, raw);
    case Kind::Unwatch: return pass<Unwatch>(session, raw);
    case Kind::Describe: return pass<Describe>(session, raw);
    case Kind::ShowTask: return pass<ShowTask>(session, raw);
    case Kind::ListTasks: return pass<ListTasks>(session, raw);
    case Kind::ConfigureQueue: return pass<ConfigureQueue>(session, raw);
    case Kind::Maintain:
        return read<Maintain>(session, raw, [&](const Maintain &message) { maintain(session.id, message); });
    case Kind::BatchHead: return pass<BatchHead>(session, raw);
    case Kind::WatchBatch: return pass<WatchBatch>(session, raw);
    case Kind::UnwatchBatch: return pass<UnwatchBatch>(session, raw);
    case Kind::CancelBatch: return pass<CancelBatch>(session, raw);
    case Kind::StreamOpen: return pass<StreamOpen>(session, raw);
    case Kind::StreamCredit: return pass<StreamCredit>(session, raw);
    case Kind::StreamClose: return pass<StreamClose>(session, raw);
    case Kind::ShowBroker:
        return read<ShowBroker>(session, raw, [&](const ShowBroker &message) { describe(session.id, message); });
    case Kind::Subscribe:
        return read<Subscribe>(session, raw, [&](const Subscribe &message) {
            feeds.subscribe(session.id, message);
            schedulePublish();
        });
    case Kind::Unsubscribe:
        return read<Unsubscribe>(session, raw,
                                 [&](const Unsubscribe &message) { feeds.unsubscribe(session.id, message); });
    default:
        if (receiveBlob(session, raw))
            return;
        if (session.party != Party::Worker || !receiveWork(session, raw))
            session.link->refuse(
                Error(ErrorCode::ProtocolError, QStringLiteral("A broker takes no %1").arg(toString(raw.kind))));
    }
}

bool Broker::Private::receiveWork(Sessions::Session &session, const RawMessage &raw)
{
    switch (raw.kind) {
    case Kind::Offer: pass<Offer>(session, raw); return true;
    case Kind::Grant: pass<Grant>(session, raw); return true;
    case Kind::Started: pass<Started>(session, raw); return true;
    case Kind::Finished:
        read<Finished>(session, raw, [&](const Finished &message) { finished(session, message); });
        return true;
    case Kind::Returned: pass<Returned>(session, raw); return true;
    case Kind::Renew: pass<Renew>(session, raw); return true;
    case Kind::Blocked: pass<Blocked>(session, raw); return true;
    case Kind::Resumed: pass<Resumed>(session, raw); return true;
    case Kind::Suspended: pass<Suspended>(session, raw); return true;
    case Kind::StreamItems: pass<StreamItems>(session, raw); return true;
    default: return false;
    }
}

void Broker::Private::maintain(SessionId session, const Maintain &message)
{
    maintainers.insert(++lastMaintenance, {session, message.request});
    store->maintain(lastMaintenance, message.what, message.path);
}

void Broker::Private::handle(const MaintenanceDone &reply)
{
    const Maintainer asked = maintainers.take(reply.request);
    Maintained answer;
    answer.request = asked.request;
    answer.ok = reply.result.has_value();
    if (reply.result)
        answer.result = *reply.result;
    else
        answer.error = reply.result.error();
    sessions->send(asked.session, answer);
}

void Broker::Private::describe(SessionId session, const ShowBroker &message)
{
    const Scheduler::Totals totals = scheduler.totals();
    BrokerInfo info;
    info.request = message.request;
    info.name = options.name;
    info.version = QCoreApplication::applicationVersion();
    info.store = options.store;
    info.durability = toString(options.durability);
    info.log = options.log;
    info.incarnation = incarnation;
    info.epoch = epoch;
    info.queued = totals.queued;
    info.running = totals.running;
    info.finished = totals.finished;
    info.workers = totals.workers;
    info.slots = totals.slots_;
    info.startedMs = startedMs;
    info.pid = QCoreApplication::applicationPid();
    sessions->send(session, info);
}

} // namespace drover
