// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/storecore.h"
#include "broker/storereader.h"
#include "broker/storereplies.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace drover {

// What the front asks of the writer.
struct AppendRequest
{
    quint64 number = 0;
    QList<Record> records;
    bool sync = true;
};
struct LoadRequest
{
    quint32 lane = 0;
    quint64 fromTurn = 0;
    qsizetype limit = 0;
};
struct FindRequest
{
    quint64 request = 0;
    TaskId id;
};
using StoreRequest = std::variant<AppendRequest, LoadRequest, FindRequest, QueryRequest, MaintainRequest>;

//! The thread that serves requests in their order, and hands queries on to a StoreReader. The functions may be called from one other thread and never wait for
//! the disk, but for close().
class StoreWriter
{
public:
    StoreWriter(std::unique_ptr<StoreCore> core, std::function<void()> wake);
    ~StoreWriter();

    void post(StoreRequest request);
    QList<StoreReply> takeReplies() { return m_replies.take(); }
    //! Serves all that was posted, brings the tables up to it, closes the file and ends the thread.
    void close();

private:
    using Requests = std::vector<StoreRequest>;

    void run();
    void work();
    //! Waits for requests; false when the time to tidy up has come.
    bool take(Requests &requests, bool &closing);
    void serve(const Requests &requests);
    void answer(const StoreRequest &request);
    void forward(const QueryRequest &question);
    void maintain(const MaintainRequest &request);
    //! The next pages are given back; answers when there are no more.
    void compactFurther();

    StoreReplies m_replies;
    std::unique_ptr<StoreReader> m_reader; // the thread's, as the core; made for the first query
    std::unique_ptr<StoreCore> m_core;
    std::vector<MaintenanceDone> m_compacting; // to be answered when it is done

    std::mutex m_mutex;
    std::condition_variable m_posted;
    Requests m_requests;
    bool m_closing = false;
    bool m_failed = false;

    std::thread m_thread;
};

} // namespace drover
