// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/intake.h"

#include "broker/settling.h"
#include "broker/taskview.h"
#include "support/fault.h"

namespace drover {

void Intake::handle(SessionId from, const Submit &message, bool hasBlobs)
{
    PeerSession *peer = m_desk.sessions.find(from);
    if (!peer)
        return;
    if (peer->unaccepted >= m_desk.options.maxUnaccepted) {
        m_desk.effects.close(
            from,
            Error(ErrorCode::ProtocolError,
                  QStringLiteral("More than %1 submits are not acknowledged.").arg(m_desk.options.maxUnaccepted)));
        return;
    }
    Result<Origin> origin = this->origin(from, *peer, message);
    if (!origin) {
        refuse(from, message, origin.error());
        return;
    }
    if (isKnown(*origin, message)) {
        accept(*origin, message.seq, m_desk.effects.lastNeed());
        deliver(*origin, message.id);
        return;
    }
    Result<void> sound = check(message, *origin);
    if (sound)
        sound = checkValue(message, *origin, hasBlobs);
    if (!sound) {
        refuse(from, message, sound.error());
        return;
    }
    Submission submission{message.id,      message.function, message.signatureHash, message.arguments,
                          message.summary, message.options,  message.parent,        message.item};
    if (!answerByKey(*origin, message, submission))
        add(*origin, message, std::move(submission));
}

Result<Intake::Origin> Intake::origin(SessionId from, PeerSession &peer, const Submit &message)
{
    if (peer.client) {
        if (message.parent)
            return drover::fail(ErrorCode::InvalidArgument,
                                QStringLiteral("Only a worker can submit for a running task."));
        peer.client->lastMs = m_desk.now.wallMs;
        return Origin{from, &peer, nullptr, peer.owner, peer.name, 0};
    }
    if (!message.parent)
        return drover::fail(ErrorCode::InvalidArgument, QStringLiteral("A worker submits for a running task only."));
    LiveTask *parent = m_desk.find(message.parent->task);
    const Token token{message.parent->epoch, message.parent->attempt};
    if (!parent || !parent->worker || parent->worker->session != from || parent->delivery().lease->token != token)
        return drover::fail(ErrorCode::NotPermitted,
                            QStringLiteral("Attempt %1 of the task %2, which submits, has no lease any more.")
                                .arg(token.attempt)
                                .arg(message.parent->task.toString()));
    return Origin{from,
                  &peer,
                  parent,
                  parent->stored.lane.owner,
                  parent->stored.ownerName,
                  quint16(parent->stored.lane.depth + 1)};
}

bool Intake::isKnown(const Origin &origin, const Submit &message)
{
    if (!DROVER_FAULT(ResubmitRunsAgain) && origin.peer->client && message.seq
        && origin.peer->client->marks.contains(message.seq))
        return true;
    const LiveTask *task = m_desk.find(message.id);
    return task && task->stored.lane.owner == origin.owner && task->stored.submission.function == message.function;
}

Result<void> Intake::check(const Submit &message, const Origin &origin) const
{
    if (message.id.isNull() || message.function.isEmpty() || (origin.peer->client && message.seq == 0))
        return drover::fail(ErrorCode::InvalidArgument,
                            QStringLiteral("A submit needs a number, an id and a function."));
    if (!DROVER_FAULT(OldSubmitRuns) && message.ageMs > quint64(m_desk.options.dedupWindow.count()))
        return drover::fail(
            ErrorCode::TooOld,
            QStringLiteral(
                "The submit is older than the %1 days for which they are remembered: the task may have run by "
                "now, and does not run again. Submit it anew if that is wanted.")
                .arg(m_desk.options.dedupWindow.count() / (24 * 3600 * 1000LL)));
    if (m_desk.find(message.id))
        return drover::fail(ErrorCode::Conflict,
                            QStringLiteral("Another task has the id %1.").arg(message.id.toString()));
    if (origin.depth > m_desk.options.maxDepth)
        return drover::fail(
            ErrorCode::InvalidArgument,
            QStringLiteral(
                "Tasks are nested deeper than %1 here: %2 was submitted by a task that others submitted in turn.")
                .arg(m_desk.options.maxDepth)
                .arg(message.function));
    if (origin.parent && origin.parent->delivery().cancelRequested)
        return drover::fail(Error(ErrorCode::Revoked, QStringLiteral("The task that submits is being cancelled."))
                                .setReason(Reason::User));
    if (const Result<void> fits = checkBatch(message, origin); !fits)
        return fits;
    return message.options.check();
}

Result<void> Intake::checkValue(const Submit &message, const Origin &origin, bool hasBlobs) const
{
    const Payload &value = message.arguments;
    if (value.isInline())
        return {};
    const bool isBlob = value.segments().size() == 1 && value.has(Segment::Blob);
    if (!isBlob || origin.parent)
        return drover::fail(
            isBlob ? Error(ErrorCode::TooLarge,
                           QStringLiteral("A running task submits values of at most %1 bytes.").arg(maxInlineValue))
                   : value.inlineBytes().error());
    if (!hasBlobs)
        return drover::fail(
            Error(ErrorCode::NotFound, QStringLiteral("The arguments are not here yet: put them first."))
                .setDetail(QStringLiteral("blob"), value.segments().first().bytes)
                .setTransient());
    return {};
}

Result<void> Intake::checkBatch(const Submit &message, const Origin &origin) const
{
    const BatchBook::Entry *batch = m_desk.batches.find(batchOf(message.id));
    if (!message.item) {
        if (batch)
            return drover::fail(
                ErrorCode::InvalidArgument,
                QStringLiteral("The id %1 is one of a batch, and the task is not.").arg(message.id.toString()));
        return {};
    }
    if (itemNumber(message.id) != message.item)
        return drover::fail(ErrorCode::InvalidArgument,
                            QStringLiteral("The id %1 is not that of item %2 of a batch.")
                                .arg(message.id.toString())
                                .arg(message.item));
    if (origin.parent || !message.options.idempotencyKey().isEmpty())
        return drover::fail(ErrorCode::InvalidArgument,
                            QStringLiteral("An item of a batch is submitted by a client, and has no idempotency key."));
    if (batch && batch->stored.head.owner != origin.owner)
        return drover::fail(
            ErrorCode::NotPermitted,
            QStringLiteral("The batch %1 belongs to somebody else.").arg(batchOf(message.id).toString()));
    return {};
}

bool Intake::answerByKey(const Origin &origin, const Submit &message, const Submission &submission)
{
    const QByteArray key = idempotencyKey(submission, origin.owner);
    if (key.isEmpty())
        return false;
    const QByteArray digest = argumentsDigest(submission);
    const KeyBook::Entry *known = m_desk.keys.find(key);
    const bool isChildKey = submission.options.idempotencyKey().isEmpty();
    if (known && known->id == message.id) {
        accept(origin, message.seq, m_desk.effects.lastNeed());
        deliver(origin, message.id);
        return true;
    }
    if (known && known->digest == digest) {
        if (origin.parent)
            *m_desk.addChild(*message.parent, known->id) = Child{origin.parent->delivery().lease->token, true, false};
        duplicate({origin.session, message.seq, message.id}, known->id);
        return true;
    }
    if (known && !isChildKey) {
        refuse(origin.session, message,
               Error(ErrorCode::Conflict,
                     QStringLiteral("The idempotency key '%1' was used for %2 with other arguments.")
                         .arg(submission.options.idempotencyKey(), submission.function)));
        return true;
    }
    // a parent that ran again may number its children differently: then the number says nothing
    m_desk.keys.insert({key, submission.id, digest, m_desk.now.wallMs});
    return false;
}

// Results under the id of the first task must not overtake the Duplicate that tells of it.
void Intake::duplicate(const Asker &asker, const TaskId &existing)
{
    const LiveTask *task = m_desk.find(existing);
    if (!task) {
        m_desk.lookups.find(existing,
                            [this, asker, existing](const TaskFound &found) { answerFound(asker, existing, found); });
        return;
    }
    sendDuplicate(asker, existing);
    if (task->isEnded()) {
        auto message = std::make_shared<const BrokerMessage>(taskResult(existing, *task->ending, true));
        afterCommit({.kind = AfterCommit::Kind::Message,
                     .session = asker.session,
                     .id = existing,
                     .message = std::move(message)},
                    m_desk.effects.lastNeed());
    } else {
        m_desk.watches.add(existing, {asker.session, false, true, true});
    }
}

void Intake::answerFound(const Asker &asker, const TaskId &existing, const TaskFound &found)
{
    if (m_desk.find(existing)) {
        duplicate(asker, existing);
    } else if (std::holds_alternative<StoredTask>(found.task)) {
        sendDuplicate(asker, existing);
        m_desk.watches.add(existing, {asker.session, false, true, true});
    } else if (const auto *finished = std::get_if<FinishedTask>(&found.task)) {
        m_desk.effects.send(asker.session, Duplicate{asker.seq, asker.id, existing});
        m_desk.effects.send(asker.session, storedResult(existing, finished->ending, m_desk.now.wallMs));
    } else {
        m_desk.effects.send(
            asker.session,
            SubmitRefused{
                asker.seq, asker.id,
                Error(ErrorCode::Expired,
                      QStringLiteral("The task %1 with this idempotency key is finished, and its result is gone.")
                          .arg(existing.toString()))});
    }
}

void Intake::sendDuplicate(const Asker &asker, const TaskId &existing)
{
    if (PeerSession *peer = m_desk.sessions.find(asker.session))
        ++peer->unaccepted;
    afterCommit({.kind = AfterCommit::Kind::Duplicate,
                 .session = asker.session,
                 .value = asker.seq,
                 .id = asker.id,
                 .existing = existing},
                m_desk.effects.lastNeed());
}

void Intake::add(const Origin &origin, const Submit &message, Submission submission)
{
    StoredTask stored;
    stored.lane = {submission.options.queue(), qint8(submission.options.priority()), origin.depth, origin.owner};
    stored.ownerName = origin.ownerName;
    if (origin.peer->client) {
        stored.client = origin.peer->client->incarnation;
        stored.submitSeq = message.seq;
        // only what is recorded is marked: a refusal or a Duplicate is said again when it is asked again
        origin.peer->client->marks.add(message.seq, m_desk.now.wallMs);
    }
    stored.submittedMs = m_desk.now.wallMs;
    Lane &lane = m_desk.lanes.lane(stored.lane);
    stored.place = {lane.number(), lane.takeTurn()};
    const QDateTime eta = submission.options.eta();
    const qint64 delayMs = submission.options.delay().count();
    const qint64 dueMs = delayMs > 0 ? m_desk.now.wallMs + delayMs : eta.isValid() ? eta.toMSecsSinceEpoch() : 0;
    if (dueMs > m_desk.now.wallMs) {
        stored.delivery.state = State::Scheduled;
        stored.delivery.dueMs = dueMs;
    }
    stored.submission = std::move(submission);
    countInBatch(origin, stored.submission);
    const QueueDurability need = m_desk.durabilityOf(stored.lane.queue);
    m_desk.effects.record(TaskAdded{stored}, need);
    m_desk.lookups.noteAdded(stored.submission.id);
    accept(origin, message.seq, need);
    const bool revoked = m_desk.batches.isCancelled(stored.submission.id, stored.submission.item);
    if (revoked || stored.delivery.state == State::Scheduled || m_desk.lanes.admitNew(lane, stored.place.turn)) {
        m_states.place(m_desk.admit(std::move(stored)));
    } else {
        if (stored.submission.parent)
            m_desk.addChild(*stored.submission.parent, stored.submission.id);
        m_desk.changes.gone(stored.submission.id);
        m_desk.changes.queue(stored.lane.queue);
        m_desk.dispatchDue = true; // for the demand
    }
}

void Intake::countInBatch(const Origin &origin, const Submission &submission)
{
    if (!submission.item)
        return;
    const TaskId id = batchOf(submission.id);
    BatchBook::Entry *batch = m_desk.batches.find(id);
    if (!batch) {
        m_desk.noteBatch({id, {}, origin.owner, origin.ownerName, m_desk.now.wallMs});
        batch = m_desk.batches.find(id);
    }
    batch->stored.noteAdded(m_desk.now.wallMs);
    m_desk.batches.changed(*batch);
}

void Intake::accept(const Origin &origin, quint64 seq, QueueDurability need)
{
    ++origin.peer->unaccepted;
    afterCommit({.kind = AfterCommit::Kind::Accept, .session = origin.session, .value = seq}, need);
}

void Intake::afterCommit(AfterCommit::Entry entry, QueueDurability need)
{
    m_desk.whenDurable(DROVER_FAULT(AcknowledgesTooEarly) ? QueueDurability::Memory : need, std::move(entry));
    if (need != QueueDurability::Memory && m_desk.isDurable(need))
        Settling::run(m_desk);
}

// What is already known of a task that is asked for once more.
void Intake::deliver(const Origin &origin, const TaskId &id)
{
    if (const LiveTask *task = m_desk.find(id)) {
        if (task->isEnded() && m_desk.listenerOf(*task) == origin.session)
            m_desk.effects.send(origin.session, taskResult(id, *task->ending, false));
        return;
    }
    m_desk.lookups.find(id, [this, id, session = origin.session](const TaskFound &found) {
        const auto *finished = std::get_if<FinishedTask>(&found.task);
        if (!finished || m_desk.find(id))
            return;
        m_desk.watches.remove(id, session);
        m_desk.effects.send(session, storedResult(id, finished->ending, m_desk.now.wallMs));
    });
}

void Intake::refuse(SessionId session, const Submit &message, Error error)
{
    m_desk.effects.send(session, SubmitRefused{message.seq, message.id, std::move(error)});
}

} // namespace drover
