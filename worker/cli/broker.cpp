// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/broker.h"

#include "broker/address.h"
#include "cli/logfile.h"
#include "cli/signals.h"
#include "cli/verb.h"

#include <QtCore/QCoreApplication>
#include <QtNetwork/QHostAddress>

namespace drover::cli {

namespace {

void declare(QCommandLineParser &parser)
{
    parser.addOptions({
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
    return options;
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
    const Result<BrokerOptions> options = optionsOf(shell);
    if (!options)
        co_return shell.failed(options.error());
    if (const Result<void> logging = logToFile(options->log); !logging)
        co_return shell.failed(logging.error());
    Broker broker(*options);
    if (const Result<void> started = broker.start(); !started)
        co_return shell.failed(started.error());
    const qint64 pid = QCoreApplication::applicationPid();
    const BrokerAddress address{dialable(options->address), broker.port(), broker.fingerprint(), pid};
    if (const Result<void> written = address.write(options->home); !written)
        co_return shell.failed(written.error());
    Answer<int> ended;
    Signals signals_;
    QObject::connect(&signals_, &Signals::asked, &signals_, [tell = ended.sink()] { tell(int(Success)); });
    QObject::connect(&broker, &Broker::failed, &broker, [tell = ended.sink(), &shell](const Error &error) {
        shell.complain(error.message());
        tell(int(DroverFailure));
    });
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

const Verb brokerVerb{"broker", "", "Keeps queues and results, and hands tasks to workers", false, false, declare, run};

} // namespace drover::cli
