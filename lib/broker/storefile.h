// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/result.h"

#include <QtCore/QString>

#include <memory>

namespace drover {

//! The right of one process (and one store in it) to a file. Given back when destroyed or when the process dies in
//! whatever way. Held on a file of its own beside the store, which stays there.
class FileLock
{
public:
    virtual ~FileLock() = default;

    //! Takes the lock \a path. Errors: StorageFailed when another holds it (its process id is named where the system
    //! lets one read it), when the folder is missing or read-only, and when the disk is full.
    static Result<std::unique_ptr<FileLock>> take(const QString &path);
    //! Whether a process that lives seems to hold it: a hint, for who would rather wait than compete. Disturbs nobody who takes it.
    static bool isHeld(const QString &path);
};

//! Whether there is a process with this id.
bool isRunning(qint64 process);

//! The name of the network file system that \a folder lies on ("nfs4"), or empty when its disk is this machine's.
QString networkFileSystem(const QString &folder);

//! The error for a lock file that cannot be made, from the system's words for it.
Error lockFileError(const QString &path, const QString &why);
//! The error for a lock held by another; \a holder is its process id, or empty.
Error lockHeldError(const QString &path, const QString &holder);

} // namespace drover
