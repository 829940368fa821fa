// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/children.h"

namespace drover {

ChildTask &ChildTasks::add(Submit submit, const QByteArray &broker, const LeaseRef &parent, quint32 executor)
{
    ChildTask child;
    child.executorSeq = submit.seq;
    child.executor = executor;
    child.parent = parent;
    child.broker = broker;
    submit.seq = ++m_lastSeq[broker];
    child.submit = std::move(submit);
    const Key key(broker, child.submit.seq);
    m_byId.emplace(child.submit.id, key);
    return m_children.insert_or_assign(key, std::move(child)).first->second;
}

QList<ChildTask> ChildTasks::waitingFor(TaskId id, const QByteArray &broker) const
{
    QList<ChildTask> waiting;
    const auto [first, last] = m_byId.equal_range(id);
    for (auto it = first; it != last; ++it) {
        if (it->second.first != broker)
            continue;
        const ChildTask &child = m_children.at(it->second);
        if (child.executor != 0 && !child.finished)
            waiting.append(child);
    }
    return waiting;
}

ChildTask *ChildTasks::bySeq(const QByteArray &broker, quint64 seq)
{
    const auto found = m_children.find(Key(broker, seq));
    return found == m_children.end() ? nullptr : &found->second;
}

QList<ChildTask> ChildTasks::accept(const QByteArray &broker, const SeqRange &range)
{
    QList<ChildTask> accepted;
    for (auto it = m_children.lower_bound(Key(broker, range.first)); it != m_children.end();) {
        if (it->first.first != broker || it->first.second > range.last)
            break;
        ChildTask &child = it->second;
        if (!std::exchange(child.accepted, true)) {
            child.submit.arguments = {};
            accepted.append(child);
        }
        it = child.isOver() ? erase(it) : std::next(it);
    }
    return accepted;
}

void ChildTasks::rename(const QByteArray &broker, quint64 seq, TaskId existing)
{
    ChildTask *child = bySeq(broker, seq);
    if (!child)
        return;
    dropId(child->submit.id, Key(broker, seq));
    child->submit.id = existing;
    child->submit.arguments = {};
    child->accepted = true;
    m_byId.emplace(existing, Key(broker, seq));
}

void ChildTasks::dropId(TaskId id, const Key &key)
{
    const auto [first, last] = m_byId.equal_range(id);
    for (auto it = first; it != last; ++it) {
        if (it->second == key) {
            m_byId.erase(it);
            return;
        }
    }
}

ChildTasks::Iterator ChildTasks::erase(Iterator child)
{
    dropId(child->second.submit.id, child->first);
    return m_children.erase(child);
}

void ChildTasks::finish(TaskId id, const QByteArray &broker)
{
    QList<Key> keys;
    const auto [first, last] = m_byId.equal_range(id);
    for (auto it = first; it != last; ++it) {
        if (it->second.first == broker)
            keys.append(it->second);
    }
    for (const Key &key : keys) {
        const auto child = m_children.find(key);
        child->second.finished = true;
        if (child->second.isOver())
            erase(child);
    }
}

void ChildTasks::forget(const QByteArray &broker, quint64 seq)
{
    if (const auto found = m_children.find(Key(broker, seq)); found != m_children.end())
        erase(found);
}

void ChildTasks::orphan(const LeaseRef &parent)
{
    for (auto it = m_children.begin(); it != m_children.end();) {
        ChildTask &child = it->second;
        if (child.parent == parent) {
            child.executor = 0;
            child.finished = true;
        }
        it = child.isOver() ? erase(it) : std::next(it);
    }
}

QList<ChildTask> ChildTasks::of(const QByteArray &broker) const
{
    QList<ChildTask> children;
    for (auto it = m_children.lower_bound(Key(broker, 0)); it != m_children.end() && it->first.first == broker; ++it)
        children.append(it->second);
    return children;
}

} // namespace drover
