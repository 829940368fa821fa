// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/verb.h"

#include "discovery/beacon.h"
#include "discovery/discovery.h"
#include "support/fingerprint.h"
#include "trust/truststore.h"

#include <QCoro/QCoroTimer>

namespace drover::cli {

namespace {

void declare(OptionList &options)
{
    options.addOptions({
        {QStringLiteral("interface"), Client::tr("Listen on this interface only; may be repeated."),
         QStringLiteral("name")},
        {QStringLiteral("for"), Client::tr("How long to listen; 3 s unless given."), QStringLiteral("time"),
         QStringLiteral("3")},
    });
}

QString trustText(const TrustStore &trust, const QByteArray &fingerprint)
{
    const auto entry = trust.find(fingerprint);
    return entry ? QStringLiteral("trusted: ") + toString(entry->roles) : QStringLiteral("not trusted");
}

QCoro::Task<int> run(Shell &shell)
{
    const Result<QString> home = shell.home();
    const Result<Milliseconds> time = durationFromText(shell.value(QStringLiteral("for")));
    if (!home || !time)
        co_return shell.failed(!home ? home.error() : time.error());
    if (const Result<void> done = introduce(*home); !done)
        co_return shell.failed(done.error());
    const TrustStore trust(trustFile(*home, QStringLiteral("user")));
    SystemClock clock;
    BeaconOptions options;
    options.interfaces = shell.values(QStringLiteral("interface"));
    Discovery discovery;
    const Beacon *beacon = discovery.add(std::make_unique<Beacon>(clock, options));
    discovery.start();
    QTimer timer;
    timer.setSingleShot(true);
    timer.start(*time);
    co_await timer;
    for (const Peer &peer : discovery.peers()) {
        if (shell.wantsJson())
            shell.print(QJsonObject{{QStringLiteral("service"), peer.service},
                                    {QStringLiteral("name"), peer.name},
                                    {QStringLiteral("host"), peer.hosts.value(0)},
                                    {QStringLiteral("port"), peer.port},
                                    {QStringLiteral("fingerprint"), QString::fromLatin1(peer.fingerprint.toHex())},
                                    {QStringLiteral("trusted"), bool(trust.find(peer.fingerprint))}});
        else
            shell.print(QStringLiteral("%1 %2 at %3 port %4, %5\n  %6")
                            .arg(peer.service, peer.name, peer.hosts.join(QStringLiteral(", ")))
                            .arg(peer.port)
                            .arg(trustText(trust, peer.fingerprint), fingerprintText(peer.fingerprint)));
    }
    if (discovery.peers().isEmpty() && !shell.wantsJson())
        shell.print(QStringLiteral("Nothing was announced in this time."));
    for (const OutletReport &outlet : beacon->report()) {
        if (!outlet.problem.isEmpty())
            shell.complain(outlet.problem);
    }
    co_return Success;
}

} // namespace

const Verb discoverVerb{
    .name = "discover",
    .arguments = "",
    .summary = "Listens for workers and brokers on the LAN",
    .description =
        "Shows what announces itself on this machine's networks, where it can be reached, and whether its key is "
        "trusted here.",
    .examples = {{"drover discover --for 10", "Listens for ten seconds."}},
    .needsBroker = false,
    .declare = declare,
    .run = run};

} // namespace drover::cli
