// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "execute/executorhost.h"

#include "execute/runner.h"
#include "support/logging.h"
#include "task/plugin.h"
#include "transport/framedecoder.h"

#include <QtCore/QCoreApplication>

#include <cstdio>
#include <thread>

namespace drover {

namespace {

HostWriter *crashWriter = nullptr;

// One offer after each plugin, so that the agent knows which one ended the process.
void load(const QStringList &plugins, Registry &registry, Runner &runner)
{
    runner.greet();
    QStringList loaded;
    for (const QString &plugin : plugins) {
        if (const Result<void> done = loadPlugin(plugin, registry); !done)
            qCWarning(logExecutor).noquote() << done.error().message();
        loaded.append(plugin);
        runner.offer(loaded, false);
    }
    runner.offer(loaded, true);
}

[[noreturn]] void read(HostIo io, Runner &runner)
{
    FrameDecoder decoder;
    QByteArray buffer(64 * 1024, Qt::Uninitialized);
    for (;;) {
        const qsizetype got = io.read(buffer.data(), buffer.size());
        if (got <= 0)
            leaveNow(0);
        decoder.feed(QByteArrayView(buffer.constData(), got));
        for (;;) {
            const Result<std::optional<QByteArray>> frame = decoder.next();
            if (frame && !*frame)
                break;
            const Result<void> taken = frame ? runner.feed(**frame) : Result<void>(fail(frame.error()));
            if (!taken) {
                qCCritical(logExecutor).noquote() << taken.error().message();
                leaveNow(125);
            }
        }
    }
}

} // namespace

int runExecutor(const QStringList &plugins)
{
    const Result<HostIo> io = HostIo::take();
    if (!io) {
        std::fprintf(stderr, "%s\n", qPrintable(io.error().message()));
        return 125;
    }
    std::unique_ptr<QCoreApplication> application;
    static int count = 1;
    static char name[] = "drover-executor";
    static char *arguments[] = {name, nullptr};
    if (!QCoreApplication::instance())
        application = std::make_unique<QCoreApplication>(count, arguments);
    HostWriter writer([io = *io](const char *from, qsizetype size) { return io.write(from, size); });
    Registry registry;
    Runner runner(writer, registry, ScratchFolder(qEnvironmentVariable(ScratchFolder::variable)));
    crashWriter = &writer;
    onCrash([] { crashWriter->rescue(); });
    std::thread([&runner, io = *io] { read(io, runner); }).detach();
    load(plugins, registry, runner);
    leaveNow(QCoreApplication::exec());
}

} // namespace drover
