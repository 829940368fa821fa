// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/sessionblobs.h"

namespace drover {

namespace {

template <typename Out, typename In> auto sending(const std::function<void(const Out &)> &send)
{
    return [send](const In &message) { std::visit([&](const auto &known) { send(known); }, message); };
}

} // namespace

SessionBlobs::SessionBlobs(Callbacks callbacks)
    : m_callbacks(std::move(callbacks)), m_uploads(sending<Message, BlobUploads::Message>(m_callbacks.send)),
      m_downloads(sending<Message, BlobDownloads::Message>(m_callbacks.send))
{}

void SessionBlobs::put(Submission submission, std::shared_ptr<PendingTask> task)
{
    const TaskId id = submission.id;
    const Result<QByteArray> content = submission.arguments.inlineBytes();
    m_contents.insert(id, submission.arguments);
    const auto read = [bytes = *content](quint64 offset, qsizetype size) { return bytes.mid(qsizetype(offset), size); };
    Put &put = m_puts[id];
    put.submission = std::move(submission);
    put.task = std::move(task);
    put.number =
        m_uploads.add(quint64(content->size()), read, [this, id](const Result<QByteArray> &hash) { ended(id, hash); });
}

bool SessionBlobs::putAgain(Submission submission, std::shared_ptr<PendingTask> task)
{
    const auto content = m_contents.constFind(submission.id);
    if (content == m_contents.cend())
        return false;
    submission.arguments = *content;
    put(std::move(submission), std::move(task));
    return true;
}

void SessionBlobs::ended(const TaskId &id, const Result<QByteArray> &hash)
{
    Put put = m_puts.take(id);
    if (!hash) {
        m_contents.remove(id);
        return m_callbacks.refused(id, std::move(put.task), hash.error());
    }
    const auto size = quint64(put.submission.arguments.size());
    put.submission.arguments = put.submission.arguments.withSegments({Segment{Segment::Blob, *hash, size, {}}});
    m_callbacks.stored(std::move(put.submission), std::move(put.task));
}

std::shared_ptr<PendingTask> SessionBlobs::cancel(const TaskId &id)
{
    const auto put = m_puts.constFind(id);
    if (put == m_puts.cend())
        return nullptr;
    const std::shared_ptr<PendingTask> task = put->task;
    m_uploads.cancel(put->number);
    m_puts.erase(put);
    m_contents.remove(id);
    return task;
}

bool SessionBlobs::fetch(const TaskResult &result)
{
    const QList<Segment> &segments = result.value.segments();
    if (!result.ok || segments.size() != 1 || segments.first().kind != Segment::Blob)
        return false;
    if (const auto known = m_fetches.find(result.id); known != m_fetches.end()) {
        if (known->result.value == result.value) {
            known->result.settled |= result.settled;
            return true;
        }
        m_downloads.cancel(known->number); // of an attempt whose end was not recorded
    }
    const TaskId id = result.id;
    m_fetches.insert(id, {0, result, {}});
    const auto write = [this, id](const QByteArray &bytes) -> Result<void> {
        m_fetches[id].content += bytes;
        return {};
    };
    const quint64 number = m_downloads.add(id, segments.first().bytes, segments.first().size, write,
                                           [this, id](const Result<void> &done) { ended(id, done); });
    m_fetches[id].number = number;
    return true;
}

void SessionBlobs::ended(const TaskId &id, const Result<void> &done)
{
    Fetch fetch = m_fetches.take(id);
    if (!done && !fetch.result.settled)
        return m_callbacks.lost(id);
    fetch.result.ok = done.has_value();
    if (done)
        fetch.result.value = fetch.result.value.withSegments({Segment{Segment::Inline, fetch.content, 0, {}}});
    else
        fetch.result.error = done.error();
    m_callbacks.fetched(fetch.result);
}

bool SessionBlobs::settle(const TaskId &id)
{
    const auto fetch = m_fetches.find(id);
    if (fetch == m_fetches.end())
        return false;
    fetch->result.settled = true;
    return true;
}

void SessionBlobs::connected()
{
    m_uploads.connected();
    m_downloads.connected();
}

void SessionBlobs::disconnected()
{
    m_uploads.disconnected();
    m_downloads.disconnected();
}

} // namespace drover
