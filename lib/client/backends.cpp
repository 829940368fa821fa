// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/backends.h"

#include "client/client.h"
#include "client/embeddedsource.h"
#include "client/localsource.h"
#include "client/loopbackbackend.h"
#include "client/refusingbackend.h"
#include "client/sessionbackend.h"
#include "session/dialer.h"
#include "support/home.h"
#include "trust/identity.h"
#include "trust/truststore.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QRegularExpression>
#include <QtCore/QSysInfo>

namespace drover {

namespace {

struct Own
{
    QString home;
    TlsIdentity identity;
};

Result<Own> ownIdentity(const ClientSettings &settings)
{
    const Result<QString> home = settings.home().isEmpty() ? homeFolder() : Result<QString>(settings.home());
    if (!home)
        return fail(home.error());
    if (const auto ready = prepareTls(); !ready)
        return fail(ready.error());
    if (const auto done = introduce(*home); !done)
        return fail(done.error());
    const auto own = Identity::loadOrCreate(identityFolder(*home), QStringLiteral("user"));
    if (!own)
        return fail(own.error());
    auto tls = TlsIdentity::fromPem(own->certificatePem(), own->keyPem());
    if (!tls)
        return fail(tls.error());
    return Own{*home, *std::move(tls)};
}

QString ownName(const ClientSettings &settings)
{
    if (!settings.name().isEmpty())
        return settings.name();
    return QStringLiteral("%1 on %2").arg(QCoreApplication::applicationName(), QSysInfo::machineHostName());
}

//! The file of a program's own broker: not that of the user's.
QString ownStore(const QString &home)
{
    static const QRegularExpression unfit(QStringLiteral("[^\\w.-]"), QRegularExpression::UseUnicodePropertiesOption);
    return QStringLiteral("%1/embedded-%2.db")
        .arg(home, QCoreApplication::applicationName().replace(unfit, QStringLiteral("_")));
}

Result<std::unique_ptr<ChannelSource>> makeSource(const QUrl &url, const ClientSettings &settings)
{
    auto own = ownIdentity(settings);
    if (!own)
        return fail(own.error());
    if (url.scheme() == QLatin1String("local"))
        return std::make_unique<LocalSource>(own->home, own->identity, settings.startsBroker());
    if (url.scheme() == QLatin1String("embedded")) {
        BrokerOptions options;
        options.home = own->home;
        options.store = url.path().isEmpty() ? ownStore(own->home) : url.path();
        options.listen = false;
        return std::make_unique<EmbeddedSource>(std::move(options));
    }
    const Target target{{url.host()}, quint16(url.port(defaultBrokerPort))};
    const TrustStore trust(trustFile(own->home, QStringLiteral("user")));
    return std::make_unique<Dialer>(
        own->identity, [trust](const QByteArray &peer) { return trust.find(peer) ? Verdict::Accept : Verdict::Refuse; },
        [target]() -> Result<Target> { return target; });
}

} // namespace

std::unique_ptr<Backend> makeBackend(const QUrl &url, const ClientSettings &settings)
{
    const QString scheme = url.scheme();
    if (scheme == QLatin1String("loopback")) {
        if (settings.registry())
            return std::make_unique<LoopbackBackend>(*settings.registry());
        return std::make_unique<RefusingBackend>(
            Error(ErrorCode::InvalidArgument,
                  Client::tr("loopback: needs the functions it shall run: ClientSettings::registry().")));
    }
    static const QStringList known{QStringLiteral("local"), QStringLiteral("drover"), QStringLiteral("embedded")};
    if (!known.contains(scheme) || (scheme == QLatin1String("drover") && url.host().isEmpty()))
        return std::make_unique<RefusingBackend>(Error(
            ErrorCode::InvalidArgument,
            Client::tr("\"%1\" does not name a broker; use local:, drover://host[:port], embedded:[path] or loopback:.")
                .arg(url.toString())));
    auto source = makeSource(url, settings);
    if (!source)
        return std::make_unique<RefusingBackend>(source.error());
    return std::make_unique<SessionBackend>(*std::move(source), ownName(settings));
}

} // namespace drover
