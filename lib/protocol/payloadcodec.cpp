// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "protocol/payloadcodec.h"

#include "protocol/blobs.h"

namespace drover {

namespace {

void readOther(CborReader &reader, Segment &segment)
{
    const quint64 count = reader.array();
    const quint64 kind = reader.unsignedInt();
    FieldReader fields(reader, count > 0 ? count - 1 : 0);
    if (kind == Segment::Blob) {
        segment.kind = Segment::Blob;
        fields(segment.bytes, segment.size);
        if (segment.bytes.size() != sha256Size)
            reader.fail("the 32 bytes of a SHA-256");
    } else if (kind == Segment::TaskResult) {
        segment.kind = Segment::TaskResult;
        fields(segment.task);
    } else if (kind == Segment::File) {
        segment.kind = Segment::File;
        fields(segment.bytes, segment.size);
    } else {
        reader.fail("a kind of segment");
    }
    fields.finish();
}

} // namespace

void Codec<Segment>::write(CborWriter &writer, const Segment &segment)
{
    if (segment.kind == Segment::Inline)
        return writer.bytes(segment.bytes);
    const bool result = segment.kind == Segment::TaskResult;
    writer.array(result ? 2 : 3);
    writer.unsignedInt(segment.kind);
    FieldWriter fields(writer);
    if (result)
        fields(segment.task);
    else
        fields(segment.bytes, segment.size);
}

void Codec<Segment>::read(CborReader &reader, Segment &segment)
{
    segment = {};
    if (reader.peek() == CborReader::Type::Bytes)
        Codec<QByteArray>::read(reader, segment.bytes);
    else
        readOther(reader, segment);
}

void Codec<Payload>::write(CborWriter &writer, const Payload &payload)
{
    writer.array(3);
    FieldWriter fields(writer);
    fields(payload.type(), payload.codec(), payload.segments());
}

void Codec<Payload>::read(CborReader &reader, Payload &payload)
{
    ContentType type = ContentType::Cbor;
    QString codec;
    QList<Segment> segments;
    FieldReader fields(reader, reader.array());
    fields(type, codec, segments);
    fields.finish();
    payload = Payload(type, std::move(codec), std::move(segments));
}

} // namespace drover
