// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/storebackup.h"

#include "broker/blobfolder.h"
#include "broker/sqlite.h"
#include "support/filesync.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>

namespace drover {

namespace {

QString blobsOf(const QString &store)
{
    return store + QStringLiteral(".blobs");
}

Error unwritable(const QString &path, const QString &why)
{
    return Error(ErrorCode::StorageFailed, QStringLiteral("%1 cannot be written: %2.").arg(path, why))
        .setDetail(QStringLiteral("path"), path);
}

bool makeFolder(const QString &path)
{
    return QFileInfo::exists(path)
        || (QDir().mkpath(path) && QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
}

//! A value never changes once it has its name, so it may be copied while the broker goes on. One that is there already is passed over.
void copyBlobs(const QString &from, const QString &to)
{
    const QDir folder(from);
    for (const QString &name : folder.entryList(QDir::Files)) {
        QFile value(folder.filePath(name));
        const QString copy = to + u'/' + name;
        if (BlobFolder::isUnfinished(name) || QFileInfo::exists(copy))
            continue;
        if (!makeFolder(to))
            throw TaskError(unwritable(to, QStringLiteral("the folder cannot be made")));
        if (!value.copy(copy) && !value.exists())
            continue; // removed by now
        QFile written(copy);
        if (!written.open(QIODevice::ReadWrite) || !syncFile(written))
            throw TaskError(unwritable(copy, written.errorString()));
    }
    if (QFileInfo::exists(to))
        syncFolder(to);
}

//! SQLite leaves it to the system when the pages of a copy reach the disk; a write of its own makes them.
void settle(const QString &path)
{
    Database copy(path);
    copy.execute(
        "PRAGMA synchronous=FULL; BEGIN IMMEDIATE; UPDATE meta SET value = value WHERE name = 'format'; COMMIT");
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite) || !syncFile(file) || !syncFolder(QFileInfo(path).absolutePath()))
        throw TaskError(unwritable(path, file.errorString()));
}

//! What is at \a path, or beside it and would be taken for a part of the copy: an old log would be played into it.
QString taken(const QString &path)
{
    for (const char *suffix : {"", "-wal", "-shm", "-journal", ".blobs"}) {
        const QString name = path + QLatin1StringView(suffix);
        if (QFileInfo(name).isSymLink() || QFileInfo::exists(name))
            return name;
    }
    return {};
}

//! Takes the name for the copy, which its owner alone may read, as the store.
void claim(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner))
        throw TaskError(unwritable(path, file.errorString()));
}

void write(const QString &store, const QString &path)
{
    copyBlobs(blobsOf(store), blobsOf(path));
    Database database(store);
    Statement copy = database.prepare("VACUUM INTO ?");
    copy.start(path).step();
    copyBlobs(blobsOf(store), blobsOf(path)); // those that came before the pages were read
    settle(path);
}

} // namespace

Result<MaintenanceResult> backUp(const QString &store, const QString &path)
{
    if (!QDir::isAbsolutePath(path))
        return fail(
            ErrorCode::InvalidArgument,
            QStringLiteral("\"%1\" is not an absolute path; the broker writes the copy on its own machine.").arg(path));
    if (const QString there = taken(path); !there.isEmpty())
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("%1 is there already; give a path where nothing is yet.").arg(there));
    claim(path);
    try {
        write(store, path);
    } catch (const TaskError &) {
        QFile::remove(path);
        QFile::remove(path + QStringLiteral("-journal"));
        QDir(blobsOf(path)).removeRecursively();
        throw;
    }
    return MaintenanceResult{quint64(QFileInfo(store).size()), quint64(QFileInfo(path).size())};
}

} // namespace drover
