// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/records.h"

#include <deque>

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
    //! Forgets the keys of the children of \a parent.
    void forgetChildren(const TaskId &parent);
    //! Forgets keys from before \a beforeMs.
    void forget(qint64 beforeMs);
    //! The keys of the children of \a parent.
    QList<QByteArray> childrenOf(const TaskId &parent) const { return m_children.value(parent); }

private:
    struct Age
    {
        qint64 ms = 0;
        QByteArray key;
        TaskId id;
    };
    QHash<QByteArray, Entry> m_keys;
    QHash<TaskId, QList<QByteArray>> m_children; // keys by parent
    std::deque<Age> m_ages; // of named keys, oldest first
};

} // namespace drover
