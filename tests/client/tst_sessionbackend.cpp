// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/sessionbackend.h"
#include "protocol/messages.h"
#include "testing/main.h"
#include "transport/memorychannel.h"

#include <QtTest/QTest>

using namespace drover;

namespace {

constexpr int patienceMs = 10'000;

//! A broker that says what the test tells it to: each link ends at it, and it keeps what came over the last one.
class ScriptedBroker final : public ChannelSource
{
public:
    void start() override
    {
        QMetaObject::invokeMethod(
            this, [this] { open(); }, Qt::QueuedConnection);
    }
    void stop() override {}

    template <typename M> void say(const M &message) { m_link->send(message); }
    void cut() { m_link->close(); }

    QList<Submit> submits;
    QList<Watch> watches;
    int links = 0;

private:
    void open()
    {
        auto [here, there] = makeMemoryPair();
        LinkSettings settings;
        settings.self = Party::Broker;
        settings.peers = {Party::Client};
        settings.name = QStringLiteral("broker");
        settings.incarnation = IdGenerator().next();
        settings.granted = Role::Admin;
        submits.clear();
        watches.clear();
        if (m_link)
            m_link.release()->deleteLater();
        m_link = std::make_unique<Link>(std::move(here), settings);
        m_link->setInbox([this](const RawMessage &raw) { receive(raw); });
        ++links;
        Q_EMIT opened(there.release());
    }
    void receive(const RawMessage &raw)
    {
        if (raw.kind == Kind::Submit)
            submits.append(*decode<Submit>(raw));
        else if (raw.kind == Kind::Watch)
            watches.append(*decode<Watch>(raw));
    }

    std::unique_ptr<Link> m_link;
};

TaskResult resultOf(const TaskId &id, bool settled)
{
    TaskResult result;
    result.id = id;
    result.ok = true;
    result.settled = settled;
    result.value = Payload::raw("7");
    return result;
}

} // namespace

//! A client's side of a session, against a broker that does what real ones do seldom.
class TestSessionBackend : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        auto source = std::make_unique<ScriptedBroker>();
        broker = source.get();
        backend = std::make_unique<SessionBackend>(std::move(source), QStringLiteral("test"));
    }
    void cleanup() { backend.reset(); }
    void aSettledResultThatNeverCameComesAgain();
    void answersThatItIsKnownMakeRoomForMore();

private:
    std::shared_ptr<PendingTask> submit()
    {
        Submission submission;
        submission.id = m_ids.next(QDateTime::currentMSecsSinceEpoch());
        submission.function = QStringLiteral("lab.f");
        auto task = std::make_shared<PendingTask>(submission.id);
        backend->submit(task, std::move(submission));
        return task;
    }

    std::unique_ptr<SessionBackend> backend;
    ScriptedBroker *broker = nullptr;
    IdGenerator m_ids;
};

// The provisional result goes with its link; the broker has sent the word that it is recorded over the next one before it
// reads what the client asks there.
void TestSessionBackend::aSettledResultThatNeverCameComesAgain()
{
    const auto task = submit();
    QTRY_COMPARE_WITH_TIMEOUT(broker->submits.size(), 1, patienceMs);
    broker->say(Accepted{{{1, 1}}});
    QTRY_VERIFY_WITH_TIMEOUT(task->isAccepted(), patienceMs);
    broker->cut();
    QTRY_VERIFY_WITH_TIMEOUT(broker->links == 2 && broker->watches.size() == 1, patienceMs);
    broker->say(Settled{{task->id()}});
    broker->say(resultOf(task->id(), true));
    QTRY_VERIFY_WITH_TIMEOUT(task->isFinished(), patienceMs);
    QVERIFY(task->isSettled());
    QCOMPARE(task->outcome().value_or(Payload()), Payload::raw("7"));
}

void TestSessionBackend::answersThatItIsKnownMakeRoomForMore()
{
    QList<std::shared_ptr<PendingTask>> tasks;
    for (int i = 0; i < 5000; ++i)
        tasks.append(submit());
    QTRY_VERIFY_WITH_TIMEOUT(broker->submits.size() >= 4096, patienceMs);
    const QList<Submit> known = broker->submits;
    QVERIFY2(known.size() < tasks.size(), "the window has no end");
    for (const Submit &message : known)
        broker->say(Duplicate{message.seq, message.id, tasks.first()->id()});
    QTRY_COMPARE_WITH_TIMEOUT(broker->submits.size(), tasks.size(), patienceMs);
}

DROVER_TEST_MAIN(TestSessionBackend)
#include "tst_sessionbackend.moc"
