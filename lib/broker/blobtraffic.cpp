// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/blobtraffic.h"

#include "protocol/blobs.h"

#include <algorithm>

namespace drover {

namespace {

BlobStored stored(quint64 number, Error error)
{
    BlobStored message;
    message.number = number;
    message.error = std::move(error);
    return message;
}

BlobData failed(quint64 number, quint64 offset, Error error)
{
    BlobData message;
    message.number = number;
    message.offset = offset;
    message.error = std::move(error);
    return message;
}

CloseSession outOfPlace(SessionId session)
{
    return {session,
            Error(ErrorCode::ProtocolError,
                  QStringLiteral("A part of a large value came out of its place, or too early."))};
}

template <typename F> void forEachBlob(const Payload &value, F &&fn)
{
    for (const Segment &segment : value.segments()) {
        if (segment.kind == Segment::Blob)
            fn(segment.bytes);
    }
}

} // namespace

Result<void> BlobTraffic::check(const Peer &peer, const BlobPut &message) const
{
    if (message.size > m_limit)
        return fail(
            ErrorCode::TooLarge,
            QStringLiteral("The value has %1 bytes; this broker takes at most %2.").arg(message.size).arg(m_limit));
    if (peer.puts.size() >= size_t(maxOpenBlobs) || peer.unnamed.size() >= maxUnnamed)
        return fail(ErrorCode::TooLarge,
                    QStringLiteral("More than %1 large values are being put, or more than %2 are named by nothing.")
                        .arg(maxOpenBlobs)
                        .arg(maxUnnamed));
    return {};
}

BlobTraffic::Put *BlobTraffic::begin(SessionId from, Peer &peer, const BlobPut &message, BlobActions &actions)
{
    if (const auto found = peer.puts.find(message.number); found != peer.puts.end())
        return &found->second;
    if (message.number <= peer.lastPut)
        return nullptr; // refused or closed, and its sender does not know yet
    peer.lastPut = message.number;
    if (const Result<void> sound = check(peer, message); !sound) {
        actions.push_back(SendBlob{from, stored(message.number, sound.error())});
        return nullptr;
    }
    Put &put = peer.puts[message.number];
    put.id = ++m_last;
    put.size = message.size;
    m_puts.insert(put.id, {from, message.number, {}});
    return &put;
}

void BlobTraffic::handle(SessionId from, const BlobPut &message, BlobActions &actions)
{
    Put *put = begin(from, m_peers[from], message, actions);
    if (!put)
        return;
    const auto size = quint64(message.bytes.size());
    const bool fits = message.offset == put->received && message.size == put->size && size <= put->size - put->received
        && put->received + size <= put->stored + blobWindow && size <= quint64(blobChunk);
    const bool last = put->received + size == put->size;
    if (!fits || !put->hash.isEmpty() || message.hash.size() != (last ? sha256Size : 0)) {
        actions.push_back(outOfPlace(from));
        return;
    }
    put->received += size;
    actions.push_back(AppendBlob{put->id, message.bytes});
    if (!last)
        return;
    put->hash = message.hash;
    m_puts[put->id].hash = message.hash;
    pin(message.hash); // from now on there may be a file of that name
    actions.push_back(FinishBlob{put->id, message.hash});
}

void BlobTraffic::handle(const BlobWritten &reply, BlobActions &actions)
{
    const auto source = m_puts.constFind(reply.put);
    if (source == m_puts.cend())
        return;
    const Source from = *source;
    const bool over = reply.done || reply.error.code() != ErrorCode::None;
    if (over)
        m_puts.erase(source);
    const auto peer = m_peers.find(from.session);
    const auto put = peer == m_peers.end() ? std::map<quint64, Put>::iterator() : peer->second.puts.find(from.number);
    if (peer == m_peers.end() || put == peer->second.puts.end()) {
        if (over && !from.hash.isEmpty())
            unpin(from.hash, actions);
        return;
    }
    put->second.stored += reply.size;
    BlobStored message = stored(from.number, reply.error);
    message.offset = put->second.stored;
    message.done = reply.done;
    if (over)
        peer->second.puts.erase(put);
    if (reply.done)
        ++peer->second.unnamed[from.hash]; // and stays pinned for that
    else if (over && !from.hash.isEmpty())
        unpin(from.hash, actions);
    actions.push_back(SendBlob{from.session, std::move(message)});
}

void BlobTraffic::open(SessionId from, const BlobGet &message, quint64 size, BlobActions &actions)
{
    Peer &peer = m_peers[from];
    if (message.number <= peer.lastGet || message.offset > size || peer.gets.size() >= size_t(maxOpenBlobs)) {
        actions.push_back(CloseSession{
            from,
            Error(
                ErrorCode::ProtocolError,
                QStringLiteral(
                    "A large value was asked for under a number used before, from beyond its end, or with more than %1 "
                    "others.")
                    .arg(maxOpenBlobs))});
        return;
    }
    peer.lastGet = message.number;
    Get &get = peer.gets[message.number];
    get = {++m_last, message.hash, size, message.offset, message.offset};
    m_gets.insert(get.id, {from, message.number, {}});
    pump(get, actions);
}

void BlobTraffic::pump(Get &get, BlobActions &actions)
{
    while (get.asked < get.size) {
        const quint64 size = std::min(quint64(blobChunk), get.size - get.asked);
        if (get.asked + size > get.read + blobWindow)
            return;
        actions.push_back(ReadBlob{get.id, get.hash, get.asked, qsizetype(size)});
        get.asked += size;
    }
}

void BlobTraffic::handle(SessionId from, const BlobRead &message, BlobActions &actions)
{
    Peer &peer = m_peers[from];
    const auto get = peer.gets.find(message.number);
    if (get == peer.gets.end())
        return;
    get->second.read = std::clamp(message.offset, get->second.read, get->second.asked);
    pump(get->second, actions);
}

void BlobTraffic::handle(const BlobPart &reply, BlobActions &actions)
{
    const auto source = m_gets.constFind(reply.get);
    if (source == m_gets.cend())
        return;
    const Source to = *source;
    Peer &peer = m_peers.at(to.session);
    const Get &get = peer.gets.at(to.number);
    const quint64 expected = std::min(quint64(blobChunk), get.size - reply.offset);
    Error error = reply.error;
    if (error.code() == ErrorCode::None && quint64(reply.bytes.size()) != expected)
        error = Error(ErrorCode::StorageFailed, QStringLiteral("The file of the large value is cut short."));
    const bool over = error.code() != ErrorCode::None || reply.offset + expected == get.size;
    if (over) {
        m_gets.erase(source);
        peer.gets.erase(to.number);
    }
    if (error.code() != ErrorCode::None)
        actions.push_back(SendBlob{to.session, failed(to.number, reply.offset, error)});
    else
        actions.push_back(SendBlob{to.session, BlobData{to.number, reply.offset, reply.bytes, {}}});
}

void BlobTraffic::handle(SessionId from, const BlobClose &message, BlobActions &actions)
{
    Peer &peer = m_peers[from];
    if (!message.put) {
        if (const auto get = peer.gets.find(message.number); get != peer.gets.end()) {
            m_gets.remove(get->second.id);
            peer.gets.erase(get);
        }
        return;
    }
    const auto put = peer.puts.find(message.number);
    if (put == peer.puts.end())
        return;
    if (put->second.hash.isEmpty()) {
        m_puts.remove(put->second.id);
        actions.push_back(AbandonBlob{put->second.id});
    }
    peer.puts.erase(put);
}

void BlobTraffic::gone(SessionId session, BlobActions &actions)
{
    const auto found = m_peers.extract(session);
    if (!found)
        return;
    for (const auto &[number, put] : found.mapped().puts) {
        if (!put.hash.isEmpty())
            continue; // the disk has its say first
        m_puts.remove(put.id);
        actions.push_back(AbandonBlob{put.id});
    }
    for (const auto &[number, get] : found.mapped().gets)
        m_gets.remove(get.id);
    const QHash<QByteArray, int> &unnamed = found.mapped().unnamed;
    for (auto it = unnamed.cbegin(); it != unnamed.cend(); ++it) {
        for (int i = 0; i < it.value(); ++i)
            unpin(it.key(), actions);
    }
}

bool BlobTraffic::hasPut(SessionId from, const Payload &value) const
{
    bool all = true;
    const auto peer = m_peers.find(from);
    forEachBlob(value,
                [&](const QByteArray &hash) { all &= peer != m_peers.end() && peer->second.unnamed.contains(hash); });
    return all;
}

void BlobTraffic::named(SessionId from, const Payload &value, BlobActions &actions)
{
    const auto peer = m_peers.find(from);
    forEachBlob(value, [&](const QByteArray &hash) {
        const auto unnamed =
            peer == m_peers.end() ? decltype(peer->second.unnamed.find(hash))() : peer->second.unnamed.find(hash);
        if (peer == m_peers.end() || unnamed == peer->second.unnamed.end())
            return;
        if (--*unnamed == 0)
            peer->second.unnamed.erase(unnamed);
        unpin(hash, actions);
    });
}

void BlobTraffic::unpin(const QByteArray &hash, BlobActions &actions)
{
    const auto pin = m_pins.find(hash);
    if (pin == m_pins.end() || --*pin > 0)
        return;
    m_pins.erase(pin);
    if (!m_kept.contains(hash))
        actions.push_back(RemoveBlob{hash});
}

} // namespace drover
