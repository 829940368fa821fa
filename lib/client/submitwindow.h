// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/clock.h"
#include "task/pending.h"
#include "task/submission.h"

#include <deque>
#include <memory>
#include <optional>

namespace drover {

//! The submits of one client that are not acknowledged: numbers them from 1, bounds how many are under way, and offers
//! them again after a lost connection. Pure.
class SubmitWindow
{
public:
    struct Entry
    {
        quint64 seq = 0;
        Submission submission;
        std::shared_ptr<PendingTask> task;
        std::optional<MonotonicTime> sentAt; //!< for the first time
    };

    explicit SubmitWindow(qsizetype limit = 4096) : m_limit(limit) {}

    //! \a task is null for an item of a batch.
    void add(Submission submission, std::shared_ptr<PendingTask> task);
    //! What is added now may be under way at once.
    bool hasRoom() const { return qsizetype(m_entries.size()) < m_limit; }
    //! The next entry to send, or null when all are sent or as many as allowed are under way.
    const Entry *next(MonotonicTime now);
    //! What was sent may be lost: offer it again.
    void rewind() { m_nextSeq = m_firstSeq; }
    //! Takes the entry \a seq out, once.
    std::optional<Entry> take(quint64 seq);
    //! Entries not taken, sent or not.
    qsizetype size() const { return m_size; }
    bool isEmpty() const { return m_size == 0; }
    //! The number that the last entry got.
    quint64 lastSeq() const { return m_firstSeq + m_entries.size() - 1; }

    //! Empties the window.
    std::vector<Entry> takeAll();

private:
    void dropTaken();

    std::deque<std::optional<Entry>> m_entries; //!< from m_firstSeq on
    quint64 m_firstSeq = 1;
    quint64 m_nextSeq = 1;
    qsizetype m_size = 0;
    qsizetype m_limit;
};

} // namespace drover
