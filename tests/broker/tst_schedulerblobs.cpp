// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "schedulerscript.h"
#include "testing/main.h"

using namespace drover;
using namespace drover::testing;

namespace {

QByteArray hashOf(char seed)
{
    return QByteArray(32, seed);
}

Payload valueOf(char seed)
{
    return Payload(ContentType::Cbor, {}, {{Segment::Blob, hashOf(seed), 300'000, {}}});
}

} // namespace

//! Who may name large values, and who gets them.
class SchedulerBlobsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_script = std::make_unique<SchedulerScript>();
        m_script->commitsAtOnce = true;
    }
    void argumentsThatWerePutAreTaken();
    void missingArgumentsAreAskedFor();
    void aKnownSubmitNeedsNoArguments();
    void aNestedTaskHasNone();
    void filesAreRefused();
    void aClientGetsWhatItsTaskNames();
    void othersGetNothing();
    void aWorkerGetsTheArgumentsOfItsLease();
    void aWorkerGetsResultsOfItsChildrenOnly();
    void aFinishedTaskIsLookedUp();

private:
    Submit submitOf(const Payload &arguments)
    {
        Submit message;
        message.seq = ++m_seq;
        message.id = m_script->newId();
        message.function = QStringLiteral("lab.f");
        message.arguments = arguments;
        return message;
    }
    void submit(SessionId from, const Submit &message, bool hasBlobs = true)
    {
        m_script->act(
            [&](Actions &actions) { m_script->scheduler->handle(from, message, m_script->now, actions, hasBlobs); });
    }
    void finish(SessionId worker, const Assign &assign, const Payload &value)
    {
        Finished how;
        how.id = assign.id;
        how.token = assign.token;
        how.ok = true;
        how.value = value;
        m_script->inject(worker, how);
    }
    //! Whether \a from gets the value; the size is checked.
    bool isServed(SessionId from, const TaskId &task, char seed)
    {
        bool served = false;
        m_script->act([&](Actions &actions) {
            m_script->scheduler->handle(from, BlobGet{++m_number, task, hashOf(seed), 0}, m_script->now, actions);
        });
        for (const ServeBlob &action : std::exchange(m_script->served, {}))
            served |= action.session == from && action.question.number == m_number && action.size == 300'000;
        if (!served) {
            const auto answer = m_script->expect<BlobData>(from);
            [&] { QCOMPARE(answer.error.code(), ErrorCode::NotFound); }();
        }
        return served;
    }

    std::unique_ptr<SchedulerScript> m_script;
    quint64 m_seq = 0;
    quint64 m_number = 0;
};

void SchedulerBlobsTest::argumentsThatWerePutAreTaken()
{
    const SessionId client = m_script->client();
    const SessionId worker = m_script->worker("w", 1);
    const Submit message = submitOf(valueOf('a'));
    submit(client, message);
    QCOMPARE(m_script->expect<Assign>(worker).arguments, message.arguments);
    m_script->expect<Accepted>(client);
}

void SchedulerBlobsTest::missingArgumentsAreAskedFor()
{
    const SessionId client = m_script->client();
    const Submit message = submitOf(valueOf('a'));
    submit(client, message, false);
    const auto refused = m_script->expect<SubmitRefused>(client);
    QCOMPARE(refused.error.code(), ErrorCode::NotFound);
    QVERIFY(refused.error.isTransient());
    QCOMPARE(refused.error.details().value(QStringLiteral("blob")).toByteArray(), hashOf('a'));
    Submit again = message;
    again.seq = ++m_seq;
    submit(client, again);
    m_script->expect<Accepted>(client);
}

void SchedulerBlobsTest::aKnownSubmitNeedsNoArguments()
{
    const SessionId client = m_script->client();
    const Submit message = submitOf(valueOf('a'));
    submit(client, message);
    m_script->expect<Accepted>(client);
    submit(client, message, false);
    m_script->expect<Accepted>(client);
}

void SchedulerBlobsTest::aNestedTaskHasNone()
{
    const SessionId client = m_script->client();
    const SessionId worker = m_script->worker("w", 2);
    m_script->submit(client);
    const auto parent = m_script->expect<Assign>(worker);
    Submit child = SchedulerScript::child(parent, 1);
    child.seq = 1;
    child.id = m_script->newId();
    child.arguments = valueOf('a');
    submit(worker, child);
    const auto refused = m_script->expect<SubmitRefused>(worker);
    QCOMPARE(refused.error.code(), ErrorCode::TooLarge);
    QVERIFY(refused.error.message().contains(QString::number(maxInlineValue)));
}

void SchedulerBlobsTest::filesAreRefused()
{
    const SessionId client = m_script->client();
    submit(client, submitOf(Payload(ContentType::Cbor, {}, {{Segment::File, "passwd", 5, {}}})));
    QCOMPARE(m_script->expect<SubmitRefused>(client).error.code(), ErrorCode::Unsupported);
}

void SchedulerBlobsTest::aClientGetsWhatItsTaskNames()
{
    const SessionId client = m_script->client();
    const SessionId worker = m_script->worker("w", 1);
    const Submit message = submitOf(valueOf('a'));
    submit(client, message);
    const auto assign = m_script->expect<Assign>(worker);
    m_script->commitsAtOnce = false;
    finish(worker, assign, valueOf('r'));
    m_script->skip();
    QVERIFY(isServed(client, message.id, 'a'));
    QVERIFY(isServed(client, message.id, 'r'));
    QVERIFY(!isServed(client, message.id, 'x'));
    QVERIFY(!isServed(client, m_script->newId(), 'a'));
}

void SchedulerBlobsTest::othersGetNothing()
{
    const Submit message = submitOf(valueOf('a'));
    submit(m_script->client("alice", 1, false), message);
    m_script->skip();
    QVERIFY(!isServed(m_script->client("bob", 1, false), message.id, 'a'));
    QVERIFY(isServed(m_script->client("admin", 1, true), message.id, 'a'));
}

void SchedulerBlobsTest::aWorkerGetsTheArgumentsOfItsLease()
{
    const SessionId client = m_script->client();
    const SessionId worker = m_script->worker("w", 1);
    const SessionId other = m_script->worker("o", 0);
    const Submit message = submitOf(valueOf('a'));
    submit(client, message);
    const auto assign = m_script->expect<Assign>(worker);
    m_script->skip();
    QVERIFY(isServed(worker, message.id, 'a'));
    QVERIFY(!isServed(other, message.id, 'a'));
    m_script->commitsAtOnce = false;
    finish(worker, assign, valueOf('r'));
    m_script->skip();
    QVERIFY(!isServed(worker, message.id, 'r'));
}

void SchedulerBlobsTest::aWorkerGetsResultsOfItsChildrenOnly()
{
    const SessionId client = m_script->client();
    const SessionId worker = m_script->worker("w", 1);
    m_script->submit(client);
    const auto parent = m_script->expect<Assign>(worker);
    const SessionId second = m_script->worker("v", 1);
    Submit child = SchedulerScript::child(parent, 1);
    child.seq = 1;
    child.id = m_script->newId();
    submit(worker, child);
    finish(second, m_script->expect<Assign>(second), valueOf('r'));
    m_script->skip();
    QVERIFY(isServed(worker, child.id, 'r'));
    QVERIFY(!isServed(second, child.id, 'r'));
}

void SchedulerBlobsTest::aFinishedTaskIsLookedUp()
{
    const SessionId client = m_script->client();
    const SessionId worker = m_script->worker("w", 1);
    const Submit message = submitOf(valueOf('a'));
    submit(client, message);
    finish(worker, m_script->expect<Assign>(worker), valueOf('r'));
    m_script->skip();
    QVERIFY(!m_script->scheduler->task(message.id));
    QVERIFY(isServed(client, message.id, 'r'));
}

DROVER_TEST_MAIN(SchedulerBlobsTest)
#include "tst_schedulerblobs.moc"
