// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/workerlock.h"

namespace drover {

Result<std::unique_ptr<QLockFile>> lockWorkerName(const QString &home, const QString &name)
{
    auto lock = std::make_unique<QLockFile>(
        QStringLiteral("%1/worker-%2.lock").arg(home, QString::fromLatin1(name.toUtf8().toHex())));
    lock->setStaleLockTime(0);
    if (lock->tryLock(0))
        return lock;
    if (lock->error() == QLockFile::LockFailedError)
        return fail(ErrorCode::Conflict,
                    QStringLiteral("A worker named %1 already runs here; give this one another name.").arg(name));
    return fail(ErrorCode::StorageFailed,
                QStringLiteral("%1 cannot be made; make its folder writable.").arg(lock->fileName()));
}

} // namespace drover
