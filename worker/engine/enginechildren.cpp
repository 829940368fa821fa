// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/engine_p.h"

namespace drover {

void Engine::handle(ExecutorId from, const Submit &message, MonotonicTime now, WorkerActions &actions)
{
    ExecutorState *executor = d->executors.find(from);
    if (!executor || executor->attempts.empty() || !message.parent)
        return;
    const Parent &parent = *message.parent;
    const LeaseRef ref{parent.task, {parent.epoch, parent.attempt}};
    const HeldAttempt *attempt = d->leases.find(ref);
    if (!attempt || attempt->executor != from)
        return;
    const ChildTask &child = d->children.add(message, attempt->broker, ref, from);
    d->tell(attempt->broker, child.submit, {now, actions});
}

void Engine::handle(ExecutorId from, const Cancel &message, MonotonicTime now, WorkerActions &actions)
{
    ExecutorState *executor = d->executors.find(from);
    if (!executor || executor->attempts.empty())
        return;
    if (const HeldAttempt *attempt = d->leases.find(executor->attempts.front()))
        d->tell(attempt->broker, message, {now, actions});
}

void Engine::handle(BrokerSession from, const Accepted &message, MonotonicTime now, WorkerActions &actions)
{
    const Private::Session *session = d->session(from);
    if (!session)
        return;
    for (const SeqRange &range : message.ranges) {
        for (const ChildTask &child : d->children.accept(session->broker, range)) {
            const ExecutorState *executor = d->executors.find(child.executor);
            if (executor && !child.finished)
                d->tell(*executor, Accepted{{{child.executorSeq, child.executorSeq}}}, {now, actions});
        }
    }
}

void Engine::handle(BrokerSession from, const SubmitRefused &message, MonotonicTime now, WorkerActions &actions)
{
    const Private::Session *session = d->session(from);
    const ChildTask *found = session ? d->children.bySeq(session->broker, message.seq) : nullptr;
    if (!found)
        return;
    const ChildTask child = *found;
    d->children.forget(session->broker, message.seq);
    if (child.executor != 0)
        d->deliver(child.parent, SubmitRefused{child.executorSeq, message.id, message.error}, {now, actions});
}

void Engine::handle(BrokerSession from, const Duplicate &message, MonotonicTime now, WorkerActions &actions)
{
    const Private::Session *session = d->session(from);
    const ChildTask *child = session ? d->children.bySeq(session->broker, message.seq) : nullptr;
    if (!child)
        return;
    const quint64 seq = child->executorSeq;
    const ExecutorState *executor = d->executors.find(child->executor);
    d->children.rename(session->broker, message.seq, message.existing);
    if (executor)
        d->tell(*executor, Duplicate{seq, message.id, message.existing}, {now, actions});
}

void Engine::handle(BrokerSession from, const TaskResult &message, MonotonicTime now, WorkerActions &actions)
{
    const Private::Session *session = d->session(from);
    if (!session)
        return;
    const QList<ChildTask> waiting = d->children.waitingFor(message.id, session->broker);
    d->children.finish(message.id, session->broker);
    QList<LeaseRef> told;
    for (const ChildTask &child : waiting) {
        if (told.contains(child.parent))
            continue;
        told.append(child.parent);
        d->deliver(child.parent, message, {now, actions});
    }
}

void Engine::handle(BrokerSession from, const Unknown &message, MonotonicTime now, WorkerActions &actions)
{
    TaskResult result;
    result.id = message.id;
    result.settled = true;
    result.error = message.error;
    handle(from, result, now, actions);
}

void Engine::Private::deliver(const LeaseRef &parent, WorkerToExecutorMessage message, Turn turn)
{
    resumptions.push_back({parent, std::move(message)});
    serveResumptions(turn);
}

// In order, except that who has not lent its slot need not wait for one.
void Engine::Private::serveResumptions(Turn turn)
{
    for (auto it = resumptions.begin(); it != resumptions.end();) {
        HeldAttempt *attempt = leases.find(it->parent);
        ExecutorState *executor = attempt ? executors.find(attempt->executor) : nullptr;
        if (executor && attempt->stage == Stage::Blocked && !isSlotFree()) {
            ++it;
            continue;
        }
        if (executor) {
            resume(*executor, *attempt, turn);
            tell(*executor, std::move(it->message), turn);
        }
        it = resumptions.erase(it);
    }
}

void Engine::Private::resume(ExecutorState &executor, HeldAttempt &attempt, Turn turn)
{
    if (attempt.stage != Stage::Blocked)
        return;
    executor.blocked = false;
    setStage(attempt, Stage::Running, turn.now);
    tell(attempt.broker, Resumed{attempt.ref.id, attempt.ref.token}, turn);
    if (busySlots() <= options.slots)
        return;
    for (auto &[id, other] : executors.all())
        takeBackWaiting(other, turn); // its news crossed the word that it waits: nothing follows where one ends
}

void Engine::handle(ExecutorId from, const Blocked &message, MonotonicTime now, WorkerActions &actions)
{
    const Private::Turn turn{now, actions};
    HeldAttempt *attempt = d->leases.find({message.id, message.token});
    ExecutorState *executor = d->executors.find(from);
    if (!executor || !attempt || attempt->executor != from || attempt->stage != HeldAttempt::Stage::Running)
        return;
    if (d->executors.blocked() >= d->options.maxLent)
        return;
    executor->blocked = true;
    d->setStage(*attempt, HeldAttempt::Stage::Blocked, now);
    d->tell(attempt->broker, message, turn);
    d->takeBackWaiting(*executor, turn);
    d->place(turn);
}

void Engine::handle(ExecutorId from, const Resumed &message, MonotonicTime now, WorkerActions &actions)
{
    HeldAttempt *attempt = d->leases.find({message.id, message.token});
    ExecutorState *executor = d->executors.find(from);
    if (executor && attempt && attempt->executor == from)
        d->resume(*executor, *attempt, {now, actions});
}

} // namespace drover
