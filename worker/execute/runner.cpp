// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "execute/runner.h"

#include "session/link.h"
#include "task/registry.h"

#include <QtCore/QAbstractEventDispatcher>

namespace drover {

namespace {

using namespace std::chrono_literals;

constexpr auto resultDelay = 1ms; // results wait at most so long while quick attempts follow each other

} // namespace

Runner::Runner(HostWriter &writer, const Registry &functions, ScratchFolder scratch)
    : m_writer(writer), m_functions(functions), m_scratch(std::move(scratch)), m_inbox(m_writer, [this] {
          QMetaObject::invokeMethod(
              this, [this] { work(); }, Qt::QueuedConnection);
      })
{
    connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::aboutToBlock, this,
            [this] { beforeWaiting(); });
}

Runner::~Runner()
{
    if (const auto port = m_port)
        port->close();
}

void Runner::greet()
{
    Hello hello;
    hello.minVersion = oldestProtocol;
    hello.maxVersion = newestProtocol;
    hello.party = Party::Executor;
    m_writer.append(hello);
}

void Runner::offer(const QStringList &loaded, bool complete)
{
    Offer offer;
    offer.slots = 1;
    offer.tags = loaded;
    offer.functions = m_functions.signatures();
    offer.stopping = !complete;
    m_writer.append(offer);
    m_writer.flush();
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
    m_port = std::make_shared<AttemptPort>(m_writer, m_inbox, ref, m_submits);
    m_started = m_clock.monotonic();
    auto context = std::make_shared<Context>(ref.id, ref.token.epoch, ref.token.attempt, m_port, m_inbox.stopToken());
    const Result<Payload> arguments = m_scratch.load(assign.arguments);
    if (!arguments)
        return finished(fail(arguments.error()));
    m_functions.invoke(assign.function, assign.signatureHash, *arguments, std::move(context),
                       [this](Outcome outcome) { finished(std::move(outcome)); });
}

void Runner::finished(Outcome outcome)
{
    const MonotonicTime now = m_clock.monotonic();
    m_inbox.ended();
    const auto port = std::exchange(m_port, nullptr);
    keep(std::move(outcome));
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

void Runner::keep(Outcome outcome)
{
    if (outcome && m_noResult)
        outcome = Payload();
    if (outcome)
        outcome = m_scratch.store(*outcome, ScratchFolder::resultName({m_finished.id, m_finished.token}));
    m_finished.ok = outcome.has_value();
    if (outcome)
        m_finished.value = *std::move(outcome);
    else
        m_finished.error = outcome.error();
}

void Runner::beforeWaiting()
{
    if (m_port)
        m_port->suspended();
    m_writer.flush();
}

} // namespace drover
