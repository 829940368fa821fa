// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/blobfolder.h"
#include "broker/blobtraffic.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace drover {

struct SweepBlobs
{
    QSet<QByteArray> keep;
};

//! The thread that works on a BlobFolder: takes requests in their order and never makes anybody wait for the disk. The functions may be
//! called from one other thread.
class BlobStore
{
public:
    using Request = std::variant<SweepBlobs, AppendBlob, FinishBlob, AbandonBlob, ReadBlob, RemoveBlob>;
    using Reply = std::variant<BlobWritten, BlobPart>;

    //! \a wake is called from the thread when replies are there (once until takeReplies()).
    BlobStore(QString path, std::function<void()> wake);
    //! What was asked for and not begun is left.
    ~BlobStore();

    void post(Request request);
    QList<Reply> takeReplies();

private:
    void run();
    void serve(Request &request);
    void serve(const SweepBlobs &request) { m_folder.sweep(request.keep); }
    void serve(const AppendBlob &request);
    void serve(const FinishBlob &request);
    void serve(const AbandonBlob &request) { m_folder.abandon(request.put); }
    void serve(const ReadBlob &request);
    void serve(const RemoveBlob &request) { m_folder.remove(request.hash); }
    void reply(Reply reply);

    const std::function<void()> m_wake;
    BlobFolder m_folder; // the thread's
    QSet<quint64> m_failed; // the thread's: parts of these are still on their way

    std::mutex m_mutex;
    std::condition_variable m_posted;
    std::vector<Request> m_requests;
    QList<Reply> m_replies;
    bool m_closing = false;
    bool m_woken = false;

    std::thread m_thread;
};

} // namespace drover
