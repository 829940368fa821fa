// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "support/home.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QStandardPaths>
#include <QtCore/QSysInfo>

namespace drover {

namespace {

QString machineFolder()
{
    const QByteArray hash =
        QCryptographicHash::hash(QSysInfo::machineUniqueId() + "drover", QCryptographicHash::Sha256);
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/drover/")
        + QString::fromLatin1(hash.toHex().first(12));
}

} // namespace

Result<QString> homeFolder()
{
    const QString chosen = qEnvironmentVariable("DROVER_HOME");
    const QString path = QDir::cleanPath(chosen.isEmpty() ? machineFolder() : QDir(chosen).absolutePath());
    if (!QDir().mkpath(path))
        return fail(
            ErrorCode::StorageFailed,
            QStringLiteral(
                "The folder %1 cannot be made. Set DROVER_HOME to a folder on a local disk that you can write to.")
                .arg(path));
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return path;
}

QString confinedInterface()
{
    return qEnvironmentVariable("DROVER_INTERFACE");
}

} // namespace drover
