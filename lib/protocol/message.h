// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/frame.h"
#include "protocol/kinds.h"
#include "support/result.h"

namespace drover {

//! A value of lib/protocol/messages: `static constexpr Kind kind` and the list of its fields.
template <typename M>
concept Message = Fields<M> && requires
{
    {
        M::kind
        } -> std::convertible_to<Kind>;
};

//! Appends \a message to \a frame as one item `[kind, field, ...]`.
template <Message M> void encode(QByteArray &frame, const M &message)
{
    auto &structure = const_cast<M &>(message);
    CborWriter writer(frame);
    writer.array(1 + fieldCount(structure));
    writer.unsignedInt(quint64(M::kind));
    FieldWriter fields(writer);
    visit(fields, structure);
}

//! Reads the message that \a raw holds; it must be of kind M::kind. ProtocolError names the kind and the field.
//! The result owns its bytes, each copied once.
template <Message M> Result<M> decode(const RawMessage &raw)
{
    CborReader reader(raw.item);
    const quint64 count = reader.array();
    if (count == 0 || reader.unsignedInt() != quint64(M::kind)) [[unlikely]]
        reader.fail("the number of this kind");
    M message;
    FieldReader fields(reader, reader.ok() ? count - 1 : 0);
    visit(fields, message);
    fields.finish();
    if (!reader.ok()) [[unlikely]]
        return fail(malformed(M::kind, reader.error()));
    return message;
}

} // namespace drover
