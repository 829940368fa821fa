// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/keybook.h"

#include "broker/storekeys.h"

namespace drover {

const KeyBook::Entry *KeyBook::find(const QByteArray &key) const
{
    const auto it = m_keys.constFind(key);
    return it == m_keys.cend() ? nullptr : &*it;
}

void KeyBook::insert(const KeyEntry &entry)
{
    const bool isNew = !m_keys.contains(entry.key);
    m_keys.insert(entry.key, {entry.id, entry.digest});
    if (const auto parent = parentOfKey(entry.key)) {
        if (isNew)
            m_children[*parent].append(entry.key);
    } else if (entry.endedMs) {
        ended(entry.key, entry.id, entry.endedMs);
    }
}

void KeyBook::ended(const QByteArray &key, const TaskId &id, qint64 ms)
{
    m_ages.insert({ms, {key, id}});
}

void KeyBook::forgetChildren(const TaskId &parent)
{
    for (const QByteArray &key : m_children.take(parent))
        m_keys.remove(key);
}

void KeyBook::forget(qint64 beforeMs)
{
    while (!m_ages.empty() && m_ages.begin()->first < beforeMs) {
        const Aging &oldest = m_ages.begin()->second;
        const auto it = m_keys.constFind(oldest.key);
        if (it != m_keys.cend() && it->id == oldest.id)
            m_keys.erase(it);
        m_ages.erase(m_ages.begin());
    }
}

} // namespace drover
