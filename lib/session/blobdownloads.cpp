// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "session/blobdownloads.h"

namespace drover {

quint64 BlobDownloads::add(TaskId task, QByteArray hash, quint64 size, Write write, Done done)
{
    auto get = std::make_unique<Get>();
    get->task = task;
    get->hash = std::move(hash);
    get->size = size;
    get->write = std::move(write);
    get->done = std::move(done);
    m_gets.emplace(++m_last, std::move(get));
    fill();
    return m_last;
}

void BlobDownloads::cancel(quint64 number)
{
    const auto found = m_gets.find(number);
    if (found == m_gets.end())
        return;
    const bool asked = found->second->asked;
    m_gets.erase(found);
    if (asked && m_connected)
        m_send(BlobClose{number, false});
    fill();
}

void BlobDownloads::connected()
{
    m_connected = true;
    for (auto &[number, get] : m_gets)
        get->asked = false;
    fill();
}

void BlobDownloads::fill()
{
    if (!m_connected)
        return;
    qsizetype open = 0;
    for (auto &[number, get] : m_gets) {
        if (++open > maxOpenBlobs)
            return;
        if (std::exchange(get->asked, true))
            continue;
        get->said = get->offset;
        m_send(BlobGet{number, get->task, get->hash, get->offset});
    }
}

void BlobDownloads::handle(const BlobData &message)
{
    const auto found = m_gets.find(message.number);
    if (found == m_gets.end())
        return;
    Get &get = *found->second;
    if (const Result<void> taken = take(get, message); !taken) {
        if (message.error.code() == ErrorCode::None && m_connected)
            m_send(BlobClose{message.number, false});
        return finish(message.number, taken);
    }
    if (get.offset < get.size) {
        if (get.offset - get.said < blobWindow / 4)
            return;
        get.said = get.offset;
        return m_send(BlobRead{message.number, get.offset});
    }
    if (get.received.result() != get.hash)
        return finish(
            message.number,
            fail(ErrorCode::ProtocolError,
                 QStringLiteral("The large value that came is not the one that was asked for: its hash differs.")));
    finish(message.number, {});
}

Result<void> BlobDownloads::take(Get &get, const BlobData &message)
{
    if (message.error.code() != ErrorCode::None)
        return fail(message.error);
    if (message.offset != get.offset || quint64(message.bytes.size()) > get.size - get.offset)
        return fail(ErrorCode::ProtocolError, QStringLiteral("A part of a large value came out of its place."));
    if (Result<void> written = get.write(message.bytes); !written)
        return written;
    get.received.addData(message.bytes);
    get.offset += quint64(message.bytes.size());
    return {};
}

void BlobDownloads::finish(quint64 number, Result<void> result)
{
    const std::weak_ptr<char> alive = m_alive;
    const Done done = std::move(m_gets.at(number)->done);
    m_gets.erase(number);
    done(std::move(result));
    if (!alive.expired())
        fill();
}

} // namespace drover
