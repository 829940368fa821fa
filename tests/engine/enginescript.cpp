// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/enginescript.h"

#include "task/command.h"

namespace drover::testing {

namespace {

QString nameOf(TaskId id)
{
    return QString(QLatin1Char(char(id.bytes()[15])));
}

QString nameOf(TaskId id, const Token &token)
{
    return token.attempt == 1 ? nameOf(id) : nameOf(id) + QString::number(token.attempt);
}

QString whyOf(const Finished &message)
{
    if (message.ok)
        return QStringLiteral("ok");
    const Error &error = message.error;
    const QString why = error.reason() == Reason::None ? toString(error.code()) : toString(error.reason());
    return message.blamed ? why + QStringLiteral(" blamed") : why;
}

QString heldText(const QList<HeldLease> &held)
{
    QStringList texts;
    for (const HeldLease &lease : held) {
        texts.append(nameOf(lease.id, lease.token));
        if (lease.blocked)
            texts.last() += QStringLiteral(" blocked");
        else if (lease.started)
            texts.last() += QStringLiteral(" started");
        if (lease.paused)
            texts.last() += QStringLiteral(" paused");
    }
    texts.sort();
    return texts.join(u',');
}

QString rangesText(const Accepted &message)
{
    QStringList texts;
    for (const SeqRange &range : message.ranges)
        texts.append(QStringLiteral("%1-%2").arg(range.first).arg(range.last));
    return texts.join(u',');
}

QString itemsText(const StreamItems &message)
{
    QStringList texts;
    for (const StreamItem &item : message.items) {
        const QString data =
            item.data.size() > 10 ? QStringLiteral("(%1)").arg(item.data.size()) : QString::fromUtf8(item.data);
        texts.append(QStringLiteral("%1%2=%3")
                         .arg(item.kind == StreamItem::Lost ? QStringLiteral("lost ") : QString())
                         .arg(item.seq)
                         .arg(data));
    }
    if (message.end)
        texts.append(QStringLiteral("end"));
    return texts.join(u' ');
}

//! The text of each message.
struct ToText
{
    QString operator()(const Offer &m) const
    {
        return QStringLiteral("Offer slots=%1 functions=%2 held=[%3]%4")
            .arg(m.slots)
            .arg(m.functions.size())
            .arg(heldText(m.held), m.stopping ? QStringLiteral(" stopping") : QString());
    }
    QString operator()(const Grant &m) const { return QStringLiteral("Grant %1").arg(m.assigns); }
    QString operator()(const Returned &m) const
    {
        static const char *const why[] = {"", "busy", "unstarted", "stopping", "depth"};
        return QStringLiteral("Returned %1 %2").arg(nameOf(m.id, m.token), QLatin1String(why[int(m.why)]));
    }
    QString operator()(const Finished &m) const
    {
        return QStringLiteral("Finished %1 %2").arg(nameOf(m.id, m.token), whyOf(m));
    }
    QString operator()(const StreamItems &m) const
    {
        return QStringLiteral("StreamItems %1 %2").arg(nameOf(m.id), itemsText(m));
    }
    QString operator()(const StreamCredit &m) const
    {
        return QStringLiteral("StreamCredit %1 %2").arg(nameOf(m.id)).arg(m.credit);
    }
    QString operator()(const Submit &m) const { return QStringLiteral("Submit %1 #%2").arg(nameOf(m.id)).arg(m.seq); }
    QString operator()(const SubmitRefused &m) const
    {
        return QStringLiteral("SubmitRefused %1 #%2").arg(nameOf(m.id)).arg(m.seq);
    }
    QString operator()(const Duplicate &m) const
    {
        return QStringLiteral("Duplicate %1 #%2 %3").arg(nameOf(m.id)).arg(m.seq).arg(nameOf(m.existing));
    }
    QString operator()(const Accepted &m) const { return QStringLiteral("Accepted ") + rangesText(m); }
    QString operator()(const Suspended &m) const
    {
        return QStringLiteral("Suspended %1 %2").arg(nameOf(m.id), m.on ? QStringLiteral("on") : QStringLiteral("off"))
            + (m.error.message().isEmpty() ? QString() : QStringLiteral(": ") + m.error.message());
    }
    QString operator()(const Renew &m) const { return QStringLiteral("Renew %1").arg(m.number); }
    QString operator()(const Assign &m) const { return QStringLiteral("Assign ") + nameOf(m.id, m.token); }
    QString operator()(const Stop &m) const { return QStringLiteral("Stop ") + nameOf(m.id, m.token); }
    template <typename M> QString operator()(const M &m) const { return toString(M::kind) + u' ' + nameOf(m.id); }
};

//! The line of each action.
struct ToLine
{
    template <typename V> static QString message(const V &message) { return std::visit(ToText{}, message); }
    static QString executor(const char *verb, ExecutorId id)
    {
        return QStringLiteral("%1 e%2").arg(QLatin1String(verb)).arg(id);
    }
    static QString command(const char *verb, const LeaseRef &ref)
    {
        return QLatin1String(verb) + u' ' + nameOf(ref.id, ref.token);
    }

    QString operator()(const TellBroker &a) const
    {
        return QStringLiteral("%1< %2").arg(a.session).arg(message(a.message));
    }
    QString operator()(const TellExecutor &a) const
    {
        return QStringLiteral("e%1< %2").arg(a.executor).arg(message(a.message));
    }
    QString operator()(const DropSession &a) const { return QStringLiteral("drop %1").arg(a.session); }
    QString operator()(const StartExecutor &a) const { return executor("start", a.executor); }
    QString operator()(const RetireExecutor &a) const { return executor("retire", a.executor); }
    QString operator()(const KillExecutor &a) const { return executor("kill", a.executor); }
    QString operator()(const StartCommand &a) const { return command("run", a.lease); }
    QString operator()(const StopCommand &a) const { return command(a.force ? "kill" : "stop", a.lease); }
    QString operator()(const SuspendCommand &a) const { return command(a.on ? "suspend" : "resume", a.lease); }
    QString operator()(const SuspendExecutor &a) const { return executor(a.on ? "suspend" : "resume", a.executor); }
    QString operator()(const PauseCommand &a) const { return command(a.paused ? "pause" : "continue", a.lease); }
    QString operator()(const FetchArguments &a) const
    {
        return QStringLiteral("%1< ").arg(a.session) + command("fetch", a.lease);
    }
    QString operator()(const SpoolResult &a) const
    {
        return QStringLiteral("spool %1").arg(nameOf(a.result.id, a.result.token));
    }
    QString operator()(const UnspoolResult &a) const { return command("unspool", a.lease); }
    QString operator()(const WorkerEnded &) const { return QStringLiteral("ended"); }
};

} // namespace

EngineOptions EngineScript::oneSlot()
{
    EngineOptions options;
    options.slots = 1;
    return options;
}

EngineScript::EngineScript(EngineOptions options) : engine(std::move(options))
{
    engine.start(now, actions);
}

Id EngineScript::task(char name)
{
    std::array<quint8, 16> bytes{};
    bytes[15] = quint8(name);
    return Id(bytes);
}

Assign EngineScript::assign(char name, quint32 attempt, const char *function)
{
    Assign message;
    message.id = task(name);
    message.token = {1, attempt};
    message.function = QString::fromLatin1(function);
    return message;
}

Assign EngineScript::large(char name)
{
    Assign message = assign(name);
    message.arguments = Payload(ContentType::Cbor, {}, {{Segment::Blob, QByteArray(32, name), 1'000'000, {}}});
    return message;
}

Payload EngineScript::file(char name)
{
    return Payload(ContentType::Cbor, {}, {{Segment::File, QByteArray(1, name), 1'000'000, {}}});
}

Assign EngineScript::command(char name)
{
    Assign message = assign(name);
    message.function = runCommand.name();
    return message;
}

Finished EngineScript::finished(char name, bool ok, quint64 durationUs)
{
    Finished message;
    message.id = task(name);
    message.token = {1, 1};
    message.ok = ok;
    message.durationUs = durationUs;
    if (!ok)
        message.error = Error(Reason::Exception, QStringLiteral("no"));
    return message;
}

Submit EngineScript::submit(char parent, char name, quint64 seq)
{
    Submit message;
    message.seq = seq;
    message.id = task(name);
    message.function = QStringLiteral("f");
    message.parent = Parent{task(parent), 1, 1, quint32(seq)};
    return message;
}

TaskResult EngineScript::result(char name)
{
    TaskResult message;
    message.id = task(name);
    message.ok = true;
    return message;
}

StreamItem EngineScript::item(const char *text)
{
    return {0, StreamItem::Log, text};
}

QStringList EngineScript::take()
{
    QStringList lines;
    for (const WorkerAction &action : std::exchange(actions, {}))
        lines.append(std::visit(ToLine{}, action));
    return lines;
}

void EngineScript::connect(BrokerSession session, const char *broker, bool commands)
{
    play([&] { engine.brokerConnected(session, broker, commands, now, actions); });
}

void EngineScript::disconnect(BrokerSession session)
{
    play([&] { engine.brokerDisconnected(session, now, actions); });
}

void EngineScript::ready(ExecutorId executor, const QStringList &functions)
{
    QList<Signature> signatures;
    for (const QString &function : functions)
        signatures.append(Signature(function, {}, QStringLiteral("void")));
    play([&] { engine.executorReady(executor, signatures, now, actions); });
}

void EngineScript::died(ExecutorId executor, int signal)
{
    play([&] { engine.executorDied(executor, {signal, 0}, now, actions); });
}

void EngineScript::stop(bool graceful)
{
    play([&] { engine.stop(graceful, now, actions); });
}

void EngineScript::commandOutput(char name, const QByteArray &bytes)
{
    play([&] { engine.commandOutput(lease(name), StreamItem::Output, bytes, now, actions); });
}

void EngineScript::fetched(char name, const Result<Payload> &arguments)
{
    play([&] { engine.argumentsFetched(lease(name), arguments, now, actions); });
}

void EngineScript::commandFinished(char name)
{
    play([&] { engine.commandFinished(finished(name), now, actions); });
}

void EngineScript::advance(Milliseconds time)
{
    const MonotonicTime end = now + time;
    for (auto next = engine.nextTick(); next && *next <= end; next = engine.nextTick()) {
        now = std::max(now, *next);
        play([&] { engine.tick(now, actions); });
    }
    now = end;
}

void EngineScript::open()
{
    ready(1);
    connect(1);
    take();
}

} // namespace drover::testing
