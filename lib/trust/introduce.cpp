// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "trust/identity.h"
#include "trust/truststore.h"

namespace drover {

namespace {

constexpr QLatin1StringView user("user");
constexpr QLatin1StringView worker("worker");

Result<void> enter(const QString &file, const QList<TrustEntry> &entries, bool newKeys)
{
    TrustStore store(file);
    if (const Result<void> done = store.initialise(entries); !done || !newKeys)
        return done;
    for (const TrustEntry &entry : entries) {
        const Result<TrustEntry> known = store.find(entry.fingerprint);
        if (known)
            continue;
        if (known.error().code() != ErrorCode::NotTrusted)
            return fail(known.error());
        if (const Result<void> added = store.add(entry); !added)
            return added;
    }
    return {};
}

} // namespace

QString identityFolder(const QString &home)
{
    return home + QStringLiteral("/identity");
}

QString trustFile(const QString &home, const QString &name)
{
    return home + QStringLiteral("/trust/") + name + QStringLiteral(".json");
}

Result<void> introduce(const QString &home)
{
    const Result<Identity> userKey = Identity::loadOrCreate(identityFolder(home), user);
    if (!userKey)
        return fail(userKey.error());
    const Result<Identity> workerKey = Identity::loadOrCreate(identityFolder(home), worker);
    if (!workerKey)
        return fail(workerKey.error());
    const TrustEntry userEntry{userKey->fingerprint(), QStringLiteral("this user"), Role::Admin};
    const TrustEntry workerEntry{workerKey->fingerprint(), QStringLiteral("this user's worker"), Role::Work};
    if (const Result<void> done =
            enter(trustFile(home, user), {userEntry, workerEntry}, userKey->isNew() || workerKey->isNew());
        !done)
        return done;
    return enter(trustFile(home, worker), {userEntry}, userKey->isNew());
}

} // namespace drover
