// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "support/result.h"
#include "transport/channel.h"

#include <QtCore/QByteArray>

#include <optional>

namespace drover {

//! Frames over a byte stream: each is its length (32 bits, little-endian) and its bytes.
//! Appends \a frame (at most maxFrameSize bytes) to \a stream in that form.
void appendFrame(QByteArray &stream, QByteArrayView frame);
//! The length alone, for those who write the bytes themselves.
void appendLength(QByteArray &stream, qsizetype length);

//! Cuts a byte stream into frames. Pure; takes memory for bytes that have come, never for a length that was claimed.
class DROVER_CORE_EXPORT FrameDecoder
{
public:
    explicit FrameDecoder(qint64 limit = maxFrameSize) : m_limit(limit) {}

    void feed(QByteArrayView bytes);
    //! The next whole frame; nothing when more bytes are needed; TooLarge when the stream claims a frame beyond the
    //! limit, from then on for ever.
    Result<std::optional<QByteArray>> next();
    //! True between two frames: a stream that ends here has not been cut.
    bool isEmpty() const { return m_position == m_buffer.size(); }

private:
    QByteArray m_buffer;
    qsizetype m_position = 0;
    qint64 m_limit;
};

} // namespace drover
