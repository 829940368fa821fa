// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "protocol/errorcodec.h"

#include "protocol/variantcodec.h"

namespace drover {

namespace {

template <typename E> E readKnown(CborReader &reader, E last, E otherwise)
{
    const quint64 number = reader.unsignedInt();
    return number <= quint64(last) ? E(number) : otherwise;
}

} // namespace

void Codec<ErrorCode>::read(CborReader &reader, ErrorCode &code)
{
    code = readKnown(reader, ErrorCode::TooOld, ErrorCode::Internal);
}

void Codec<Reason>::read(CborReader &reader, Reason &reason)
{
    reason = readKnown(reader, Reason::User, Reason::None);
}

void Codec<Error>::write(CborWriter &writer, const Error &error)
{
    if (error == Error())
        return writer.null();
    writer.array(8);
    FieldWriter fields(writer);
    fields(error.code(), error.reason(), error.isTransient(), error.message(), error.typeName(), error.details(),
           error.taskId(), error.attempt());
}

void Codec<Error>::read(CborReader &reader, Error &error)
{
    error = {};
    if (reader.peek() == CborReader::Type::Null)
        return reader.null();
    ErrorCode code = ErrorCode::None;
    Reason reason = Reason::None;
    bool transient = false;
    QString message;
    QString typeName;
    QVariantMap details;
    TaskId task;
    quint32 attempt = 0;
    FieldReader fields(reader, reader.array());
    fields(code, reason, transient, message, typeName, details, task, attempt);
    fields.finish();
    error.setCode(code).setReason(reason).setTransient(transient).setMessage(std::move(message));
    error.setTypeName(std::move(typeName)).setDetails(std::move(details)).setTask(task, attempt);
}

} // namespace drover
