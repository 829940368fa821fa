// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/schedulerevents.h"

#include <deque>
#include <memory>

namespace drover {

//! What is said or done only once a commit is durable, in the order of the commits.
class AfterCommit
{
public:
    enum class Kind : quint8 { Accept, Duplicate, CancelAnswer, RetryAnswer, AckFinished, Result, Settle, Assign, ControlAnswer };
    struct Entry
    {
        Kind kind = Kind::Accept;
        CancelAnswer::Answer answer = CancelAnswer::Answer::Requested;
        SessionId session = 0;
        quint64 value = 0; //!< submit or request number
        TaskId id = {};
        TaskId existing = {};
        Token token = {};
        std::shared_ptr<const TaskResult> result = {};
        quint64 number = 0; //!< of the commit; filled in by add()
    };

    void add(quint64 number, Entry entry)
    {
        entry.number = number;
        m_entries.push_back(std::move(entry));
    }
    //! The next entry that \a committed covers; nothing when there is none.
    std::optional<Entry> take(quint64 committed)
    {
        if (m_entries.empty() || m_entries.front().number > committed)
            return std::nullopt;
        Entry entry = std::move(m_entries.front());
        m_entries.pop_front();
        return entry;
    }

private:
    std::deque<Entry> m_entries;
};

} // namespace drover
