// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/broker.h"

#include "broker/address.h"
#include "cli/logfile.h"
#include "cli/signals.h"
#include "cli/verb.h"
#include "support/logging.h"

#include <QtCore/QCoreApplication>
#include <QtNetwork/QHostAddress>

namespace drover::cli {

namespace {

constexpr Milliseconds shortestLease{1000}; // workers renew three times in it
constexpr Milliseconds successionPatience{3000}; // for a broker that is about to end, when this one is to follow it

void declare(OptionList &options)
{
    options.addOptions({
        {QStringLiteral("name"), Client::tr("What people call it; the machine's name unless given."),
         QStringLiteral("name")},
        {QStringLiteral("store"), Client::tr("The file of queues and results."), QStringLiteral("file")},
        {QStringLiteral("durability"), Client::tr("When a task counts as kept: disk, process or memory."),
         QStringLiteral("kind"), QStringLiteral("disk")},
        {QStringLiteral("listen"), Client::tr("The address to listen on; 127.0.0.1 unless given."),
         QStringLiteral("address"), QStringLiteral("127.0.0.1")},
        {QStringLiteral("port"), Client::tr("The port to listen on; a free one unless given."),
         QStringLiteral("number"), QStringLiteral("0")},
        {QStringLiteral("worker"), Client::tr("The address of a worker that is not announced; may be repeated."),
         QStringLiteral("host:port")},
        {QStringLiteral("interface"), Client::tr("Look for workers on this interface only; may be repeated."),
         QStringLiteral("name")},
        {QStringLiteral("no-discovery"), Client::tr("Do not look for workers.")},
        {QStringLiteral("idle-exit"),
         Client::tr(
             "End when there was no client and no unfinished task for so long; 0, which is for ever, unless given."),
         QStringLiteral("time"), QStringLiteral("0")},
        {QStringLiteral("lease-time"),
         Client::tr("How long a worker may be silent before its tasks go to others; 30s unless given."),
         QStringLiteral("time"), QStringLiteral("30s")},
        {QStringLiteral("log"), Client::tr("Append the log to this file."), QStringLiteral("file")},
    });
}

Result<BrokerOptions> optionsOf(Shell &shell)
{
    static const QHash<QString, Durability> kinds{{QStringLiteral("disk"), Durability::Disk},
                                                  {QStringLiteral("process"), Durability::Process},
                                                  {QStringLiteral("memory"), Durability::Memory}};
    const auto home = shell.home();
    if (!home)
        return fail(home.error());
    BrokerOptions options;
    options.home = *home;
    options.name = shell.value(QStringLiteral("name"));
    options.store = shell.value(QStringLiteral("store"));
    options.log = shell.value(QStringLiteral("log"));
    options.address = shell.value(QStringLiteral("listen"));
    options.workers = shell.values(QStringLiteral("worker"));
    options.interfaces = shell.values(QStringLiteral("interface"));
    options.discover = !shell.isSet(QStringLiteral("no-discovery"));
    const QString durability = shell.value(QStringLiteral("durability"));
    if (!kinds.contains(durability))
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("--durability takes disk, process or memory, got \"%1\"").arg(durability));
    options.durability = kinds.value(durability);
    if (options.durability == Durability::Memory && options.store.isEmpty())
        options.store = QStringLiteral(":memory:");
    bool ok = false;
    options.port = shell.value(QStringLiteral("port")).toUShort(&ok);
    if (!ok)
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("--port takes a number from 0 to 65535, got \"%1\"")
                        .arg(shell.value(QStringLiteral("port"))));
    const auto idleExit = durationFromText(shell.value(QStringLiteral("idle-exit")));
    if (!idleExit)
        return fail(ErrorCode::InvalidArgument, QStringLiteral("--idle-exit: %1").arg(idleExit.error().message()));
    options.idleExit = *idleExit;
    const auto leaseTime = durationFromText(shell.value(QStringLiteral("lease-time")));
    if (!leaseTime || *leaseTime < shortestLease)
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("--lease-time takes a time of at least 1s, got \"%1\"")
                        .arg(shell.value(QStringLiteral("lease-time"))));
    options.leaseTime = *leaseTime;
    if (options.idleExit > Milliseconds::zero())
        options.storePatience = successionPatience;
    return options;
}

//! With --log, too, for who looks there because nobody saw it start.
int refuse(Shell &shell, const Error &error)
{
    if (shell.isSet(QStringLiteral("log")))
        qCCritical(logBroker).noquote() << error.message();
    return shell.failed(error);
}

//! Where a client on this machine finds what listens on \a address.
QString dialable(const QString &address)
{
    const QHostAddress host(address);
    if (host == QHostAddress::AnyIPv6)
        return QStringLiteral("::1");
    return host == QHostAddress::Any || host == QHostAddress::AnyIPv4 ? QStringLiteral("127.0.0.1") : address;
}

QCoro::Task<int> run(Shell &shell)
{
    if (const Result<void> logging = logToFile(shell.value(QStringLiteral("log"))); !logging)
        co_return shell.failed(logging.error());
    const Result<BrokerOptions> options = optionsOf(shell);
    if (!options)
        co_return refuse(shell, options.error());
    Broker broker(*options);
    if (const Result<void> started = broker.start(); !started)
        co_return refuse(shell, started.error());
    const qint64 pid = QCoreApplication::applicationPid();
    const BrokerAddress address{dialable(options->address), broker.port(), broker.fingerprint(), pid};
    if (const Result<void> written = address.write(options->home); !written)
        co_return refuse(shell, written.error());
    qCInfo(logBroker) << "process" << pid << "listens on port" << broker.port();
    Answer<int> ended;
    Signals signals_;
    QObject::connect(&signals_, &Signals::asked, &signals_, [tell = ended.sink()] { tell(int(Success)); });
    QObject::connect(&broker, &Broker::failed, &broker, [tell = ended.sink(), &shell](const Error &error) {
        shell.complain(error.message());
        tell(int(DroverFailure));
    });
    QObject::connect(
        &broker, &Broker::idle, &broker,
        [tell = ended.sink()] {
            qCInfo(logBroker) << "nothing to do: ends";
            tell(int(Success));
        },
        Qt::QueuedConnection);
    if (shell.wantsJson())
        shell.print(QJsonObject{{QStringLiteral("port"), broker.port()}, {QStringLiteral("pid"), pid}});
    else if (options->log.isEmpty())
        shell.print(QStringLiteral("broker %1 listens on %2 port %3; its store is %4")
                        .arg(broker.options().name, options->address)
                        .arg(broker.port())
                        .arg(broker.options().store));
    const Result<int> code = co_await ended;
    BrokerAddress::remove(options->home, pid);
    co_return *code;
}

} // namespace

const Verb brokerVerb{
    .name = "broker",
    .arguments = "",
    .summary = "Keeps queues and results, and hands tasks to workers",
    .description =
        "A broker finds the workers that its user trusts, keeps tasks in a file until they have ended, and decides "
        "which worker runs what. One of each user is started when a verb needs it; start one by hand to give it "
        "other options, or for a group.\n\n"
        "It ends on Ctrl-C or SIGTERM. What is queued stays in its file and goes on when it is started again. With "
        "--idle-exit it ends by itself after that time without a session of a client or monitor and without an unfinished "
        "task: none that waits, runs, is scheduled for later or is to be tried again. Workers do not keep it; the first client is waited for at least ten seconds. The one that "
        "`local:` starts has --idle-exit 10m, or DROVER_IDLE_EXIT.",
    .examples = {{"drover broker", "Starts the broker of this user in the foreground."},
                 {"drover broker --listen 0.0.0.0 --port 9550 --name lab", "Serves other machines, too."}},
    .needsBroker = false,
    .declare = declare,
    .run = run};

} // namespace drover::cli
