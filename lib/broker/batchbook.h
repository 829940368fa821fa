// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/schedulerevents.h"
#include "task/batchinfo.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

#include <map>

namespace drover {

//! The batches that are known: what is said of them, how many of their items stand where, and who watches.
class BatchBook
{
public:
    struct Entry
    {
        StoredBatch stored;
        std::map<SessionId, bool> watchers; //!< whether each wants results, too

        //! Refused items are counted as submitted and failed.
        BatchInfo info() const;
    };

    Entry *find(const TaskId &id);
    const Entry *find(const TaskId &id) const { return const_cast<BatchBook *>(this)->find(id); }
    //! The batch that item \a number, as which the task \a id was submitted, belongs to; null for 0.
    Entry *ofItem(const TaskId &id, quint32 number) { return number ? find(batchOf(id)) : nullptr; }
    bool isCancelled(const TaskId &id, quint32 number) const;
    Entry &insert(const StoredBatch &batch);

    void removeSession(SessionId session);
    //! Its watchers are to be told; \a entry is in this book.
    void changed(const Entry &entry);
    bool hasNews() const { return !m_news.isEmpty(); }
    QSet<TaskId> takeNews() { return std::exchange(m_news, {}); }
    //! Changed since the last call, for the live table.
    QList<TaskId> takeChanges() { return std::exchange(m_changes, {}).values(); }
    //! Forgets those of which nothing is unfinished since before \a beforeMs.
    void forget(qint64 beforeMs);

    const std::map<TaskId, Entry> &all() const { return m_batches; }

private:
    std::map<TaskId, Entry> m_batches;
    Entry *m_last = nullptr; // items come in runs
    QSet<TaskId> m_news;
    QSet<TaskId> m_changes;
};

} // namespace drover
