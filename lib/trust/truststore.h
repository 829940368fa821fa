// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "trust/roles.h"

#include <QtCore/QByteArray>
#include <QtCore/QJsonObject>
#include <QtCore/QList>
#include <QtCore/QString>

namespace drover {

//! A peer that is trusted. A value.
struct TrustEntry
{
    QByteArray fingerprint; //!< 32 bytes
    QString name; //!< for people; proves nothing
    Roles roles;
    qint64 addedMs = 0; //!< UTC, milliseconds since 1970; 0 = now, when added

    friend bool operator==(const TrustEntry &, const TrustEntry &) = default;
};

//! The peers trusted by one key, in a JSON file. Each call looks at the file as it is now, so that changes by other
//! processes count at once; changes are atomic and made under a lock beside the file. A missing file trusts nobody.
//! A damaged or newer file is an error (StorageFailed, VersionMismatch) that names it; it is never overwritten.
//! One thread per object; any number of objects and processes per file.
class DROVER_CORE_EXPORT TrustStore
{
public:
    explicit TrustStore(QString file);

    const QString &file() const { return m_file; }
    //! In the order of adding.
    Result<QList<TrustEntry>> list() const;
    //! The entry of exactly this key; NotTrusted when there is none.
    Result<TrustEntry> find(const QByteArray &fingerprint) const;
    //! The entry whose fingerprint begins with \a text (16 hex digits or more, any grouping); NotFound, or Conflict
    //! when several do.
    Result<TrustEntry> lookup(QStringView text) const;

    //! Adds \a entry, or gives the key that is known already its new name and roles.
    Result<void> add(TrustEntry entry);
    //! Removes what lookup() finds, and returns it.
    Result<TrustEntry> remove(QStringView text);
    //! Writes the first entries, only if the file does not exist yet.
    Result<void> initialise(const QList<TrustEntry> &entries);

private:
    struct Content
    {
        QJsonObject root;
        QList<TrustEntry> entries;
    };
    struct Lock;
    Result<Content> parse(const QByteArray &bytes) const;
    Result<Content> read() const;
    Result<void> write(const Content &content) const;
    static void put(Content &content, TrustEntry entry);

    QString m_file;
    mutable QByteArray m_bytes;
    mutable Content m_content;
};

//! Where a home keeps its keys and trust files: "user" and "worker" each have one of both.
DROVER_CORE_EXPORT QString identityFolder(const QString &home);
DROVER_CORE_EXPORT QString trustFile(const QString &home, const QString &name);

//! The first start in \a home: makes the keys "user" and "worker" and enters them in each other's trust file: the worker
//! gets Work in user.json, the user Admin in both. A trust file that exists is left alone, so that a removal stays
//! one, unless a key was made anew. Idempotent; processes may race.
DROVER_CORE_EXPORT Result<void> introduce(const QString &home);

} // namespace drover
