// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/blobstore.h"

namespace drover {

BlobStore::BlobStore(QString path, std::function<void()> wake)
    : m_wake(std::move(wake)), m_folder(std::move(path)), m_thread([this] { run(); })
{}

BlobStore::~BlobStore()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
    }
    m_posted.notify_one();
    m_thread.join();
}

void BlobStore::post(Request request)
{
    {
        const std::lock_guard lock(m_mutex);
        m_requests.push_back(std::move(request));
    }
    m_posted.notify_one();
}

QList<BlobStore::Reply> BlobStore::takeReplies()
{
    const std::lock_guard lock(m_mutex);
    m_woken = false;
    return std::exchange(m_replies, {});
}

void BlobStore::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_posted.wait(lock, [this] { return m_closing || !m_requests.empty(); });
        std::vector<Request> requests = std::exchange(m_requests, {});
        for (Request &request : requests) {
            if (m_closing)
                return;
            lock.unlock();
            serve(request);
            lock.lock();
        }
        if (m_closing)
            return;
    }
}

void BlobStore::serve(Request &request)
{
    std::visit([this](const auto &known) { serve(known); }, request);
    request = AbandonBlob(); // its bytes are of no more use
}

void BlobStore::serve(const AppendBlob &request)
{
    if (m_failed.contains(request.put))
        return;
    const Result<void> done = m_folder.append(request.put, request.bytes);
    if (!done)
        m_failed.insert(request.put);
    reply(BlobWritten{request.put, quint64(request.bytes.size()), false, done ? Error() : done.error()});
}

void BlobStore::serve(const FinishBlob &request)
{
    if (m_failed.remove(request.put))
        return;
    const Result<void> done = m_folder.finish(request.put, request.hash);
    reply(BlobWritten{request.put, 0, done.has_value(), done ? Error() : done.error()});
}

void BlobStore::serve(const ReadBlob &request)
{
    const Result<QByteArray> bytes = m_folder.read(request.hash, request.offset, request.size);
    reply(BlobPart{request.get, request.offset, bytes.value_or(QByteArray()), bytes ? Error() : bytes.error()});
}

void BlobStore::reply(Reply reply)
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

} // namespace drover
