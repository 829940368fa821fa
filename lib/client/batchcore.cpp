// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/batchcore.h"

#include "task/exception.h"

#include <algorithm>

namespace drover {

namespace {

constexpr qsizetype longestName = 200;
constexpr quint64 farthest = 1 << 20; //!< items that may have been submitted since the broker said how many

Error tooLarge(qsizetype size)
{
    return Error(
        ErrorCode::TooLarge,
        QStringLiteral("The arguments have %1 bytes; those of an item of a batch have at most %2. Submit it by itself.")
            .arg(size)
            .arg(maxInlineValue));
}

} // namespace

BatchCore::Waiter::~Waiter()
{
    if (m_waitsFor)
        m_waitsFor->m_waiters.remove(this);
}

BatchCore::BatchCore(TaskId id, BatchPlan plan, const MapOptions &options, std::shared_ptr<const Codecs> codecs)
    : m_plan(std::move(plan)), m_codecs(std::move(codecs)), m_life(std::make_shared<PendingTask>(id)),
      m_limit(options.limit())
{
    m_info.id = id;
    m_info.name = options.name().left(longestName);
    m_info.total = m_plan.total;
}

BatchCore::BatchCore(TaskId id, std::shared_ptr<const Codecs> codecs)
    : m_codecs(std::move(codecs)), m_life(std::make_shared<PendingTask>(id)), m_attached(true)
{
    m_info.id = id;
}

std::optional<Result<Submission>> BatchCore::readOne(bool &threw) const
{
    const auto next = m_plan.next; // may be let go from within
    try {
        return next();
    } catch (...) {
        threw = true;
        return Result<Submission>(fail(errorOfCurrentException()));
    }
}

std::optional<Submission> BatchCore::take()
{
    const auto self = shared_from_this();
    m_taking = true;
    std::optional<Submission> taken;
    while (!taken && isReading() && (!m_limit || m_read - m_finished.count() < m_limit)) {
        bool threw = false;
        std::optional<Result<Submission>> next;
        if (m_read < maxBatchItems)
            next = readOne(threw);
        if (!isReading())
            break;
        if (next && *next && (*next)->arguments.size() > maxInlineValue)
            next = fail(tooLarge((*next)->arguments.size()));
        if (!next) {
            stopReading();
        } else if (*next) {
            taken = **std::move(next);
            taken->item = ++m_read;
            taken->id = itemId(id(), m_read);
        } else {
            ++m_refused;
            const quint32 number = ++m_read;
            m_accepted.insert(number);
            if (threw)
                stopReading();
            complete(number, fail(next->error()));
        }
    }
    m_taking = false;
    return taken;
}

void BatchCore::stopReading()
{
    if (!isReading())
        return;
    m_plan.next = nullptr;
    m_info.total = qint64(m_read);
    if (isSubmitted())
        m_life->accept();
    checkOver();
}

quint64 BatchCore::expected() const
{
    return m_info.cancelled || m_info.total < 0 ? m_info.submitted : quint64(m_info.total);
}

bool BatchCore::isOver() const
{
    if (m_attached)
        return m_known && m_info.finished() && m_finished.count() >= expected();
    return !isReading() && m_finished.count() >= m_read;
}

void BatchCore::accept(quint32 number)
{
    const auto self = shared_from_this();
    if (m_accepted.insert(number) && isSubmitted()) {
        m_life->accept();
        callWake();
    }
}

void BatchCore::refuse(quint32 number, const Error &error)
{
    const auto self = shared_from_this();
    ++m_refused;
    accept(number);
    complete(number, fail(error));
    callWake();
}

void BatchCore::complete(quint32 number, Outcome outcome)
{
    const auto self = shared_from_this();
    const quint64 greatest = m_attached ? m_info.submitted + farthest : m_read;
    if (m_broken || number > greatest || !m_finished.insert(number))
        return;
    if (!m_unread)
        keep(number, std::move(outcome));
    tellWaiters();
    if (m_limit && isReading())
        callWake();
    checkOver();
}

void BatchCore::keep(quint32 number, Outcome outcome)
{
    Kept &kept = m_kept.emplace_back();
    kept.number = number;
    const bool isPlain = outcome && outcome->type() == ContentType::Cbor && outcome->segments().size() == 1
        && outcome->segments().first().kind == Segment::Inline;
    if (isPlain)
        kept.cbor = outcome->segments().first().bytes;
    else
        kept.other = std::make_unique<Outcome>(std::move(outcome));
}

void BatchCore::tellWaiters()
{
    while (!m_kept.empty() && !m_waiters.empty()) {
        Waiter *waiter = m_waiters.front();
        m_waiters.pop_front();
        waiter->m_waitsFor.reset();
        waiter->told();
    }
}

void BatchCore::checkOver()
{
    if (m_broken || !isOver() || m_life->isFinished())
        return;
    const auto self = shared_from_this();
    m_life->complete(Payload(), false);
    while (!m_waiters.empty()) {
        Waiter *waiter = m_waiters.front();
        m_waiters.pop_front();
        waiter->m_waitsFor.reset();
        waiter->told();
    }
    callWake();
}

void BatchCore::callWake()
{
    if (m_taking)
        return;
    if (const auto call = wake)
        call();
}

void BatchCore::setInfo(const BatchInfo &info)
{
    const auto self = shared_from_this();
    const bool isNew = !m_known || m_info != info;
    m_known = true;
    m_info = info;
    if (!m_attached && m_info.total < 0)
        m_info.total = total();
    if (m_attached)
        m_life->accept();
    else if (info.cancelled)
        stopReading();
    if (isNew) {
        m_listeners.remove_if([](const Listener &listener) { return !listener.context; });
        for (const Listener &listener : m_listeners)
            tellListener(listener);
    }
    checkOver();
}

void BatchCore::abandon(const Error &error)
{
    const auto self = shared_from_this();
    wake = nullptr;
    if (m_broken)
        return;
    const bool isLost = !isOver();
    m_plan.next = nullptr;
    if (isLost) {
        m_broken = error;
        m_brokenTold = !m_waiters.empty();
    }
    while (!m_waiters.empty()) {
        Waiter *waiter = m_waiters.front();
        m_waiters.pop_front();
        waiter->m_waitsFor.reset();
        waiter->m_broken = true;
        waiter->told();
    }
    m_life->abandon(error);
}

std::optional<BatchCore::Taken> BatchCore::takeNext()
{
    if (!m_kept.empty()) {
        Kept kept = std::move(m_kept.front());
        m_kept.pop_front();
        return opened(std::move(kept));
    }
    if (!m_broken || std::exchange(m_brokenTold, true))
        return std::nullopt;
    return failure();
}

BatchCore::Taken BatchCore::failure() const
{
    return {-1, {fail(*m_broken), false}};
}

BatchCore::Taken BatchCore::opened(Kept kept) const
{
    const Outcome outcome = kept.other ? *std::move(kept.other) : Outcome(Payload::cbor(std::move(kept.cbor)));
    return {qint64(kept.number) - 1, RawResult::of(outcome, m_codecs.get(), m_plan.signature)};
}

std::vector<BatchCore::Taken> BatchCore::takeAll()
{
    std::deque<Kept> all = std::exchange(m_kept, {});
    std::ranges::sort(all, {}, &Kept::number);
    std::vector<Taken> taken;
    taken.reserve(all.size());
    for (Kept &kept : all)
        taken.push_back(opened(std::move(kept)));
    return taken;
}

void BatchCore::wait(Waiter *waiter)
{
    waiter->m_waitsFor = shared_from_this();
    m_waiters.push_back(waiter);
}

void BatchCore::want()
{
    if (std::exchange(m_wanted, true))
        return;
    const auto self = shared_from_this();
    callWake();
}

void BatchCore::dropResults()
{
    m_unread = true;
    m_kept.clear();
    callWake();
}

void BatchCore::tellListener(const Listener &listener) const
{
    QMetaObject::invokeMethod(
        listener.context, [fn = listener.fn, info = m_info] { fn(info); }, Qt::QueuedConnection);
}

void BatchCore::onChanged(QObject *context, std::function<void(const BatchInfo &)> fn)
{
    m_listeners.push_back({context, std::move(fn)});
    if (m_known)
        tellListener(m_listeners.back());
}

void BatchCore::cancel(std::function<void(Result<CancelOutcome>)> answer)
{
    const auto self = shared_from_this();
    if (!backend)
        return answer(fail(ErrorCode::ClientClosed, Backend::tr("The client was closed.")));
    const QPointer<Backend> asked = backend;
    asked->cancelBatch(id(), std::move(answer));
    if (asked)
        stopReading();
    callWake();
}

} // namespace drover
