// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/recordcodec.h"

namespace drover {

namespace {

enum class RecordKind : quint8 { Added = 1, Updated = 2, Ended = 3, Batch = 4, Orphan = 5, Queue = 6 };

template <typename T> ByteRange append(QByteArray &buffer, const T &value)
{
    const auto offset = quint32(buffer.size());
    {
        CborWriter writer(buffer);
        Codec<T>::write(writer, value);
    }
    return {offset, quint32(buffer.size()) - offset};
}

template <typename T> ByteRange take(CborReader &reader, T &value)
{
    const auto offset = quint32(reader.offset());
    Codec<T>::read(reader, value);
    return {offset, quint32(reader.offset()) - offset};
}

void appendHead(QByteArray &buffer, RecordKind kind, Place place, const TaskId *id)
{
    CborWriter writer(buffer);
    writer.array(4);
    writer.unsignedInt(quint64(kind));
    writer.signedInt(place.key());
    if (id)
        writer.bytes(id->view());
}

template <typename T> Result<T> decodeWhole(QByteArrayView bytes)
{
    CborReader reader(bytes);
    T value;
    Codec<T>::read(reader, value);
    if (reader.ok() && !reader.atEnd())
        reader.fail("the end");
    if (!reader.ok())
        return fail(reader.error());
    return value;
}

struct Encoder
{
    QByteArray &buffer;

    RecordParts operator()(const TaskAdded &added) const
    {
        appendHead(buffer, RecordKind::Added, added.task.place, nullptr);
        RecordParts parts;
        parts.task = append(buffer, added.task);
        parts.delivery = append(buffer, added.task.delivery);
        return parts;
    }
    RecordParts operator()(const TaskUpdated &updated) const
    {
        appendHead(buffer, RecordKind::Updated, updated.place, &updated.id);
        RecordParts parts;
        parts.delivery = append(buffer, updated.delivery);
        return parts;
    }
    RecordParts operator()(const TaskEnded &ended) const
    {
        appendHead(buffer, RecordKind::Ended, ended.place, &ended.id);
        RecordParts parts;
        parts.ending = append(buffer, ended.ending);
        return parts;
    }
    RecordParts operator()(const BatchUpdated &updated) const
    {
        appendHead(buffer, RecordKind::Batch, {}, &updated.batch.id);
        append(buffer, updated.batch);
        return {};
    }
    RecordParts operator()(const QueueChanged &changed) const
    {
        const TaskId none;
        appendHead(buffer, RecordKind::Queue, {}, &none);
        append(buffer, changed.settings);
        return {};
    }
    RecordParts operator()(const OrphanAdded &added) const
    {
        appendHead(buffer, RecordKind::Orphan, {}, &added.id);
        RecordParts parts;
        parts.orphan = append(buffer, added.orphan);
        return parts;
    }
};

} // namespace

void Codec<Outcome>::write(CborWriter &writer, const Outcome &outcome)
{
    writer.array(2);
    writer.boolean(outcome.has_value());
    if (outcome)
        Codec<Payload>::write(writer, *outcome);
    else
        Codec<Error>::write(writer, outcome.error());
}

void Codec<Outcome>::read(CborReader &reader, Outcome &outcome)
{
    if (reader.array() != 2)
        return reader.fail("an outcome");
    if (reader.boolean()) {
        Payload payload;
        Codec<Payload>::read(reader, payload);
        outcome = std::move(payload);
    } else {
        Error error;
        Codec<Error>::read(reader, error);
        outcome = Unexpected<Error>(std::move(error));
    }
}

RecordParts encodeRecord(QByteArray &buffer, const Record &record)
{
    return std::visit(Encoder{buffer}, record);
}

RecordParts decodeRecord(CborReader &reader, Record &record)
{
    RecordParts parts;
    if (reader.array() != 4)
        reader.fail("a record");
    const quint64 kind = reader.unsignedInt();
    const Place place = Place::fromKey(reader.signedInt());
    if (kind == quint64(RecordKind::Added)) {
        auto &added = record.emplace<TaskAdded>();
        added.task.place = place;
        parts.task = take(reader, added.task);
        parts.delivery = take(reader, added.task.delivery);
    } else if (kind == quint64(RecordKind::Updated)) {
        auto &updated = record.emplace<TaskUpdated>();
        updated.place = place;
        Codec<Id>::read(reader, updated.id);
        parts.delivery = take(reader, updated.delivery);
    } else if (kind == quint64(RecordKind::Ended)) {
        auto &ended = record.emplace<TaskEnded>();
        ended.place = place;
        Codec<Id>::read(reader, ended.id);
        parts.ending = take(reader, ended.ending);
    } else if (kind == quint64(RecordKind::Batch)) {
        auto &updated = record.emplace<BatchUpdated>();
        Codec<Id>::read(reader, updated.batch.id);
        take(reader, updated.batch);
    } else if (kind == quint64(RecordKind::Orphan)) {
        auto &added = record.emplace<OrphanAdded>();
        Codec<Id>::read(reader, added.id);
        parts.orphan = take(reader, added.orphan);
    } else if (kind == quint64(RecordKind::Queue)) {
        Id none;
        Codec<Id>::read(reader, none);
        take(reader, record.emplace<QueueChanged>().settings);
    } else if (reader.ok()) {
        reader.fail("a known kind of record");
    }
    return parts;
}

Result<StoredTask> decodeTask(qint64 key, QByteArrayView task, QByteArrayView delivery)
{
    Result<StoredTask> stored = decodeWhole<StoredTask>(task);
    if (!stored)
        return stored;
    Result<Delivery> state = decodeWhole<Delivery>(delivery);
    if (!state)
        return fail(state.error());
    stored->place = Place::fromKey(key);
    stored->delivery = *std::move(state);
    return stored;
}

Result<Ending> decodeEnding(QByteArrayView bytes)
{
    return decodeWhole<Ending>(bytes);
}

Result<OrphanInfo> decodeOrphan(QByteArrayView bytes)
{
    return decodeWhole<OrphanInfo>(bytes);
}

Result<QueueSettings> decodeQueue(QByteArrayView bytes)
{
    return decodeWhole<QueueSettings>(bytes);
}

QByteArray encodeEnding(const Ending &ending)
{
    QByteArray bytes;
    append(bytes, ending);
    return bytes;
}

QByteArray encodeQueue(const QueueSettings &settings)
{
    QByteArray bytes;
    append(bytes, settings);
    return bytes;
}

Result<LaneKey> decodeLaneKey(QByteArrayView bytes)
{
    return decodeWhole<LaneKey>(bytes);
}

Result<BatchRecord> decodeBatch(QByteArrayView bytes)
{
    return decodeWhole<BatchRecord>(bytes);
}

QByteArray encodeBatch(const BatchRecord &batch)
{
    QByteArray bytes;
    append(bytes, batch);
    return bytes;
}

QByteArray encodeLaneKey(const LaneKey &lane)
{
    QByteArray bytes;
    append(bytes, lane);
    return bytes;
}

} // namespace drover
