// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/logfile.h"
#include "cli/signals.h"
#include "cli/verb.h"
#include "engine/agent.h"
#include "engine/workerlock.h"
#include "support/fingerprint.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFileInfo>
#include <QtCore/QSysInfo>
#include <QtCore/QThread>

#include <limits>

namespace drover::cli {

namespace {

void declare(OptionList &options)
{
    options.addOptions({
        {QStringLiteral("plugin"), Client::tr("A library of functions; may be repeated."), QStringLiteral("file")},
        {QStringLiteral("name"), Client::tr("What people call it; the machine's name unless given."),
         QStringLiteral("name")},
        {QStringLiteral("slots"), Client::tr("How many tasks run at once; the number of processors unless given."),
         QStringLiteral("number")},
        {QStringLiteral("tag"), Client::tr("A tag that tasks may ask for; may be repeated."), QStringLiteral("name")},
        {QStringLiteral("listen"), Client::tr("The address to listen on; all unless given."),
         QStringLiteral("address")},
        {QStringLiteral("port"), Client::tr("The port to listen on; a free one unless given."),
         QStringLiteral("number"), QStringLiteral("0")},
        {QStringLiteral("dial"), Client::tr("Dial the broker at this address, too; may be repeated."),
         QStringLiteral("host:port")},
        {QStringLiteral("interface"), Client::tr("Announce on this interface only; may be repeated."),
         QStringLiteral("name")},
        {QStringLiteral("no-discovery"), Client::tr("Do not announce this worker on the LAN.")},
        {QStringLiteral("max-result"),
         Client::tr("A task with a greater result fails: bytes, or 500K, 20M, 4G; 4G unless given."),
         QStringLiteral("size"), QStringLiteral("4G")},
        {QStringLiteral("exit-when-idle"),
         Client::tr("End when there was no task for so long; 0, which is for ever, unless given."),
         QStringLiteral("time"), QStringLiteral("0")},
        {QStringLiteral("log"), Client::tr("Append the log to this file."), QStringLiteral("file")},
    });
}

Result<int> numberOf(const Shell &shell, const char *option, int fallback, int least, int greatest)
{
    const QString text = shell.value(QString::fromLatin1(option));
    bool ok = false;
    const int number = text.isEmpty() ? fallback : text.toInt(&ok);
    if (text.isEmpty() || (ok && number >= least && number <= greatest))
        return number;
    return fail(ErrorCode::InvalidArgument,
                QStringLiteral("--%1 takes a number from %2 to %3, got \"%4\"")
                    .arg(QString::fromLatin1(option))
                    .arg(least)
                    .arg(greatest)
                    .arg(text));
}

Result<quint64> sizeOf(const Shell &shell, const char *option)
{
    QString text = shell.value(QString::fromLatin1(option)).toUpper();
    const qsizetype power = text.isEmpty() ? -1 : QStringLiteral("KMG").indexOf(text.back());
    if (power >= 0)
        text.chop(1);
    bool ok = false;
    const quint64 number = text.toULongLong(&ok);
    const int shift = 10 * int(power + 1);
    if (ok && number <= std::numeric_limits<quint64>::max() >> shift)
        return number << shift;
    return fail(ErrorCode::InvalidArgument,
                QStringLiteral("--%1 takes a number of bytes, or one like 500K, 20M or 4G, got \"%2\"")
                    .arg(QString::fromLatin1(option), shell.value(QString::fromLatin1(option))));
}

Result<QStringList> pluginsOf(const Shell &shell)
{
    QStringList plugins;
    for (const QString &file : shell.values(QStringLiteral("plugin"))) {
        if (!QFileInfo(file).isFile())
            return fail(ErrorCode::InvalidArgument, QStringLiteral("there is no plugin %1").arg(file));
        plugins.append(QFileInfo(file).absoluteFilePath());
    }
    return plugins;
}

Result<AgentOptions> optionsOf(const Shell &shell)
{
    const auto home = shell.home();
    const auto slotCount = numberOf(shell, "slots", QThread::idealThreadCount(), 1, 4096);
    const auto port = numberOf(shell, "port", 0, 0, 65535);
    const auto plugins = pluginsOf(shell);
    if (!home || !slotCount || !port || !plugins)
        return fail(!home ? home.error() : !slotCount ? slotCount.error() : !port ? port.error() : plugins.error());
    AgentOptions options;
    options.home = *home;
    options.name =
        shell.isSet(QStringLiteral("name")) ? shell.value(QStringLiteral("name")) : QSysInfo::machineHostName();
    options.slots = quint32(*slotCount);
    options.port = quint16(*port);
    options.plugins = *plugins;
    options.tags = shell.values(QStringLiteral("tag"));
    options.executor = QCoreApplication::applicationFilePath();
    options.brokers = shell.values(QStringLiteral("dial"));
    options.discoverable = !shell.isSet(QStringLiteral("no-discovery"));
    options.interfaces = shell.values(QStringLiteral("interface"));
    if (shell.isSet(QStringLiteral("listen"))
        && !options.listenAddress.setAddress(shell.value(QStringLiteral("listen"))))
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("--listen takes an address, got \"%1\"").arg(shell.value(QStringLiteral("listen"))));
    const auto idleExit = durationFromText(shell.value(QStringLiteral("exit-when-idle")));
    if (!idleExit)
        return fail(ErrorCode::InvalidArgument, QStringLiteral("--exit-when-idle: %1").arg(idleExit.error().message()));
    options.idleExit = *idleExit;
    const auto maxResult = sizeOf(shell, "max-result");
    if (!maxResult)
        return fail(maxResult.error());
    options.engine.maxResult = *maxResult;
    return options;
}

QCoro::Task<int> run(Shell &shell)
{
    const Result<AgentOptions> options = optionsOf(shell);
    if (!options)
        co_return shell.failed(options.error());
    if (const Result<void> logging = logToFile(shell.value(QStringLiteral("log"))); !logging)
        co_return shell.failed(logging.error());
    const auto lock = lockWorkerName(options->home, options->name);
    if (!lock)
        co_return shell.failed(lock.error());
    Agent agent(*options);
    if (const Result<void> started = agent.start(); !started)
        co_return shell.failed(started.error());
    Answer<int> ended;
    Signals signals_;
    QObject::connect(&signals_, &Signals::asked, &signals_, [&agent](int count) { agent.stop(count == 1); });
    QObject::connect(&agent, &Agent::idle, &agent, [&agent] { agent.stop(true); });
    QObject::connect(&agent, &Agent::ended, &agent, [tell = ended.sink()] { tell(int(Success)); });
    if (shell.wantsJson())
        shell.print(QJsonObject{{QStringLiteral("port"), agent.port()},
                                {QStringLiteral("pid"), QCoreApplication::applicationPid()}});
    else if (!shell.isSet(QStringLiteral("log")))
        shell.print(QStringLiteral("worker %1 with %2 slots listens on port %3; its key is\n  %4")
                        .arg(options->name)
                        .arg(options->slots)
                        .arg(agent.port())
                        .arg(fingerprintText(agent.fingerprint())));
    const Result<int> code = co_await ended;
    co_return *code;
}

} // namespace

const Verb workerVerb{
    .name = "worker",
    .arguments = "",
    .summary = "Runs tasks on this machine",
    .description =
        "A worker announces itself and runs tasks for the brokers that it trusts: commands, and the functions of "
        "its plugins, each in a process of its own.\n\n"
        "Ctrl-C lets running tasks end and takes no new ones; a second Ctrl-C stops them, and their broker "
        "gives them to others.",
    .examples = {{"drover worker", "Offers all processors of this machine."},
                 {"drover worker --slots 2 --tag gpu --plugin libmine.so",
                  "Two tasks at once, functions of a plugin."}},
    .needsBroker = false,
    .declare = declare,
    .run = run};

} // namespace drover::cli
