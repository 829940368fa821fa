// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/agentblobs.h"

#include <QtCore/QFile>

namespace drover {

namespace {

template <typename In> auto sending(const std::function<void(const AgentBlobs::Message &)> &send)
{
    return [send](const In &message) { std::visit([&](const auto &known) { send(known); }, message); };
}

//! The only segment of \a value if it is of that kind.
const Segment *only(const Payload &value, Segment::Kind kind)
{
    const QList<Segment> &segments = value.segments();
    return segments.size() == 1 && segments.first().kind == kind ? &segments.first() : nullptr;
}

Error notWritten(const QFile &file)
{
    return Error(
        Reason::DiskLimit,
        QStringLiteral("The large arguments could not be written to %1: %2.").arg(file.fileName(), file.errorString()));
}

} // namespace

AgentBlobs::Peer::Peer(std::function<void(const Message &)> send)
    : uploads(sending<BlobUploads::Message>(send)), downloads(sending<BlobDownloads::Message>(send))
{
    uploads.connected();
    downloads.connected();
}

void AgentBlobs::opened(BrokerSession session)
{
    m_peers[session] =
        std::make_unique<Peer>([this, session](const Message &message) { m_callbacks.send(session, message); });
}

AgentBlobs::Peer *AgentBlobs::find(BrokerSession session)
{
    const auto found = m_peers.find(session);
    return found == m_peers.end() ? nullptr : found->second.get();
}

void AgentBlobs::handle(BrokerSession from, const BlobStored &message)
{
    if (Peer *peer = find(from))
        peer->uploads.handle(message);
}

void AgentBlobs::handle(BrokerSession from, const BlobData &message)
{
    if (Peer *peer = find(from))
        peer->downloads.handle(message);
}

void AgentBlobs::fetch(const FetchArguments &action)
{
    Peer *peer = find(action.session);
    const Segment *blob = only(action.arguments, Segment::Blob);
    if (!peer || !blob)
        return;
    m_held.insert(action.lease);
    const QByteArray name = ScratchFolder::argumentsName(action.lease);
    auto file = std::make_shared<QFile>(m_folder.fileOf(name));
    const auto write = [file](const QByteArray &bytes) -> Result<void> {
        constexpr auto mode = QFile::WriteOnly | QFile::Truncate | QFile::Unbuffered;
        if ((!file->isOpen() && !file->open(mode)) || file->write(bytes) != bytes.size())
            return fail(notWritten(*file));
        return {};
    };
    const Payload fetched = action.arguments.withSegments({Segment{Segment::File, name, blob->size, {}}});
    peer->fetching[action.lease] =
        peer->downloads.add(action.lease.id, blob->bytes, blob->size, write,
                            [this, peer, file, fetched, lease = action.lease](const Result<void> &done) {
                                peer->fetching.erase(lease);
                                file->close();
                                m_callbacks.fetched(lease, done ? Result<Payload>(fetched) : fail(done.error()));
                            });
}

bool AgentBlobs::fetch(BrokerSession session, const TaskResult &result)
{
    Peer *peer = find(session);
    const Segment *blob = result.ok ? only(result.value, Segment::Blob) : nullptr;
    if (!peer || !blob)
        return false;
    if (peer->results.contains(result.id))
        return true;
    auto told = std::make_shared<TaskResult>(result);
    if (blob->size > quint64(maxInlineValue)) {
        told->ok = false;
        told->value = {};
        told->error = Error(ErrorCode::TooLarge,
                            QStringLiteral("The result has %1 bytes; a task that awaits another gets at most %2.")
                                .arg(blob->size)
                                .arg(maxInlineValue));
        m_callbacks.told(session, *told);
        return true;
    }
    peer->results.insert(result.id);
    auto content = std::make_shared<QByteArray>();
    const auto write = [content](const QByteArray &bytes) {
        content->append(bytes);
        return Result<void>();
    };
    peer->downloads.add(result.id, blob->bytes, blob->size, write,
                        [this, peer, session, told, content](const Result<void> &done) {
                            peer->results.remove(told->id);
                            told->ok = done.has_value();
                            told->value = told->value.withSegments({Segment{Segment::Inline, *content, 0, {}}});
                            if (!done)
                                told->error = done.error();
                            m_callbacks.told(session, *told);
                        });
    return true;
}

void AgentBlobs::finish(BrokerSession session, const Finished &how)
{
    const LeaseRef lease{how.id, how.token};
    const Segment *stored = how.ok ? only(how.value, Segment::File) : nullptr;
    if (m_held.contains(lease))
        dropArguments(lease);
    if (stored)
        m_held.insert(lease);
    Peer *peer = find(session);
    if (!stored)
        return m_callbacks.finished(session, how);
    if (!peer || peer->putting.contains(lease))
        return;
    auto file = std::make_shared<QFile>(m_folder.fileOf(stored->bytes));
    file->open(QFile::ReadOnly | QFile::Unbuffered);
    const auto read = [file](quint64 offset, qsizetype size) {
        return file->isOpen() && file->seek(qint64(offset)) ? file->read(size) : QByteArray();
    };
    peer->putting[lease] =
        peer->uploads.add(stored->size, read, [this, peer, session, lease, how](const Result<QByteArray> &hash) {
            peer->putting.erase(lease);
            ended(session, how, hash);
        });
}

void AgentBlobs::ended(BrokerSession session, Finished how, const Result<QByteArray> &hash)
{
    if (hash) {
        how.value = how.value.withSegments({Segment{Segment::Blob, *hash, how.value.segments().first().size, {}}});
    } else {
        const bool tooLarge = hash.error().code() == ErrorCode::TooLarge;
        how.ok = false;
        how.value = {};
        how.error = Error(tooLarge ? Reason::OutputLimit : Reason::DiskLimit,
                          QStringLiteral("The broker did not take the result: %1").arg(hash.error().message()));
        how.error.setTask(how.id, how.token.attempt);
    }
    m_callbacks.finished(session, how);
}

void AgentBlobs::dropArguments(const LeaseRef &attempt)
{
    for (const auto &[session, peer] : m_peers) {
        if (const auto fetching = peer->fetching.extract(attempt))
            peer->downloads.cancel(fetching.mapped());
    }
    m_folder.remove(ScratchFolder::argumentsName(attempt));
}

void AgentBlobs::release(const LeaseRef &attempt)
{
    if (m_held.empty() || !m_held.erase(attempt))
        return;
    for (const auto &[session, peer] : m_peers) {
        if (const auto putting = peer->putting.extract(attempt))
            peer->uploads.cancel(putting.mapped());
    }
    dropArguments(attempt);
    m_folder.remove(ScratchFolder::resultName(attempt));
}

} // namespace drover
