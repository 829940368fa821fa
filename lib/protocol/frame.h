// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/kinds.h"
#include "support/export.h"

#include <QtCore/QByteArrayView>

#include <optional>

namespace drover {

//! One message of a frame, not decoded yet. Valid as long as the bytes of the frame.
struct RawMessage
{
    Kind kind;
    QByteArrayView item; //!< the whole array `[kind, ...]`
};

//! Walks over the messages of one frame: a sequence of CBOR arrays, each beginning with its kind.
//! Messages of unknown kinds from firstIgnoredKind on are passed over. Does not own the bytes.
class DROVER_CORE_EXPORT FrameReader
{
public:
    explicit FrameReader(QByteArrayView frame);

    //! The next message, or nothing at the end or when the frame is malformed.
    std::optional<RawMessage> next();
    bool failed() const { return m_error.code() != ErrorCode::None; }
    //! Why next() ended early: ProtocolError (not an array, cut short, a kind below 1000 that is unknown) or TooLarge.
    const Error &error() const { return m_error; }

private:
    std::nullopt_t stop(const Error &why);

    QByteArrayView m_rest;
    qsizetype m_offset = 0;
    Error m_error;
};

//! \a why, with the name of the message before it.
DROVER_CORE_EXPORT Error malformed(Kind kind, const Error &why);

} // namespace drover
