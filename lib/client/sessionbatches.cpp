// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/sessionbatches.h"

#include <algorithm>

namespace drover {

std::vector<SessionBatches::Entry> SessionBatches::of(const TaskId &batch) const
{
    std::vector<Entry> entries;
    for (auto [it, end] = m_open.equal_range(batch); it != end; ++it)
        entries.push_back(it->second);
    return entries;
}

// Each step may resume a coroutine that destroys the client, and this.
template <typename Fn> void SessionBatches::each(const TaskId &id, const Fn &fn)
{
    if (m_open.empty())
        return;
    const std::weak_ptr<char> alive = m_alive;
    for (const Entry &entry : of(batchOf(id))) {
        fn(entry);
        if (alive.expired())
            return;
        sweep(*entry);
        closeIfDone(entry);
    }
}

void SessionBatches::open(const std::shared_ptr<BatchCore> &core)
{
    auto entry = std::make_shared<Open>();
    entry->core = core;
    entry->toSweep = core->isAttached();
    m_open.emplace(core->id(), entry);
    core->wake = [this, weak = std::weak_ptr<Open>(entry)] {
        if (const Entry locked = weak.lock())
            refresh(locked);
    };
    refresh(entry);
}

void SessionBatches::refresh(const Entry &entry)
{
    if (m_filling)
        return;
    sayHead(*entry);
    sayWatch(*entry);
    sweep(*entry);
    const std::weak_ptr<char> alive = m_alive;
    if (entry->core->isReading())
        m_refill();
    if (!alive.expired())
        closeIfDone(entry);
}

void SessionBatches::sayHead(Open &entry)
{
    if (!m_connected || entry.isClosed || entry.core->isAttached())
        return;
    BatchHead head;
    head.id = entry.core->id();
    head.name = entry.core->info().name;
    head.total = entry.core->total();
    head.refused = entry.core->refused();
    // not one for each of many that are refused
    const bool isSoon = entry.said && entry.said->total == head.total && head.refused < 2 * entry.said->refused;
    if (entry.said == head || (isSoon && !entry.core->isOver()))
        return;
    entry.said = head;
    m_send(head);
}

void SessionBatches::sayWatch(Open &entry)
{
    if (!m_connected || entry.isClosed)
        return;
    WatchBatch watch;
    watch.id = entry.core->id();
    watch.results = entry.core->isAttached() && entry.core->wantsResults();
    if (entry.watching == watch)
        return;
    entry.watching = watch;
    m_send(watch);
}

void SessionBatches::connected()
{
    m_connected = true;
    for (const auto &[id, entry] : m_open) {
        sayHead(*entry);
        sayWatch(*entry);
    }
}

void SessionBatches::disconnected()
{
    m_connected = false;
    for (const auto &[id, entry] : m_open) {
        entry->said.reset();
        entry->watching.reset();
        entry->asked.clear();
        entry->toSweep = true;
        entry->isLastSweep = false;
        entry->last = 0;
    }
}

void SessionBatches::fill(SubmitWindow &window)
{
    if (m_filling || m_open.empty())
        return;
    const std::weak_ptr<char> alive = m_alive;
    std::vector<Entry> entries;
    for (const auto &[id, entry] : m_open)
        entries.push_back(entry);
    // the next one in turn first: room comes by ones
    std::ranges::rotate(entries, entries.begin() + qptrdiff(m_turn % entries.size()));
    m_filling = true;
    for (bool more = true; more && window.hasRoom();) {
        more = false;
        for (const Entry &entry : entries) {
            std::optional<Submission> submission = window.hasRoom() ? entry->core->take() : std::nullopt;
            if (alive.expired())
                return;
            more |= submission.has_value();
            if (submission) {
                window.add(*std::move(submission), nullptr);
                ++m_turn;
            }
        }
    }
    m_filling = false;
    for (const Entry &entry : entries) {
        sayHead(*entry);
        sayWatch(*entry);
        sweep(*entry);
        closeIfDone(entry);
    }
}

quint64 SessionBatches::unread() const
{
    quint64 count = 0;
    for (const auto &[id, entry] : m_open) {
        const BatchCore &core = *entry->core;
        if (core.isReading())
            count += core.total() > qint64(core.read()) ? quint64(core.total()) - core.read() : 1;
    }
    return count;
}

void SessionBatches::abandonAll(const Error &error)
{
    const auto open = std::exchange(m_open, {});
    for (const auto &[id, entry] : open) {
        entry->core->wake = nullptr;
        entry->core->backend = nullptr;
    }
    for (const auto &[id, entry] : open)
        entry->core->abandon(error);
}

void SessionBatches::accepted(const TaskId &id)
{
    each(id, [&](const Entry &entry) {
        if (!entry->core->isAttached())
            entry->core->accept(itemNumber(id));
    });
}

void SessionBatches::refused(const TaskId &id, const Error &error)
{
    each(id, [&](const Entry &entry) {
        if (!entry->core->isAttached())
            entry->core->refuse(itemNumber(id), error);
    });
}

void SessionBatches::handle(const TaskResult &message)
{
    each(message.id, [&](const Entry &entry) {
        const quint32 number = itemNumber(message.id);
        entry->asked.remove(number);
        entry->core->complete(number, message.ok ? Outcome(message.value) : Outcome(fail(message.error)));
    });
}

// The result was told to a link that is lost.
void SessionBatches::settled(const TaskId &id)
{
    each(id, [&](const Entry &entry) {
        if (!entry->core->isAttached() && !entry->core->finished().contains(itemNumber(id)))
            ask(*entry, itemNumber(id));
    });
}

void SessionBatches::handle(const Unknown &message)
{
    each(message.id, [&](const Entry &entry) {
        const quint32 number = itemNumber(message.id);
        if (entry->asked.remove(number) && (entry->isLastSweep || !entry->core->isAttached()))
            entry->core->complete(number, fail(message.error));
    });
}

void SessionBatches::changed(const TaskInfo &task, bool isWatched)
{
    if (isFinal(task.state))
        return; // its result follows
    each(task.id, [&](const Entry &entry) {
        if (!entry->asked.remove(itemNumber(task.id)) || isWatched)
            return;
        Unwatch unwatch;
        unwatch.id = task.id;
        m_send(unwatch);
    });
}

void SessionBatches::handle(const BatchChanged &message)
{
    each(message.id, [&](const Entry &entry) {
        if (!message.found) {
            remove(entry);
            entry->core->abandon(message.error);
            return;
        }
        const std::weak_ptr<char> alive = m_alive;
        entry->confirmed = message.batch.total;
        entry->core->setInfo(message.batch);
        if (alive.expired() || !entry->toSweep || !(entry->core->wantsResults() || !entry->core->isAttached()))
            return;
        entry->toSweep = false;
        entry->next = 1;
        entry->last = entry->core->isAttached() ? message.batch.submitted : entry->core->read();
    });
}

void SessionBatches::sweep(Open &entry)
{
    const BatchCore &core = *entry.core;
    if (!m_connected || entry.toSweep || entry.isClosed)
        return;
    const bool isThrough = entry.next > entry.last && entry.asked.isEmpty();
    if (isThrough && core.isAttached() && core.wantsResults() && core.info().finished() && !entry.isLastSweep) {
        entry.isLastSweep = true;
        entry.next = core.finished().firstMissing();
        entry.last = core.expected();
    }
    for (; entry.next <= entry.last && entry.asked.size() < askedAtOnce; ++entry.next) {
        const auto number = quint32(entry.next);
        if (!core.finished().contains(number) && (core.isAttached() || core.accepted().contains(number)))
            ask(entry, number);
    }
}

void SessionBatches::ask(Open &entry, quint32 number)
{
    entry.asked.insert(number);
    Watch watch;
    watch.id = itemId(entry.core->id(), number);
    watch.result = true;
    m_send(watch);
}

void SessionBatches::closeIfDone(const Entry &entry)
{
    const BatchCore &core = *entry->core;
    const bool isRead = !core.hasReaders() || (core.isOver() && core.info().finished());
    if (isRead && core.isSubmitted() && (core.isAttached() || entry->confirmed == core.total()))
        remove(entry);
}

void SessionBatches::remove(const Entry &entry)
{
    const auto [first, end] = m_open.equal_range(entry->core->id());
    const auto it = std::find_if(first, end, [&](const auto &open) { return open.second == entry; });
    if (it == end)
        return;
    const Entry kept = entry;
    m_open.erase(it);
    kept->isClosed = true;
    kept->core->wake = nullptr;
    if (kept->watching && !m_open.contains(kept->core->id())) {
        UnwatchBatch unwatch;
        unwatch.id = kept->core->id();
        m_send(unwatch);
    }
}

} // namespace drover
