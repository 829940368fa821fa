// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/payload.h"

#include <algorithm>

namespace drover {

Payload Payload::inlined(ContentType type, QString codec, QByteArray bytes)
{
    Segment segment;
    segment.bytes = std::move(bytes);
    return Payload(type, std::move(codec), {std::move(segment)});
}

Result<QByteArray> Payload::inlineBytes() const
{
    QByteArray all;
    for (const Segment &segment : m_segments) {
        if (segment.kind != Segment::Inline) {
            const QString kind = segment.kind == Segment::Blob ? QStringLiteral("a blob")
                : segment.kind == Segment::TaskResult          ? QStringLiteral("the result of a task")
                : segment.kind == Segment::File                ? QStringLiteral("a file")
                                                               : QStringLiteral("kind %1").arg(segment.kind);
            return fail(ErrorCode::Unsupported,
                        QStringLiteral("The value refers to %1; this version reads inline values only.").arg(kind));
        }
        all = all.isEmpty() ? segment.bytes : all + segment.bytes;
    }
    return all;
}

qsizetype Payload::size() const
{
    qsizetype sum = 0;
    for (const Segment &segment : m_segments)
        sum += segment.kind == Segment::Inline ? segment.bytes.size() : qsizetype(segment.size);
    return sum;
}

bool Payload::has(Segment::Kind kind) const
{
    return std::ranges::any_of(m_segments, [kind](const Segment &segment) { return segment.kind == kind; });
}

bool Payload::isInline() const
{
    return std::ranges::all_of(m_segments, [](const Segment &segment) { return segment.kind == Segment::Inline; });
}

} // namespace drover
