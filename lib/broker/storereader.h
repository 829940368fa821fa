// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/storequery.h"
#include "broker/storereplies.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace drover {

//! The thread that answers queries, over a connection of its own that only reads: however long one takes, the writer goes on.
class StoreReader
{
public:
    //! \a path is a store with a write-ahead log; \a replies must outlive this.
    StoreReader(const QString &path, StoreReplies &replies);
    //! Ends after the query that is being read; the others are left unanswered.
    ~StoreReader();

    //! Reads what is committed by now, or later. Any thread.
    void post(std::variant<QueryRequest, MaintainRequest> question);

private:
    void run();
    TasksListed answer(const QueryRequest &question);
    MaintenanceDone answer(const MaintainRequest &request) const;

    const QString m_path;
    StoreReplies &m_replies;
    std::optional<Database> m_database; // the thread's
    std::optional<StoreQuery> m_query;

    std::mutex m_mutex;
    std::condition_variable m_posted;
    std::deque<std::variant<QueryRequest, MaintainRequest>> m_questions;
    bool m_closing = false;

    std::thread m_thread;
};

} // namespace drover
