// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/storebackup.h"

#include "broker/blobfolder.h"
#include "broker/sqlite.h"

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

//! A value never changes once it has its name, so it may be copied while the broker goes on.
void copyBlobs(const QString &from, const QString &to)
{
    const QDir folder(from);
    const QStringList names = folder.entryList(QDir::Files);
    if (!names.isEmpty() && !QDir().mkpath(to))
        throw TaskError(unwritable(to, QStringLiteral("the folder cannot be made")));
    for (const QString &name : names) {
        QFile value(folder.filePath(name));
        const QString copy = to + u'/' + name;
        QFile written(copy);
        if (!value.exists())
            continue; // removed by now
        if (!value.copy(copy) || !written.open(QIODevice::ReadWrite) || !syncFile(written))
            throw TaskError(unwritable(copy, value.errorString()));
    }
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

} // namespace

Result<MaintenanceResult> backUp(const QString &store, const QString &path)
{
    if (!QDir::isAbsolutePath(path))
        return fail(
            ErrorCode::InvalidArgument,
            QStringLiteral("\"%1\" is not an absolute path; the broker writes the copy on its own machine.").arg(path));
    if (QFileInfo::exists(path))
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("%1 is there already; give a path where nothing is yet.").arg(path));
    try {
        // large values first: what the copy names is there, and more than that does no harm
        copyBlobs(blobsOf(store), blobsOf(path));
        Database database(store);
        Statement copy = database.prepare("VACUUM INTO ?");
        copy.start(path).step();
        settle(path);
    } catch (const TaskError &) {
        QFile::remove(path);
        QDir(blobsOf(path)).removeRecursively();
        throw;
    }
    return MaintenanceResult{quint64(QFileInfo(store).size()), quint64(QFileInfo(path).size())};
}

} // namespace drover
