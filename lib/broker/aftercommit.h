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
    enum class Kind : quint8 { Accept, Duplicate, CancelAnswer, RetryAnswer, AckFinished, Message, Settle, Assign };
    struct Entry
    {
        Kind kind = Kind::Accept;
        CancelAnswer::Answer answer = CancelAnswer::Answer::Requested;
        SessionId session = 0;
        quint64 value = 0; //!< submit or request number
        TaskId id = {};
        TaskId existing = {};
        Token token = {};
        std::shared_ptr<const BrokerMessage> message = {};
        quint64 number = 0; //!< of the commit; filled in by add()
    };

    //! \a number: of the commit that it waits for, in the way of \a need; a need for nothing waits until the event is over.
    void add(quint64 number, QueueDurability need, Entry entry)
    {
        entry.number = number;
        lineOf(need).push_back(std::move(entry));
    }
    //! The next entry that these commits cover; nothing when there is none.
    std::optional<Entry> take(quint64 synced, quint64 written)
    {
        for (auto [line, reached] :
             {std::pair(&m_atOnce, ~quint64(0)), std::pair(&m_written, written), std::pair(&m_synced, synced)}) {
            if (line->empty() || line->front().number > reached)
                continue;
            Entry entry = std::move(line->front());
            line->pop_front();
            return entry;
        }
        return std::nullopt;
    }
    bool hasUrgent() const { return !m_atOnce.empty(); }

private:
    using Line = std::deque<Entry>;

    Line &lineOf(QueueDurability need)
    {
        return need == QueueDurability::Memory ? m_atOnce : need == QueueDurability::Process ? m_written : m_synced;
    }

    Line m_synced;
    Line m_written;
    Line m_atOnce;
};

} // namespace drover
