// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/stream.h"

#include "task/value.h"

#include <tuple>

namespace drover {

using Fields = std::tuple<double, double, QString>;

QByteArray Progress::toData() const
{
    return *encodeValue(Fields(done, total, text));
}

Result<Progress> Progress::fromData(const QByteArray &data)
{
    const Result<Fields> fields = decodeValue<Fields>(data);
    if (!fields)
        return fail(ErrorCode::ProtocolError, QStringLiteral("Malformed progress: %1").arg(fields.error().message()));
    return std::make_from_tuple<Progress>(*fields);
}

} // namespace drover
