// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "execute/executorhost.h"

#include "execute/attemptport.h"
#include "session/link.h"
#include "support/clock.h"
#include "support/logging.h"
#include "task/plugin.h"
#include "transport/framedecoder.h"

#include <QtCore/QAbstractEventDispatcher>
#include <QtCore/QCoreApplication>

#include <cstdio>
#include <thread>

namespace drover {

namespace {

using namespace std::chrono_literals;

constexpr auto resultDelay = 1ms; // results wait at most so long while quick attempts follow each other

HostWriter *crashWriter = nullptr;

//! Runs one attempt after the other in the main thread.
class Runner : public QObject
{
public:
    explicit Runner(HostIo io);

    void load(const QStringList &plugins);
    [[noreturn]] void read(HostIo io);

private:
    void work();
    void answer();
    void run(Assign assign);
    void finished(Outcome outcome);
    void beforeWaiting();
    void offer(const QStringList &loaded, bool complete);

    HostWriter m_writer;
    HostInbox m_inbox;
    Registry m_registry;
    SystemClock m_clock;
    quint64 m_submits = 0;
    std::shared_ptr<AttemptPort> m_port; // of the running attempt
    Finished m_finished; // filled as far as it is known
    bool m_noResult = false;
    bool m_working = false;
    MonotonicTime m_started{};
    MonotonicTime m_flushed{};
};

Runner::Runner(HostIo io)
    : m_writer(io), m_inbox(m_writer, [this] {
          QMetaObject::invokeMethod(
              this, [this] { work(); }, Qt::QueuedConnection);
      })
{
    crashWriter = &m_writer;
    onCrash([] { crashWriter->rescue(); });
    connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::aboutToBlock, this,
            [this] { beforeWaiting(); });
}

void Runner::offer(const QStringList &loaded, bool complete)
{
    Offer offer;
    offer.slots = 1;
    offer.tags = loaded;
    offer.functions = m_registry.signatures();
    offer.stopping = !complete;
    m_writer.append(offer);
    m_writer.flush();
}

// One offer after each plugin, so that the agent knows which one ended the process.
void Runner::load(const QStringList &plugins)
{
    Hello hello;
    hello.minVersion = oldestProtocol;
    hello.maxVersion = newestProtocol;
    hello.party = Party::Executor;
    m_writer.append(hello);
    QStringList loaded;
    for (const QString &plugin : plugins) {
        if (const Result<void> done = loadPlugin(plugin, m_registry); !done)
            qCWarning(logExecutor).noquote() << done.error().message();
        loaded.append(plugin);
        offer(loaded, false);
    }
    offer(loaded, true);
}

void Runner::read(HostIo io)
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
            const Result<void> taken = frame ? m_inbox.feed(**frame) : Result<void>(fail(frame.error()));
            if (!taken) {
                qCCritical(logExecutor).noquote() << taken.error().message();
                leaveNow(125);
            }
        }
    }
}

void Runner::answer()
{
    for (const HostAnswer &answer : m_inbox.answers()) {
        if (const auto port = m_port)
            port->handle(answer);
    }
}

void Runner::work()
{
    answer();
    if (m_working)
        return; // a task turns the event loop itself
    m_working = true;
    while (!m_port) {
        std::optional<Assign> next = m_inbox.next();
        if (!next)
            break;
        run(*std::move(next));
    }
    m_working = false;
}

void Runner::run(Assign assign)
{
    const LeaseRef ref{assign.id, assign.token};
    m_finished = {};
    m_finished.id = ref.id;
    m_finished.token = ref.token;
    m_finished.startedMs = quint64(m_clock.wall().time_since_epoch().count());
    m_noResult = assign.noResult;
    m_port = std::make_shared<AttemptPort>(m_writer, ref, m_submits);
    m_started = m_clock.monotonic();
    auto context = std::make_shared<Context>(ref.id, ref.token.epoch, ref.token.attempt, m_port, m_inbox.stopToken());
    m_registry.invoke(assign.function, assign.signatureHash, assign.arguments, std::move(context),
                      [this](Outcome outcome) { finished(std::move(outcome)); });
}

void Runner::finished(Outcome outcome)
{
    const MonotonicTime now = m_clock.monotonic();
    m_inbox.ended();
    const auto port = std::exchange(m_port, nullptr);
    m_finished.ok = outcome.has_value();
    if (!outcome)
        m_finished.error = outcome.error();
    else if (!m_noResult)
        m_finished.value = *std::move(outcome);
    m_finished.durationUs = quint64(std::chrono::duration_cast<std::chrono::microseconds>(now - m_started).count());
    m_writer.append(m_finished);
    port->close();
    if (now - m_started >= resultDelay || now - m_flushed >= resultDelay) {
        m_writer.flush();
        m_flushed = now;
    }
    if (!m_working)
        QMetaObject::invokeMethod(
            this, [this] { work(); }, Qt::QueuedConnection);
}

void Runner::beforeWaiting()
{
    if (m_port)
        m_port->suspended();
    m_writer.flush();
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
    Runner runner(*io);
    std::thread([&runner, io = *io] { runner.read(io); }).detach();
    runner.load(plugins);
    leaveNow(QCoreApplication::exec());
}

} // namespace drover
