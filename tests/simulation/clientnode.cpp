// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "clientnode.h"

#include "brokernode.h"
#include "world.h"

namespace drover::simulation {

using namespace std::chrono_literals;

namespace {

Submit toMessage(const SubmitWindow::Entry &entry, MonotonicTime now)
{
    const Submission &submission = entry.submission;
    Submit message;
    message.seq = entry.seq;
    message.id = submission.id;
    message.function = submission.function;
    message.signatureHash = submission.signatureHash;
    message.arguments = submission.arguments;
    message.summary = submission.summary;
    message.options = submission.options;
    message.item = submission.item;
    message.ageMs = quint64(std::chrono::duration_cast<Milliseconds>(now - *entry.sentAt).count());
    return message;
}

} // namespace

ClientNode::Process::Process(ClientNode &client)
    : batches([&client](const SessionBatches::Message &message) {
          std::visit([&client](const auto &known) { client.send(known); }, message);
      },
              [&client] { client.sendSubmits(); })
{}

ClientNode::ClientNode(World &world, int number, BrokerNode &broker, bool reachesAll)
    : Node(world, QStringLiteral("client%1").arg(number)), m_broker(broker), m_reachesAll(reachesAll)
{}

ClientNode::~ClientNode() = default;

void ClientNode::begin()
{
    m_incarnation = world().newId(now().wallMs);
    m_process = std::make_unique<Process>(*this);
    dialLater();
}

void ClientNode::end(bool)
{
    m_process.reset();
    m_link = 0;
    m_tasks.clear();
    m_batches.clear();
    m_promises.clear();
}

void ClientNode::dialLater()
{
    later(world().random().skewed(10ms, 3s), [this] { world().network().dial(*this, m_broker); });
}

template <typename M> void ClientNode::send(const M &message)
{
    if (!m_link)
        return;
    const Message sent = overWire(message);
    world().witnesses([&](Witness &witness) { witness.asked(*this, sent); });
    if (world().isTracing())
        trace(QStringLiteral("-> ") + describe(sent));
    world().network().send(m_link, *this, sent);
}

void ClientNode::linkReady(LinkId link, Node &, const Id &)
{
    m_link = link;
    Process &process = *m_process;
    process.batches.connected();
    const auto again = [this](const auto &question) { send(question); };
    process.batchCancelRequests.askAgain(again);
    process.window.rewind();
    sendSubmits();
    for (auto it = process.tracked.cbegin(); it != process.tracked.cend(); ++it) {
        if (it->durable)
            send(Watch{it.key(), true});
    }
    for (const StreamOpen &open : process.streams.reopened())
        send(open);
    for (const Subscribe &subscribe : process.tables.resubscribed())
        send(subscribe);
    process.cancelRequests.askAgain(again);
    process.retryRequests.askAgain(again);
    process.controlRequests.askAgain(again);
    process.showRequests.askAgain(again);
    process.listRequests.askAgain(again);
    process.functionRequests.askAgain(again);
    process.queueRequests.askAgain(again);
}

void ClientNode::linkLost(LinkId link)
{
    if (link != m_link)
        return;
    m_link = 0;
    m_process->batches.disconnected();
    dialLater();
}

void ClientNode::received(LinkId link, const Message &message)
{
    if (link != m_link)
        return;
    world().witnesses([&](Witness &witness) { witness.answered(*this, message); });
    std::visit(
        [this](const auto &known) {
            if constexpr (requires { this->handle(known); })
                handle(known);
        },
        message);
}

void ClientNode::sendSubmits()
{
    if (!m_link)
        return;
    Process &process = *m_process;
    process.batches.fill(process.window);
    while (const SubmitWindow::Entry *entry = process.window.next(monotonic()))
        send(toMessage(*entry, monotonic()));
}

void ClientNode::submit(Submission submission)
{
    auto task = std::make_shared<PendingTask>(submission.id);
    world().witnesses([&](Witness &witness) { witness.submitted(*this, submission); });
    m_process->tracked[submission.id].tasks.append(task);
    m_tasks.push_back(submission.id);
    m_promises.push_back({submission.id, task});
    m_process->window.add(std::move(submission), std::move(task));
    sendSubmits();
}

void ClientNode::map(const QString &name, QList<Submission> items, bool isCounted)
{
    BatchPlan plan;
    plan.total = isCounted ? items.size() : -1;
    auto rest = std::make_shared<QList<Submission>>(std::move(items));
    plan.next = [rest]() -> std::optional<Result<Submission>> {
        if (rest->isEmpty())
            return std::nullopt;
        return rest->takeFirst();
    };
    auto core = std::make_shared<BatchCore>(batchOf(world().newId(now().wallMs)), std::move(plan), MapOptions().name(name),
                                            nullptr);
    m_batches.push_back(core);
    m_process->batches.open(core);
}

template <typename Value, typename Question> void ClientNode::ask(Requests<Question, Value> &requests, Question question)
{
    Process &process = *m_process;
    ++process.open;
    send(requests.add(++process.lastRequest, std::move(question), [&process](const Result<Value> &) { --process.open; }));
}

void ClientNode::cancel(const TaskId &id)
{
    ask(m_process->cancelRequests, Cancel{0, id});
}

void ClientNode::cancelBatch(const TaskId &id)
{
    ask(m_process->batchCancelRequests, CancelBatch{0, id});
}

void ClientNode::retry(const TaskId &id)
{
    ask(m_process->retryRequests, RetryTask{0, id, world().newId(now().wallMs)});
}

void ClientNode::control(const TaskId &id, TaskControl what)
{
    ask(m_process->controlRequests, ControlTask{0, id, what});
}

void ClientNode::show(const TaskId &id)
{
    ask(m_process->showRequests, ShowTask{0, id});
}

void ClientNode::list(const TaskQuery &query)
{
    ask(m_process->listRequests, ListTasks{0, query});
}

void ClientNode::describeFunctions()
{
    ask(m_process->functionRequests, Describe{});
}

void ClientNode::configure(const QString &queue, const QueueChange &change)
{
    ask(m_process->queueRequests, ConfigureQueue{0, queue, change});
}

void ClientNode::watch(const TaskId &id, bool result)
{
    send(Watch{id, result});
}

void ClientNode::unwatch(const TaskId &id)
{
    send(Unwatch{id});
}

void ClientNode::openStream(const TaskId &id)
{
    m_process->earlyStreams.remove(id);
    send(m_process->streams.open(id, 1));
}

void ClientNode::closeStream(const TaskId &id)
{
    if (m_process->streams.close(id))
        send(StreamClose{id});
}

void ClientNode::subscribe(Table table, bool on)
{
    TableFeeds &tables = m_process->tables;
    if (on && !tables.isSubscribed(table))
        send(tables.subscribe(table));
    else if (!on && tables.isSubscribed(table) && tables.unsubscribe(table))
        send(Unsubscribe{table});
}

bool ClientNode::isQuiet() const
{
    return !isUp() || unrest().isEmpty();
}

QString ClientNode::unrest() const
{
    if (!m_process->window.isEmpty())
        return QStringLiteral("%1 submits are not acknowledged").arg(m_process->window.size());
    if (m_process->open)
        return QStringLiteral("%1 questions are not answered").arg(m_process->open);
    for (const Promise &promise : m_promises) {
        if (!promise.task->isSettled() && !(promise.task->isAccepted() && !promise.task->accepted()))
            return QStringLiteral("the result of %1 is not settled").arg(describe(promise.id));
    }
    for (const auto &batch : m_batches) {
        if (!batch->isOver())
            return QStringLiteral("the batch %1 is not over: %2 of %3 items")
                .arg(describe(batch->id()))
                .arg(batch->finished().count())
                .arg(batch->read());
    }
    return {};
}

} // namespace drover::simulation
