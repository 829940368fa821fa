// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "schedulerscript.h"

#include <algorithm>

namespace drover::testing {

namespace {

Id incarnation(const QByteArray &name, quint8 run)
{
    std::array<quint8, 16> bytes{run};
    std::copy_n(name.begin(), qMin<qsizetype>(name.size(), 15), bytes.begin() + 1);
    return Id(bytes);
}

} // namespace

SchedulerScript::SchedulerScript(SchedulerOptions options)
    : scheduler(std::make_unique<Scheduler>(options)), m_options(options)
{}

SessionId SchedulerScript::client(const char *owner, quint8 run, bool everyTask)
{
    const SessionId session = ++m_sessions;
    act([&](Actions &actions) {
        scheduler->clientConnected(session, owner, QString::fromLatin1(owner), incarnation(owner, run), now, actions,
                                   everyTask);
    });
    return session;
}

SessionId SchedulerScript::workerLink(const char *key, quint8 run)
{
    const SessionId session = ++m_sessions;
    act([&](Actions &actions) {
        scheduler->workerConnected(session, key, QString::fromLatin1(key), QStringLiteral("::1"), incarnation(key, run),
                                   now, actions);
    });
    return session;
}

SessionId SchedulerScript::worker(const char *key, quint64 grant, const Offer &offer)
{
    const SessionId session = workerLink(key);
    inject(session, offer);
    inject(session, Grant{grant});
    return session;
}

Offer SchedulerScript::labOffer(QStringList tags, QList<HeldLease> held)
{
    Offer offer;
    offer.slots = 4;
    offer.tags = std::move(tags);
    offer.functions = {Signature(QStringLiteral("lab.f"), {}, QStringLiteral("int"))};
    offer.held = std::move(held);
    return offer;
}

void SchedulerScript::drop(SessionId session)
{
    act([&](Actions &actions) { scheduler->disconnected(session, now, actions); });
}

TaskId SchedulerScript::submit(SessionId session, const Options &options)
{
    Submit message;
    message.function = QStringLiteral("lab.f");
    message.options = options;
    message.arguments = Payload::cbor("\x80");
    return submit(session, message);
}

TaskId SchedulerScript::submit(SessionId session, Submit message)
{
    if (message.seq == 0)
        message.seq = ++m_seqs[session];
    if (message.id.isNull())
        message.id = newId();
    inject(session, message);
    return message.id;
}

Submit SchedulerScript::child(const Assign &parent, quint32 call, const Options &options)
{
    Submit message;
    message.function = QStringLiteral("lab.f");
    message.arguments = Payload::cbor("\x80");
    message.options = options;
    message.parent = Parent{parent.id, parent.token.epoch, parent.token.attempt, call};
    return message;
}

void SchedulerScript::finish(SessionId worker, const Assign &assign, const QByteArray &value)
{
    Finished message;
    message.id = assign.id;
    message.token = assign.token;
    message.ok = true;
    message.value = Payload::raw(value);
    inject(worker, message);
}

void SchedulerScript::failAttempt(SessionId worker, const Assign &assign, Error error, bool blamed)
{
    Finished message;
    message.id = assign.id;
    message.token = assign.token;
    message.error = std::move(error);
    message.blamed = blamed;
    inject(worker, message);
}

void SchedulerScript::expectNothingElse()
{
    for (const SendTo &sent : m_sent) {
        const QString name = std::visit([](const auto &message) { return toString(message.kind); }, sent.message);
        QTest::qFail(qPrintable(QStringLiteral("%1 was sent to session %2").arg(name).arg(sent.session)), __FILE__,
                     __LINE__);
    }
}

void SchedulerScript::commit()
{
    act([&](Actions &actions) { scheduler->handle(Committed{store.commit()}, now, actions); });
}

void SchedulerScript::advance(Milliseconds by)
{
    const Now start = now;
    const MonotonicTime end = start.monotonic + by;
    while (const auto next = scheduler->nextTick()) {
        const MonotonicTime at = std::max(*next, now.monotonic + Milliseconds(1));
        if (at >= end)
            break;
        now.monotonic = at;
        now.wallMs = start.wallMs + std::chrono::floor<Milliseconds>(at - start.monotonic).count();
        tick();
    }
    now = start;
    sleep(by);
}

void SchedulerScript::sleep(Milliseconds by)
{
    now.monotonic += by;
    now.wallMs += by.count();
    tick();
}

void SchedulerScript::tick()
{
    act([&](Actions &actions) { scheduler->tick(now, actions); });
}

void SchedulerScript::crash()
{
    m_sent.clear();
    scheduler = std::make_unique<Scheduler>(m_options);
    Recovered recovered = store.crash(m_options.window);
    act([&](Actions &actions) { scheduler->recover(std::move(recovered), now, actions); });
}

void SchedulerScript::carryOut(Actions &actions)
{
    Actions next;
    bool appended = false;
    for (Action &action : actions) {
        if (auto *send = std::get_if<SendTo>(&action)) {
            if (hearsDemand || !std::holds_alternative<Demand>(send->message))
                m_sent.push_back(std::move(*send));
        } else if (const auto *append = std::get_if<AppendRecords>(&action)) {
            store.append(*append);
            appended = true;
        } else if (const auto *load = std::get_if<LoadLane>(&action)) {
            scheduler->handle(store.load(*load), now, next);
        } else if (const auto *find = std::get_if<FindTask>(&action)) {
            scheduler->handle(store.find(*find), now, next);
        } else if (auto *query = std::get_if<QueryTasks>(&action)) {
            queries.append(std::move(*query));
        } else if (const auto *close = std::get_if<CloseSession>(&action)) {
            m_closed.append(close->session);
        } else if (const auto *serve = std::get_if<ServeBlob>(&action)) {
            served.append(*serve);
        }
    }
    if (appended && commitsAtOnce)
        scheduler->handle(Committed{store.commit()}, now, next);
    if (!next.empty())
        carryOut(next);
}

} // namespace drover::testing
