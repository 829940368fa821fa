// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/store.h"

#include <functional>
#include <mutex>

namespace drover {

//! What the threads of a store have answered, until its front takes it. Any thread.
class StoreReplies
{
public:
    //! \a wake is called from the thread that adds the first reply after take().
    explicit StoreReplies(std::function<void()> wake) : m_wake(std::move(wake)) {}

    void add(StoreReply reply)
    {
        bool wake = false;
        {
            const std::lock_guard lock(m_mutex);
            m_replies.append(std::move(reply));
            wake = !std::exchange(m_woken, true);
        }
        if (wake && m_wake)
            m_wake();
    }
    QList<StoreReply> take()
    {
        const std::lock_guard lock(m_mutex);
        m_woken = false;
        return std::exchange(m_replies, {});
    }

private:
    const std::function<void()> m_wake;
    std::mutex m_mutex;
    QList<StoreReply> m_replies;
    bool m_woken = false;
};

} // namespace drover
