// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/result.h"
#include "task/value_containers.h"
#include "task/value_gadget.h"
#include "task/value_qt.h"
#include "task/value_scalars.h"
#include "task/value_variant.h"

//! C++ values <-> CBOR. What can travel: bool, integers, floating point, enums, std::chrono durations; QString,
//! std::string, QByteArray, QUuid, QUrl, QDateTime, QJson*; QVariant; lists, sets, maps, hashes of Qt and std, std::array,
//! pair, tuple, optional, variant; Q_GADGET types by property; types with fields(); whatever has a Value<T>.
namespace drover {

//! The canonical text of a type in signatures: `int`, `list<string>`, `map<string,tuple<int,double>>`, `void`.
template <typename T> QString typeText()
{
    if constexpr (std::is_void_v<T>)
        return QStringLiteral("void");
    else
        return Value<T>::type();
}

//! \a value as one CBOR item. `InvalidArgument` when it holds a QVariant of a type that cannot travel.
template <Encodable T> Result<QByteArray> encodeValue(const T &value)
{
    QByteArray bytes;
    ValueWriter out(&bytes);
    Value<T>::write(out, value);
    if (out.hasRefused())
        return fail(ErrorCode::InvalidArgument, out.refusal());
    return bytes;
}

//! Reads exactly one CBOR item. `InvalidArgument`: `expected int, got "x"`.
template <Encodable T> Result<T> decodeValue(const QByteArray &bytes)
{
    ValueReader in(bytes);
    T value{};
    if (!Value<T>::read(in, value) || !in.atEnd())
        return fail(ErrorCode::InvalidArgument, QStringLiteral("expected %1, got %2").arg(typeText<T>(), in.found()));
    return value;
}

//! As decodeValue(), for what another process answered: `ProtocolError`.
template <Encodable T> Result<T> decodeResult(const QByteArray &bytes)
{
    Result<T> result = decodeValue<T>(bytes);
    if (!result)
        return fail(ErrorCode::ProtocolError,
                    QStringLiteral("The result does not fit: %1.").arg(result.error().message()));
    return result;
}

} // namespace drover
