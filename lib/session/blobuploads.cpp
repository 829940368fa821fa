// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "session/blobuploads.h"

#include <algorithm>

namespace drover {

quint64 BlobUploads::add(quint64 size, Read read, Done done)
{
    auto put = std::make_unique<Put>();
    put->size = size;
    put->read = std::move(read);
    put->done = std::move(done);
    m_puts.emplace(++m_last, std::move(put));
    fill();
    return m_last;
}

void BlobUploads::cancel(quint64 number)
{
    if (!m_puts.erase(number) || !m_connected)
        return;
    m_send(BlobClose{number, true});
    fill();
}

void BlobUploads::connected()
{
    m_connected = true;
    for (auto &[number, put] : m_puts) {
        put->hash.reset();
        put->unreadable = false;
        put->digest.clear();
        put->sent = 0;
        put->stored = 0;
    }
    fill();
}

// One part of each at a time.
void BlobUploads::fill()
{
    if (!m_connected)
        return;
    for (bool more = true; more;) {
        more = false;
        qsizetype open = 0;
        for (auto &[number, put] : m_puts) {
            if (++open > maxOpenBlobs)
                break;
            more |= sendPart(number, *put);
        }
    }
}

bool BlobUploads::sendPart(quint64 number, Put &put)
{
    const quint64 size = std::min(quint64(blobChunk), put.size - put.sent);
    if (!put.digest.isEmpty() || put.sent + size > put.stored + blobWindow)
        return false;
    BlobPut part;
    part.number = number;
    part.size = put.size;
    part.offset = put.sent;
    part.bytes = put.read(put.sent, qsizetype(size));
    put.hash.addData(part.bytes);
    if (quint64(part.bytes.size()) != size) {
        put.unreadable = true; // filled up, so that the broker refuses it by its hash
        part.bytes.resize(qsizetype(size), '\0');
    }
    put.sent += size;
    if (put.sent == put.size)
        part.hash = put.digest = put.hash.result();
    m_send(part);
    return true;
}

void BlobUploads::handle(const BlobStored &message)
{
    const auto found = m_puts.find(message.number);
    if (found == m_puts.end())
        return;
    Put &put = *found->second;
    if (put.unreadable && message.error.code() != ErrorCode::None)
        return finish(message.number,
                      fail(ErrorCode::StorageFailed, QStringLiteral("A large value could not be read to be sent.")));
    if (message.error.code() != ErrorCode::None)
        return finish(message.number, fail(message.error));
    if (message.done && !put.digest.isEmpty())
        return finish(message.number, put.digest);
    put.stored = std::clamp(message.offset, put.stored, put.sent);
    fill();
}

void BlobUploads::finish(quint64 number, Result<QByteArray> hash)
{
    const std::weak_ptr<char> alive = m_alive;
    const Done done = std::move(m_puts.at(number)->done);
    m_puts.erase(number);
    done(std::move(hash));
    if (!alive.expired())
        fill();
}

} // namespace drover
