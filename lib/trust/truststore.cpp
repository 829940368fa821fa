// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "trust/truststore.h"

#include "support/fingerprint.h"

#include <QtCore/QDateTime>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QLockFile>
#include <QtCore/QSaveFile>

#include <algorithm>

namespace drover {

namespace {

using namespace std::chrono_literals;

constexpr auto trustLockPatience = 10s;
constexpr int fileVersion = 1;
constexpr qint64 largestTrustFile = 16 * 1024 * 1024;
constexpr QFile::Permissions trustFilePermissions = QFile::ReadOwner | QFile::WriteOwner;

constexpr QLatin1StringView versionKey("version");
constexpr QLatin1StringView peersKey("peers");
constexpr QLatin1StringView fingerprintKey("fingerprint");
constexpr QLatin1StringView nameKey("name");
constexpr QLatin1StringView rolesKey("roles");
constexpr QLatin1StringView addedKey("added");

Unexpected<Error> damagedTrust(const QString &file, const QString &what)
{
    return fail(
        ErrorCode::StorageFailed,
        QStringLiteral(
            "The trust file %1 is damaged: %2. Nothing in it is used or changed until it is mended or moved away.")
            .arg(file, what));
}

Result<Roles> rolesFromJson(const QJsonValue &value)
{
    QStringList words;
    for (const QJsonValue &word : value.toArray())
        words += word.toString(QStringLiteral("?"));
    return rolesFromString(words.join(u','));
}

Result<TrustEntry> entryFromJson(const QJsonObject &object)
{
    const Result<QByteArray> fingerprint = fingerprintFromText(object.value(fingerprintKey).toString());
    if (!fingerprint)
        return fail(fingerprint.error());
    const Result<Roles> roles = rolesFromJson(object.value(rolesKey));
    if (!roles)
        return fail(roles.error());
    const QDateTime added = QDateTime::fromString(object.value(addedKey).toString(), Qt::ISODateWithMs);
    return TrustEntry{*fingerprint, object.value(nameKey).toString(), *roles,
                      added.isValid() ? added.toMSecsSinceEpoch() : 0};
}

QJsonObject updated(QJsonObject object, const TrustEntry &entry)
{
    object.insert(fingerprintKey, fingerprintText(entry.fingerprint));
    object.insert(nameKey, entry.name);
    object.insert(rolesKey, QJsonArray::fromStringList(names(entry.roles)));
    const QDateTime added = QDateTime::fromMSecsSinceEpoch(entry.addedMs, Qt::UTC);
    object.insert(addedKey, added.toString(Qt::ISODateWithMs));
    return object;
}

qsizetype indexOf(const QList<TrustEntry> &entries, const QByteArray &fingerprint)
{
    const auto it = std::ranges::find(entries, fingerprint, &TrustEntry::fingerprint);
    return it == entries.end() ? -1 : it - entries.begin();
}

} // namespace

struct TrustStore::Lock
{
    explicit Lock(const QString &file) : lock(file + QStringLiteral(".lock"))
    {
        QDir().mkpath(QFileInfo(file).absolutePath());
        held = lock.tryLock(trustLockPatience);
    }
    Result<void> result() const
    {
        if (held)
            return {};
        return fail(
            Error(ErrorCode::StorageFailed,
                  QStringLiteral("The lock %1 is held by another process or cannot be made.").arg(lock.fileName()))
                .setTransient());
    }

    QLockFile lock;
    bool held = false;
};

TrustStore::TrustStore(QString file) : m_file(std::move(file)) {}

Result<TrustStore::Content> TrustStore::parse(const QByteArray &bytes) const
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (!document.isObject())
        return damagedTrust(m_file, error.error ? error.errorString() : QStringLiteral("it is not a JSON object"));
    Content content{document.object(), {}};
    const QJsonValue version = content.root.value(versionKey);
    if (version.toInt() > fileVersion)
        return fail(
            ErrorCode::VersionMismatch,
            QStringLiteral(
                "The trust file %1 was written by a newer Drover (version %2 of the file; this program knows %3). Update this program.")
                .arg(m_file)
                .arg(version.toInt())
                .arg(fileVersion));
    if (version.toInt() != fileVersion || !content.root.value(peersKey).isArray())
        return damagedTrust(m_file, QStringLiteral("\"version\" or \"peers\" is missing or of the wrong kind"));
    for (const QJsonValue &peer : content.root.value(peersKey).toArray()) {
        const Result<TrustEntry> entry = entryFromJson(peer.toObject());
        if (!entry)
            return damagedTrust(
                m_file, QStringLiteral("peer %1: %2").arg(content.entries.size() + 1).arg(entry.error().message()));
        content.entries += *entry;
    }
    return content;
}

Result<TrustStore::Content> TrustStore::read() const
{
    QFile file(m_file);
    if (!file.exists())
        return Content{{{versionKey, fileVersion}, {peersKey, QJsonArray()}}, {}};
    if (!file.open(QFile::ReadOnly))
        return fail(ErrorCode::StorageFailed,
                    QStringLiteral("The trust file %1 cannot be read: %2.").arg(m_file, file.errorString()));
    const QByteArray bytes = file.read(largestTrustFile);
    if (!m_bytes.isEmpty() && bytes == m_bytes)
        return m_content;
    Result<Content> content = parse(bytes);
    if (content) {
        m_bytes = bytes;
        m_content = *content;
    }
    return content;
}

Result<void> TrustStore::write(const Content &content) const
{
    QSaveFile file(m_file);
    if (!file.open(QFile::WriteOnly) || !file.setPermissions(trustFilePermissions)
        || file.write(QJsonDocument(content.root).toJson()) < 0 || !file.commit())
        return fail(ErrorCode::StorageFailed,
                    QStringLiteral("The trust file %1 cannot be written: %2.").arg(m_file, file.errorString()));
    return {};
}

Result<QList<TrustEntry>> TrustStore::list() const
{
    const Result<Content> content = read();
    if (!content)
        return fail(content.error());
    return content->entries;
}

Result<TrustEntry> TrustStore::find(const QByteArray &fingerprint) const
{
    const Result<Content> content = read();
    if (!content)
        return fail(content.error());
    const qsizetype index = indexOf(content->entries, fingerprint);
    if (index < 0)
        return fail(ErrorCode::NotTrusted,
                    QStringLiteral("The key %1 is not trusted here.").arg(fingerprintText(fingerprint)));
    return content->entries.at(index);
}

Result<TrustEntry> TrustStore::lookup(QStringView text) const
{
    const Result<QString> prefix = fingerprintPrefixFromText(text);
    if (!prefix)
        return fail(prefix.error());
    const Result<Content> content = read();
    if (!content)
        return fail(content.error());
    QList<TrustEntry> found;
    for (const TrustEntry &entry : content->entries) {
        if (QString::fromLatin1(entry.fingerprint.toHex()).startsWith(*prefix))
            found += entry;
    }
    if (found.isEmpty())
        return fail(ErrorCode::NotFound, QStringLiteral("No trusted key begins with %1.").arg(text));
    if (found.size() > 1)
        return fail(ErrorCode::Conflict,
                    QStringLiteral("%1 trusted keys begin with %2; give more digits.").arg(found.size()).arg(text));
    return found.first();
}

void TrustStore::put(Content &content, TrustEntry entry)
{
    if (!entry.addedMs)
        entry.addedMs = QDateTime::currentMSecsSinceEpoch();
    QJsonArray peers = content.root.value(peersKey).toArray();
    const qsizetype index = indexOf(content.entries, entry.fingerprint);
    if (index < 0) {
        peers.append(updated({}, entry));
        content.entries += entry;
    } else {
        entry.addedMs = content.entries.at(index).addedMs;
        peers.replace(index, updated(peers.at(index).toObject(), entry));
        content.entries[index] = entry;
    }
    content.root.insert(peersKey, peers);
}

Result<void> TrustStore::add(TrustEntry entry)
{
    if (entry.fingerprint.size() != fingerprintSize)
        return fail(ErrorCode::InvalidArgument, QStringLiteral("A fingerprint has %1 bytes.").arg(fingerprintSize));
    const Lock lock(m_file);
    if (const Result<void> locked = lock.result(); !locked)
        return locked;
    Result<Content> content = read();
    if (!content)
        return fail(content.error());
    put(*content, std::move(entry));
    return write(*content);
}

Result<TrustEntry> TrustStore::remove(QStringView text)
{
    const Lock lock(m_file);
    if (const Result<void> locked = lock.result(); !locked)
        return fail(locked.error());
    const Result<TrustEntry> entry = lookup(text);
    if (!entry)
        return entry;
    Result<Content> content = read();
    if (!content)
        return fail(content.error());
    QJsonArray peers = content->root.value(peersKey).toArray();
    peers.removeAt(indexOf(content->entries, entry->fingerprint));
    content->root.insert(peersKey, peers);
    if (const Result<void> written = write(*content); !written)
        return fail(written.error());
    return entry;
}

Result<void> TrustStore::initialise(const QList<TrustEntry> &entries)
{
    const Lock lock(m_file);
    if (const Result<void> locked = lock.result(); !locked)
        return locked;
    if (QFile::exists(m_file))
        return {};
    Result<Content> content = read();
    if (!content)
        return fail(content.error());
    for (const TrustEntry &entry : entries)
        put(*content, entry);
    return write(*content);
}

} // namespace drover
