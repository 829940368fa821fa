// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/records.h"

#include <map>

namespace drover {

//! The idempotency keys in force: of tasks that have one, and of the children of unfinished tasks.
class KeyBook
{
public:
    struct Entry
    {
        TaskId id;
        QByteArray digest;
    };

    const Entry *find(const QByteArray &key) const;
    //! Replaces an older one of the same name.
    void insert(const KeyEntry &entry);
    //! The task \a id, which has the named key \a key, has ended: from now on the key grows old.
    void ended(const QByteArray &key, const TaskId &id, qint64 ms);
    //! Forgets the keys of the children of \a parent.
    void forgetChildren(const TaskId &parent);
    //! Forgets named keys of tasks that ended before \a beforeMs.
    void forget(qint64 beforeMs);
    //! The keys of the children of \a parent.
    QList<QByteArray> childrenOf(const TaskId &parent) const { return m_children.value(parent); }

private:
    struct Aging
    {
        QByteArray key;
        TaskId id;
    };
    QHash<QByteArray, Entry> m_keys;
    QHash<TaskId, QList<QByteArray>> m_children; // keys by parent
    std::multimap<qint64, Aging> m_ages; // named keys of ended tasks, by their end
};

} // namespace drover
