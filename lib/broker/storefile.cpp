// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/storefile.h"

namespace drover {

namespace {

Error about(const QString &path, const QString &message)
{
    return Error(ErrorCode::StorageFailed, message).setDetail(QStringLiteral("path"), path);
}

} // namespace

Error lockFileError(const QString &path, const QString &why)
{
    return about(path,
                 QStringLiteral("%1 cannot be made (%2). Make its folder writable, or give a path in another folder.")
                     .arg(path, why));
}

Error lockHeldError(const QString &path, const QString &holder)
{
    const QString who = holder.isEmpty() ? QStringLiteral("another process") : QStringLiteral("process %1").arg(holder);
    return about(path,
                 QStringLiteral("The store is in use by %1, which holds %2. Stop that process, or give another path.")
                     .arg(who, path))
        .setTransient();
}

} // namespace drover
