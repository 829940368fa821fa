// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "brokersimulator.h"

namespace drover::testing {

namespace {

QByteArray text(const Token &token)
{
    return QByteArray::number(token.epoch) + '.' + QByteArray::number(token.attempt);
}

} // namespace

BrokerSimulator::BrokerSimulator(quint64 seed, int clients, int workers) : m_random(seed), m_ids(seed)
{
    m_options.window = 8;
    m_options.seed = seed;
    m_scheduler = std::make_unique<Scheduler>(m_options);
    m_clients.resize(size_t(clients));
    m_agents.resize(size_t(workers));
    for (size_t i = 0; i < m_clients.size(); ++i) {
        m_clients[i].owner = "owner" + QByteArray::number(int(i));
        m_clients[i].incarnation = newIncarnation();
    }
    for (size_t i = 0; i < m_agents.size(); ++i) {
        m_agents[i].key = "worker" + QByteArray::number(int(i));
        m_agents[i].incarnation = newIncarnation();
    }
}

template <typename Body> void BrokerSimulator::act(const Body &body)
{
    Actions actions;
    body(actions);
    carryOut(actions);
}

template <typename M> void BrokerSimulator::inject(SessionId from, const M &message)
{
    act([&](Actions &actions) { m_scheduler->handle(from, message, m_now, actions); });
}

void BrokerSimulator::carryOut(Actions &actions)
{
    Actions next;
    for (const Action &action : actions) {
        if (const auto *send = std::get_if<SendTo>(&action)) {
            deliver(*send);
        } else if (const auto *append = std::get_if<AppendRecords>(&action)) {
            m_store.append(*append);
            noteRecords(*append);
        } else if (const auto *load = std::get_if<LoadLane>(&action)) {
            m_scheduler->handle(m_store.load(*load), m_now, next);
        } else if (const auto *find = std::get_if<FindTask>(&action)) {
            m_scheduler->handle(m_store.find(*find), m_now, next);
        }
    }
    if (!next.empty())
        carryOut(next);
}

void BrokerSimulator::deliver(const SendTo &send)
{
    if (const auto *assign = std::get_if<Assign>(&send.message)) {
        Token &newest = m_newest[assign->id];
        if (assign->token <= newest)
            problem(QStringLiteral("token %1 after %2")
                        .arg(QString::fromLatin1(text(assign->token)), QString::fromLatin1(text(newest))));
        newest = assign->token;
    }
    for (Client &client : m_clients) {
        if (client.link.session == send.session)
            client.link.inbox.push_back(send.message);
    }
    for (Agent &agent : m_agents) {
        if (agent.link.session == send.session)
            agent.link.inbox.push_back(send.message);
    }
}

// A result may come from the newest token only; one of an earlier epoch only when none was issued since.
void BrokerSimulator::noteRecords(const AppendRecords &append)
{
    for (const Record &record : append.records) {
        const auto *ended = std::get_if<TaskEnded>(&record);
        if (!ended || ended->ending.state != State::Success)
            continue;
        const QByteArray token = *ended->ending.outcome->inlineBytes();
        const Token newest = m_newest[ended->id];
        const bool isNewest = token == text(newest);
        if (!isNewest && newest.epoch == m_epoch)
            problem(QStringLiteral("result of %1 was taken, %2 is newer")
                        .arg(QString::fromLatin1(token), QString::fromLatin1(text(newest))));
    }
}

void BrokerSimulator::connectClient(Client &client)
{
    client.link.session = ++m_sessions;
    act([&](Actions &actions) {
        m_scheduler->clientConnected(client.link.session, client.owner, QString::fromLatin1(client.owner),
                                     client.incarnation, m_now, actions);
    });
    const auto again = client.unacknowledged;
    for (const auto &[seq, submit] : again)
        inject(client.link.session, submit);
}

void BrokerSimulator::connectAgent(Agent &agent)
{
    agent.link.session = ++m_sessions;
    agent.granted = 4;
    const SessionId session = agent.link.session;
    act([&](Actions &actions) {
        m_scheduler->workerConnected(session, agent.key, QString::fromLatin1(agent.key), {}, agent.incarnation, m_now,
                                     actions);
    });
    for (const auto &[lease, finished] : agent.unacknowledged)
        inject(session, finished);
    Offer offer;
    offer.slots = 4;
    offer.functions = {Signature(QStringLiteral("lab.f"), {}, QStringLiteral("int"))};
    for (const auto &[id, running] : agent.running)
        offer.held.append(HeldLease{id, running.token, true, false});
    inject(session, offer);
    inject(session, Grant{agent.granted});
}

void BrokerSimulator::dropLink(Link &link)
{
    if (!link.session)
        return;
    const SessionId session = std::exchange(link.session, 0);
    link.inbox.clear();
    act([&](Actions &actions) { m_scheduler->disconnected(session, m_now, actions); });
}

void BrokerSimulator::submit(Client &client)
{
    if (client.unacknowledged.size() > 50)
        return;
    Submit message;
    message.seq = ++client.seq;
    message.id = m_ids.next(m_now.wallMs);
    message.function = QStringLiteral("lab.f");
    message.options.retries(chance(3)).backoff(Milliseconds(chance(3000)));
    message.options.priority(chance(3));
    if (chance(3) == 0)
        makeItem(client, message);
    client.unacknowledged[message.seq] = message;
    client.sent[message.seq] = message.id;
    if (client.link.session)
        inject(client.link.session, message);
}

void BrokerSimulator::makeItem(Client &client, Submit &message)
{
    if (client.batches.isEmpty() || chance(30) == 0) {
        client.batches.append(batchOf(m_ids.next(m_now.wallMs)));
        client.items = 0;
    }
    message.item = ++client.items;
    message.id = itemId(client.batches.last(), message.item);
}

void BrokerSimulator::cancelSome(Client &client)
{
    if (client.link.session && !client.batches.isEmpty() && chance(4) == 0)
        inject(client.link.session, CancelBatch{2, client.batches[chance(int(client.batches.size()))]});
    if (client.link.session && !client.sent.empty())
        inject(client.link.session, Cancel{1, client.sent[1 + m_random() % client.seq]});
}

void BrokerSimulator::finishSome(Agent &agent, bool smoothly)
{
    if (agent.running.empty())
        return;
    auto it = agent.running.begin();
    std::advance(it, chance(int(agent.running.size())));
    const int fate = smoothly ? 0 : chance(10);
    if (fate == 9) {
        const Returned returned{it->first, it->second.token, Returned::Why::Busy};
        agent.running.erase(it);
        if (agent.link.session)
            inject(agent.link.session, returned);
        ++agent.granted;
    } else if (fate == 8 && agent.link.session) {
        Submit child;
        child.seq = ++agent.childSeq;
        child.id = m_ids.next(m_now.wallMs);
        child.function = QStringLiteral("lab.f");
        child.parent = Parent{it->first, it->second.token.epoch, it->second.token.attempt, quint32(1 + chance(2))};
        inject(agent.link.session, child);
    } else {
        Finished finished;
        finished.id = it->first;
        finished.token = it->second.token;
        finished.ok = fate < 6;
        finished.value = Payload::raw(text(finished.token));
        finished.blamed = fate == 7;
        if (!finished.ok)
            finished.error = Error(fate == 7 ? Reason::Crashed : Reason::Exception, QStringLiteral("no"));
        agent.running.erase(it);
        agent.unacknowledged[{finished.id, finished.token}] = finished;
        if (agent.link.session)
            inject(agent.link.session, finished);
        ++agent.granted;
    }
    if (agent.link.session)
        inject(agent.link.session, Grant{agent.granted});
}

void BrokerSimulator::receive(Client &client, const BrokerMessage &message)
{
    if (const auto *accepted = std::get_if<Accepted>(&message)) {
        for (const SeqRange &range : accepted->ranges) {
            for (quint64 seq = range.first; seq <= range.last; ++seq) {
                m_accepted.insert(client.sent[seq]);
                client.unacknowledged.erase(seq);
            }
        }
    } else if (const auto *refused = std::get_if<SubmitRefused>(&message)) {
        problem(refused->error.message());
    }
}

void BrokerSimulator::receive(Agent &agent, const BrokerMessage &message)
{
    if (const auto *assign = std::get_if<Assign>(&message)) {
        agent.running[assign->id] = Running{assign->token};
    } else if (const auto *stop = std::get_if<Stop>(&message)) {
        const auto it = agent.running.find(stop->id);
        if (it == agent.running.end() || it->second.token != stop->token)
            return;
        Finished finished{stop->id, stop->token, false, {}, Error(ErrorCode::Revoked, QStringLiteral("stopped")),
                          false,    0,           0,     {}};
        agent.running.erase(it);
        agent.unacknowledged[{finished.id, finished.token}] = finished;
        inject(agent.link.session, finished);
        inject(agent.link.session, Grant{++agent.granted});
    } else if (const auto *acknowledged = std::get_if<FinishedAck>(&message)) {
        for (const LeaseRef &lease : acknowledged->leases)
            agent.unacknowledged.erase({lease.id, lease.token});
    }
}

void BrokerSimulator::readInboxes(bool all)
{
    const auto read = [&](auto &peer) {
        while (!peer.link.inbox.empty()) {
            const BrokerMessage message = std::move(peer.link.inbox.front());
            peer.link.inbox.pop_front();
            receive(peer, message);
            if (!all && chance(2))
                return;
        }
    };
    for (Client &client : m_clients)
        read(client);
    for (Agent &agent : m_agents)
        read(agent);
}

void BrokerSimulator::commit()
{
    act([&](Actions &actions) { m_scheduler->handle(Committed{m_store.commit()}, m_now, actions); });
    checkSettled();
}

void BrokerSimulator::checkSettled()
{
    for (const auto &[id, ending] : m_settled) {
        const FinishedTask *finished = m_store.finished(id);
        if (!finished || finished->ending != ending)
            problem(QStringLiteral("the recorded end of %1 changed").arg(id.toString()));
    }
    for (const auto &[id, finished] : m_store.allFinished())
        m_settled.emplace(id, finished.ending);
}

void BrokerSimulator::crashBroker()
{
    for (Client &client : m_clients)
        client.link = {};
    for (Agent &agent : m_agents)
        agent.link = {};
    m_scheduler = std::make_unique<Scheduler>(m_options);
    Recovered recovered = m_store.crash(m_options.window);
    m_epoch = recovered.epoch;
    act([&](Actions &actions) { m_scheduler->recover(std::move(recovered), m_now, actions); });
    checkSettled();
}

void BrokerSimulator::crashAgent(Agent &agent)
{
    dropLink(agent.link);
    agent.running.clear();
    agent.unacknowledged.clear();
    agent.incarnation = newIncarnation();
}

void BrokerSimulator::advance(Milliseconds by)
{
    m_now.monotonic += by;
    m_now.wallMs += by.count();
    for (Agent &agent : m_agents) {
        if (agent.link.session && chance(4))
            inject(agent.link.session, Renew{++m_renewals});
    }
    act([&](Actions &actions) { m_scheduler->tick(m_now, actions); });
}

void BrokerSimulator::step()
{
    Client &client = m_clients[size_t(chance(int(m_clients.size())))];
    Agent &agent = m_agents[size_t(chance(int(m_agents.size())))];
    const int what = chance(1000);
    if (!client.link.session && chance(5) == 0)
        connectClient(client);
    if (!agent.link.session && chance(5) == 0)
        connectAgent(agent);
    if (what < 300)
        submit(client);
    else if (what < 700)
        finishSome(agent, false);
    else if (what < 720)
        cancelSome(client);
    else if (what < 740)
        dropLink(client.link);
    else if (what < 770)
        dropLink(agent.link);
    else if (what < 780)
        crashAgent(agent);
    else if (what < 783)
        crashBroker();
    else if (what < 900)
        commit();
    else
        advance(Milliseconds(chance(4000)));
    readInboxes(false);
}

void BrokerSimulator::drain()
{
    for (int round = 0; round < 3000; ++round) {
        for (Client &client : m_clients) {
            if (!client.link.session)
                connectClient(client);
        }
        for (Agent &agent : m_agents) {
            if (!agent.link.session)
                connectAgent(agent);
            for (int i = 0; i < 4; ++i)
                finishSome(agent, true);
        }
        advance(Milliseconds(1000));
        commit();
        readInboxes(true);
        if (m_store.live() == 0)
            break;
    }
    commit();
    readInboxes(true);
}

//! Its counts are those of the tasks in the store.
void BrokerSimulator::checkBatch(const Client &client, const TaskId &batch)
{
    BatchInfo counted;
    for (auto it = m_store.allFinished().lower_bound(itemId(batch, 1));
         it != m_store.allFinished().end() && batchOf(it->first) == batch; ++it) {
        const State state = it->second.ending.state;
        ++(state == State::Success ? counted.succeeded : state == State::Revoked ? counted.revoked : counted.failed);
        ++counted.submitted;
    }
    const auto known = m_scheduler->batch(client.link.session, batch);
    if (!known || known->submitted != counted.submitted || known->succeeded != counted.succeeded
        || known->failed != counted.failed || known->revoked != counted.revoked)
        problem(QStringLiteral("the counts of the batch %1 are off").arg(batch.toString()));
}

void BrokerSimulator::check()
{
    for (const auto &[id, task] : m_store.allLive()) {
        const TaskInfo info = m_scheduler->task(id).value_or(TaskInfo());
        problem(QStringLiteral("%1 never ended: it is %2 on %3, attempt %4, on disk %5")
                    .arg(id.toString(), toString(info.state), info.worker)
                    .arg(info.attempt)
                    .arg(toString(task.delivery.state)));
    }
    for (const TaskId &id : std::as_const(m_accepted)) {
        if (m_store.endings(id) != 1)
            problem(QStringLiteral("%1 ended %2 times").arg(id.toString()).arg(m_store.endings(id)));
    }
    for (const Client &client : m_clients) {
        if (!client.unacknowledged.empty())
            problem(QStringLiteral("%1 submits were never acknowledged").arg(client.unacknowledged.size()));
        for (const TaskId &batch : client.batches)
            checkBatch(client, batch);
    }
    const Scheduler::Totals totals = m_scheduler->totals();
    if (totals.queued || totals.running || totals.finished != m_store.allFinished().size())
        problem(QStringLiteral("the counts are off: %1 queued, %2 running, %3 finished")
                    .arg(totals.queued)
                    .arg(totals.running)
                    .arg(totals.finished));
}

} // namespace drover::testing
