// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/blobfolder.h"

#include "support/filesync.h"
#include "support/logging.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>

namespace drover {

namespace {

constexpr auto unfinished = QLatin1String(".part");

Error storageFailed(const QString &path, const QString &why)
{
    return Error(ErrorCode::StorageFailed,
                 QStringLiteral(
                     "The large value %1 could not be kept: %2. Make room on that disk, or give the store another "
                     "path.")
                     .arg(path, why))
        .setDetail(QStringLiteral("path"), path);
}

} // namespace

QString BlobFolder::fileOf(const QByteArray &hash) const
{
    return m_path + QLatin1Char('/') + QString::fromLatin1(hash.toHex());
}

bool BlobFolder::isUnfinished(const QString &name)
{
    return name.endsWith(unfinished);
}

void BlobFolder::sweep(const QSet<QByteArray> &keep)
{
    const QDir folder(m_path);
    const QStringList names = folder.entryList(QDir::Files);
    qsizetype removed = 0;
    for (const QString &name : names) {
        if (!keep.contains(QByteArray::fromHex(name.toLatin1())) || isUnfinished(name))
            removed += QFile::remove(folder.filePath(name));
    }
    if (removed > 0)
        qCInfo(logStore) << "removed" << removed << "large values that nothing names";
}

Result<BlobFolder::Put *> BlobFolder::open(quint64 number)
{
    auto &put = m_puts[number];
    if (put)
        return put.get();
    put = std::make_unique<Put>();
    put->file.setFileName(QStringLiteral("%1/%2%3").arg(m_path).arg(number).arg(unfinished));
    constexpr auto own = QFile::ReadOwner | QFile::WriteOwner;
    if (!QDir().exists(m_path) && QDir().mkpath(m_path)) {
        QFile::setPermissions(m_path, own | QFile::ExeOwner);
        syncFolder(QFileInfo(m_path).absolutePath());
    }
    if (!put->file.open(QFile::WriteOnly | QFile::Truncate | QFile::Unbuffered))
        return fail(storageFailed(put->file.fileName(), put->file.errorString()));
    put->file.setPermissions(own);
    return put.get();
}

Result<void> BlobFolder::giveUp(quint64 put, const Error &why)
{
    abandon(put);
    return fail(why);
}

Result<void> BlobFolder::append(quint64 number, const QByteArray &bytes)
{
    const Result<Put *> put = open(number);
    if (!put)
        return giveUp(number, put.error());
    QFile &file = (*put)->file;
    if (file.write(bytes) != bytes.size())
        return giveUp(number, storageFailed(file.fileName(), file.errorString()));
    (*put)->hash.addData(bytes);
    return {};
}

Result<void> BlobFolder::finish(quint64 number, const QByteArray &hash)
{
    const Result<Put *> put = open(number);
    if (!put)
        return giveUp(number, put.error());
    if ((*put)->hash.result() != hash)
        return giveUp(
            number,
            Error(ErrorCode::ProtocolError,
                  QStringLiteral("The large value that came is not the one that was announced: its hash differs.")));
    if (Result<void> kept = keep(**put, fileOf(hash)); !kept)
        return giveUp(number, kept.error());
    m_puts.erase(number);
    return {};
}

// A name that is on the disk means content that is on the disk.
Result<void> BlobFolder::keep(Put &put, const QString &name)
{
    QFile &file = put.file;
    if (!syncFile(file))
        return fail(storageFailed(file.fileName(), file.errorString()));
    file.close();
    if (!replaceFile(file.fileName(), name) || !syncFolder(m_path))
        return fail(storageFailed(name, qt_error_string()));
    return {};
}

void BlobFolder::abandon(quint64 number)
{
    if (const auto found = m_puts.find(number); found != m_puts.end()) {
        found->second->file.remove();
        m_puts.erase(found);
    }
}

Result<QByteArray> BlobFolder::read(const QByteArray &hash, quint64 offset, qsizetype size) const
{
    QFile file(fileOf(hash));
    if (!file.exists())
        return fail(ErrorCode::NotFound,
                    QStringLiteral("The large value %1 is not there any more.").arg(file.fileName()));
    if (!file.open(QFile::ReadOnly | QFile::Unbuffered) || !file.seek(qint64(offset)))
        return fail(ErrorCode::StorageFailed,
                    QStringLiteral("The large value %1 cannot be read: %2.").arg(file.fileName(), file.errorString()));
    return file.read(size);
}

void BlobFolder::remove(const QByteArray &hash)
{
    QFile::remove(fileOf(hash));
}

} // namespace drover
