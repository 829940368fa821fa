// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/broker_p.h"

#include "protocol/blobs.h"

#include <algorithm>

// Large values: files, and the sessions that send and fetch them.
namespace drover {

namespace {

//! More than all gets of a session can ask for: it asks without reading.
constexpr qint64 mostUnsent = 2 * maxOpenBlobs * qint64(blobWindow);

bool isPlain(const Payload &value)
{
    return std::ranges::all_of(value.segments(), [](const Segment &segment) {
        return segment.kind == Segment::Inline || segment.kind == Segment::Blob;
    });
}

} // namespace

QString Broker::Private::blobPath()
{
    if (options.durability != Durability::Memory)
        return options.store + QStringLiteral(".blobs");
    blobFolder = std::make_unique<QTemporaryDir>();
    return blobFolder->filePath(QStringLiteral("blobs"));
}

void Broker::Private::openBlobs(const QSet<QByteArray> &kept)
{
    blobFiles = std::make_unique<BlobStore>(
        blobPath(), [this] { QMetaObject::invokeMethod(q, [this] { takeBlobReplies(); }, Qt::QueuedConnection); });
    for (const QByteArray &hash : kept)
        blobs.keep(hash);
    blobFiles->post(SweepBlobs{kept});
}

bool Broker::Private::receiveBlob(Sessions::Session &session, const RawMessage &raw)
{
    const auto handle = [&](const auto &message) {
        blobs.handle(session.id, message, blobActions);
        actOnBlobs();
    };
    switch (raw.kind) {
    case Kind::BlobPut: read<BlobPut>(session, raw, handle); return true;
    case Kind::BlobRead: read<BlobRead>(session, raw, handle); return true;
    case Kind::BlobClose: read<BlobClose>(session, raw, handle); return true;
    case Kind::BlobGet:
        read<BlobGet>(session, raw, [&](const BlobGet &message) {
            scheduler.handle(session.id, message, now(), actions);
            act();
        });
        return true;
    default: return false;
    }
}

// What it put stays for this until a record names it, which may be later.
void Broker::Private::finished(Sessions::Session &session, const Finished &message)
{
    if (!message.value.isInline()) {
        if (!isPlain(message.value) || !blobs.hasPut(session.id, message.value))
            return session.link->refuse(
                Error(ErrorCode::ProtocolError, QStringLiteral("A result came before the large value that it names.")));
        resultBlobs.insert_or_assign({session.id, LeaseRef{message.id, message.token}}, message.value);
    }
    scheduler.handle(session.id, message, now(), actions);
    act();
}

void Broker::Private::acknowledged(SessionId session, const FinishedAck &message)
{
    if (resultBlobs.empty())
        return;
    for (const LeaseRef &lease : message.leases) {
        if (const auto node = resultBlobs.extract({session, lease}))
            blobs.named(session, node.mapped(), blobActions);
    }
    actOnBlobs();
}

void Broker::Private::keepBlobs(const QList<Record> &records)
{
    const auto keep = [this](const Payload &value) {
        for (const Segment &segment : value.segments()) {
            if (segment.kind == Segment::Blob)
                blobs.keep(segment.bytes);
        }
    };
    for (const Record &record : records) {
        if (const auto *added = std::get_if<TaskAdded>(&record))
            keep(added->task.submission.arguments);
        else if (const auto *ended = std::get_if<TaskEnded>(&record); ended && ended->ending.outcome)
            keep(*ended->ending.outcome);
    }
}

void Broker::Private::forgetBlobs(SessionId session)
{
    std::erase_if(resultBlobs, [session](const auto &entry) { return entry.first.first == session; });
    blobs.gone(session, blobActions);
    actOnBlobs();
}

void Broker::Private::takeBlobReplies()
{
    if (!blobFiles)
        return;
    for (const BlobStore::Reply &reply : blobFiles->takeReplies())
        std::visit([this](const auto &known) { blobs.handle(known, blobActions); }, reply);
    actOnBlobs();
}

void Broker::Private::actOnBlobs()
{
    BlobActions todo = std::exchange(blobActions, {});
    for (BlobAction &action : todo) {
        std::visit(
            [this](auto &known) {
                if constexpr (requires { perform(known); })
                    perform(known);
                else if (blobFiles)
                    blobFiles->post(std::move(known));
            },
            action);
    }
}

void Broker::Private::perform(SendBlob &action)
{
    Sessions::Session *session = sessions->find(action.session);
    if (!session)
        return;
    if (session->link->unsent() > mostUnsent)
        return session->link->refuse(
            Error(ErrorCode::ProtocolError, QStringLiteral("Large values are asked for and not read.")));
    std::visit([session](const auto &message) { session->link->send(message); }, action.message);
}

void Broker::Private::perform(ServeBlob &action)
{
    blobs.open(action.session, action.question, action.size, blobActions);
    actOnBlobs();
}

} // namespace drover
