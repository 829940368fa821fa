// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/result.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QFile>
#include <QtCore/QSet>

#include <map>
#include <memory>

namespace drover {

//! The large values of one broker: a folder of files, each named by the SHA-256 of its content in hex, and never changed. What is being
//! written has a name of its own until it is complete, checked and synced. All functions may wait for the disk. One thread.
class BlobFolder
{
public:
    //! \a path is made when it is first needed. The lock of the store keeps other processes away.
    explicit BlobFolder(QString path) : m_path(std::move(path)) {}

    //! Whether a file of that name in the folder is a value that is being written.
    static bool isUnfinished(const QString &name);
    //! Removes all files but those whose hashes are in \a keep: what was being written, and what nobody named.
    void sweep(const QSet<QByteArray> &keep);

    //! Adds \a bytes to the value number \a put, begun by the first call. StorageFailed names the file; the value is given up then.
    Result<void> append(quint64 put, const QByteArray &bytes);
    //! The value is complete: checks it, syncs it, and gives it its name. ProtocolError when its hash is not \a hash.
    Result<void> finish(quint64 put, const QByteArray &hash);
    void abandon(quint64 put);

    //! At most \a size bytes. NotFound, StorageFailed.
    Result<QByteArray> read(const QByteArray &hash, quint64 offset, qsizetype size) const;
    void remove(const QByteArray &hash);

private:
    struct Put
    {
        QFile file;
        QCryptographicHash hash{QCryptographicHash::Sha256};
    };

    QString fileOf(const QByteArray &hash) const;
    Result<Put *> open(quint64 put);
    Result<void> giveUp(quint64 put, const Error &why);
    Result<void> keep(Put &put, const QString &name);

    QString m_path;
    std::map<quint64, std::unique_ptr<Put>> m_puts;
};

} // namespace drover
