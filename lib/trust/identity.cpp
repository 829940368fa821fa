// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "trust/identity.h"

#include "support/fingerprint.h"
#include "support/logging.h"
#include "trust/certificate_p.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QLockFile>
#include <QtCore/QSaveFile>

namespace drover {

namespace {

using namespace std::chrono_literals;

constexpr auto keyLockPatience = 10s;
constexpr qint64 largestKeyFile = 64 * 1024;
constexpr QFile::Permissions ownerOnly = QFile::ReadOwner | QFile::WriteOwner;
constexpr QFile::Permissions others =
    QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;

Unexpected<Error> damagedKey(const QString &path, const QString &what)
{
    return fail(ErrorCode::StorageFailed,
                QStringLiteral("The key file %1 is damaged: %2. Restore it, or move it away to get a new key.")
                    .arg(path, what));
}

void keepFromOthers(QFile &file)
{
    if (!(file.permissions() & others) || !file.setPermissions(ownerOnly) || (file.permissions() & others))
        return;
    qCWarning(logTrust).noquote() << "The key file" << file.fileName()
                                  << "was open to other users; it is not any more.";
}

Result<KeyPair> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QFile::ReadOnly))
        return fail(ErrorCode::StorageFailed,
                    QStringLiteral("The key file %1 cannot be read: %2.").arg(path, file.errorString()));
    keepFromOthers(file);
    const Result<KeyPair> pair = readKeyPair(file.read(largestKeyFile));
    if (!pair)
        return damagedKey(path, pair.error().message());
    return pair;
}

Result<KeyPair> makeFile(const QString &path)
{
    const Result<KeyPair> pair = makeKeyPair();
    if (!pair)
        return pair;
    QSaveFile file(path);
    // The permissions are set before the key is in the file.
    if (!file.open(QFile::WriteOnly) || !file.setPermissions(ownerOnly)
        || file.write(pair->keyPem + pair->certificatePem) < 0 || !file.commit())
        return fail(ErrorCode::StorageFailed,
                    QStringLiteral("The key file %1 cannot be written: %2.").arg(path, file.errorString()));
    return pair;
}

Result<void> makeFolder(const QString &folder)
{
    if (!QDir().mkpath(folder))
        return fail(ErrorCode::StorageFailed, QStringLiteral("The folder %1 cannot be made.").arg(folder));
    QFile::setPermissions(folder, ownerOnly | QFile::ExeOwner);
    return {};
}

} // namespace

Result<Identity> Identity::loadOrCreate(const QString &folder, const QString &name)
{
    if (const Result<void> made = makeFolder(folder); !made)
        return fail(made.error());
    const QString path = QDir(folder).absoluteFilePath(name + QStringLiteral(".pem"));
    Identity identity;
    QLockFile lock(path + QStringLiteral(".lock"));
    if (!QFile::exists(path)) {
        if (!lock.tryLock(keyLockPatience))
            return fail(
                Error(ErrorCode::StorageFailed,
                      QStringLiteral("The lock %1 is held by another process or cannot be made.").arg(lock.fileName()))
                    .setTransient());
        identity.m_new = !QFile::exists(path);
    }
    const Result<KeyPair> pair = identity.m_new ? makeFile(path) : readFile(path);
    if (!pair)
        return fail(pair.error());
    identity.m_fingerprint = QCryptographicHash::hash(pair->certificateDer, QCryptographicHash::Sha256);
    identity.m_certificatePem = pair->certificatePem;
    identity.m_keyPem = pair->keyPem;
    return identity;
}

QString Identity::fingerprintText() const
{
    return drover::fingerprintText(m_fingerprint);
}

} // namespace drover
