// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "execute/scratchfolder.h"

#include <QtCore/QFile>

namespace drover {

QByteArray ScratchFolder::nameOf(const LeaseRef &attempt, const char *what)
{
    return attempt.id.toString().toLatin1() + '-' + QByteArray::number(attempt.token.epoch) + '-'
        + QByteArray::number(attempt.token.attempt) + '.' + what;
}

QString ScratchFolder::fileOf(const QByteArray &name) const
{
    const bool leadsOut = name.isEmpty() || name.contains('/') || name.contains('\\') || name.startsWith('.');
    return leadsOut || isEmpty() ? QString() : m_path + QLatin1Char('/') + QString::fromUtf8(name);
}

Result<Payload> ScratchFolder::load(const Payload &value) const
{
    if (!value.has(Segment::File))
        return value;
    QList<Segment> segments = value.segments();
    for (Segment &segment : segments) {
        if (segment.kind != Segment::File)
            continue;
        QFile file(fileOf(segment.bytes));
        if (file.fileName().isEmpty() || !file.open(QFile::ReadOnly | QFile::Unbuffered))
            return fail(
                ErrorCode::StorageFailed,
                QStringLiteral("The large value %1 cannot be read: %2.").arg(file.fileName(), file.errorString()));
        segment = {Segment::Inline, file.readAll(), 0, {}};
    }
    return value.withSegments(segments);
}

Result<Payload> ScratchFolder::store(const Payload &value, const QByteArray &name) const
{
    if (value.size() <= blobThreshold || isEmpty() || !value.isInline())
        return value;
    QFile file(fileOf(name));
    bool written = file.open(QFile::WriteOnly | QFile::Truncate | QFile::Unbuffered);
    if (written)
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    for (const Segment &segment : value.segments())
        written = written && file.write(segment.bytes) == segment.bytes.size();
    if (!written) {
        file.remove();
        return fail(Error(Reason::DiskLimit,
                          QStringLiteral("The result of %1 bytes could not be written to %2: %3.")
                              .arg(value.size())
                              .arg(file.fileName(), file.errorString())));
    }
    return value.withSegments({Segment{Segment::File, name, quint64(value.size()), {}}});
}

void ScratchFolder::remove(const QByteArray &name) const
{
    if (const QString file = fileOf(name); !file.isEmpty())
        QFile::remove(file);
}

} // namespace drover
