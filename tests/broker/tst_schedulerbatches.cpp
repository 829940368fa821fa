// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/feeds.h"
#include "protocol/rows.h"
#include "schedulerscript.h"
#include "testing/main.h"

using namespace drover;
using namespace drover::testing;
using namespace std::chrono_literals;
using Answer = CancelAnswer::Answer;

namespace {

Submit itemOf(const TaskId &batch, quint32 number)
{
    Submit message;
    message.function = QStringLiteral("lab.f");
    message.arguments = Payload::cbor("\x80");
    message.id = itemId(batch, number);
    message.item = number;
    return message;
}

BatchHead headOf(const TaskId &batch, qint64 total)
{
    BatchHead head;
    head.id = batch;
    head.name = QStringLiteral("squares");
    head.total = total;
    return head;
}

Assign firstAttemptOf(const TaskId &id)
{
    Assign assign;
    assign.id = id;
    assign.token = Token{1, 1};
    return assign;
}

QString counts(const BatchInfo &info)
{
    return QStringLiteral("%1 of %2: %3 %4 %5")
        .arg(info.submitted)
        .arg(info.total)
        .arg(info.succeeded)
        .arg(info.failed)
        .arg(info.revoked);
}

} // namespace

//! Tasks submitted together.
class TestSchedulerBatches : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void itemsAreCountedWhenTheyAreRecorded();
    void refusedItemsCountAsFailed();
    void aBatchNeedsNoHead();
    void theWatchersAreToldOnceForManyChanges();
    void resultsAreToldToThoseWhoWantThem();
    void aCancelEndsWhatIsThereAndWhatIsToCome();
    void whatIsOnDiskOnlyIsRevokedAsItIsRead();
    void cancellingWhatEndedIsTooLate();
    void countsAndCancelAreRememberedOverARestart();
    void anItemThatIsSubmittedAgainIsCountedOnce();
    void whatDoesNotFitIsRefused_data();
    void whatDoesNotFitIsRefused();
    void batchesOfOthersDoNotExist();
    void theTableHasOnesOwn();
    void finishedBatchesAreForgottenInTime();

private:
    SchedulerScript &s() { return *m_script; }
    void submit(quint32 first, quint32 last);
    BatchInfo info(SessionId reader);

    std::unique_ptr<SchedulerScript> m_script;
    SessionId m_client = 0;
    TaskId m_batch;
};

void TestSchedulerBatches::init()
{
    m_script = std::make_unique<SchedulerScript>(SchedulerOptions{.window = 16});
    m_client = s().client();
    m_batch = batchOf(s().newId());
}

void TestSchedulerBatches::submit(quint32 first, quint32 last)
{
    for (quint32 number = first; number <= last; ++number)
        s().submit(m_client, itemOf(m_batch, number));
}

BatchInfo TestSchedulerBatches::info(SessionId reader)
{
    s().skip();
    s().inject(reader, WatchBatch{m_batch, false});
    const auto changed = s().expect<BatchChanged>(reader);
    s().inject(reader, UnwatchBatch{m_batch});
    return changed.found ? changed.batch : BatchInfo();
}

void TestSchedulerBatches::itemsAreCountedWhenTheyAreRecorded()
{
    s().inject(m_client, headOf(m_batch, 3));
    submit(1, 3);
    s().commit();
    const SessionId worker = s().worker("w1", 2);
    s().skip();
    const BatchInfo begun = info(m_client);
    QCOMPARE(begun.name, QStringLiteral("squares"));
    QCOMPARE(begun.owner, QStringLiteral("alice"));
    QCOMPARE(begun.createdMs, s().now.wallMs);
    QCOMPARE(counts(begun), QStringLiteral("3 of 3: 0 0 0"));
    QVERIFY(!begun.finished());

    Assign assign = firstAttemptOf(itemId(m_batch, 1));
    s().finish(worker, assign);
    QCOMPARE(counts(info(m_client)), QStringLiteral("3 of 3: 0 0 0"));
    s().commit();
    QCOMPARE(counts(info(m_client)), QStringLiteral("3 of 3: 1 0 0"));
    assign.id = itemId(m_batch, 2);
    s().failAttempt(worker, assign, Error(Reason::Exception, QStringLiteral("no")));
    s().inject(m_client, Cancel{1, itemId(m_batch, 3)});
    s().commit();
    QCOMPARE(counts(info(m_client)), QStringLiteral("3 of 3: 1 1 1"));
    QVERIFY(info(m_client).finished());
}

void TestSchedulerBatches::refusedItemsCountAsFailed()
{
    BatchHead head = headOf(m_batch, 2);
    head.refused = 2;
    s().inject(m_client, head);
    QCOMPARE(counts(info(m_client)), QStringLiteral("2 of 2: 0 2 0"));
    QVERIFY(info(m_client).finished());
}

void TestSchedulerBatches::aBatchNeedsNoHead()
{
    submit(1, 2);
    s().commit();
    QCOMPARE(counts(info(m_client)), QStringLiteral("2 of -1: 0 0 0"));
    s().inject(m_client, headOf(m_batch, 2));
    QCOMPARE(counts(info(m_client)), QStringLiteral("2 of 2: 0 0 0"));
}

void TestSchedulerBatches::theWatchersAreToldOnceForManyChanges()
{
    const SessionId other = s().client("alice", 2);
    s().inject(m_client, headOf(m_batch, 5));
    s().inject(other, WatchBatch{m_batch, false});
    QVERIFY(s().expect<BatchChanged>(other).found);
    QVERIFY(!s().scheduler->hasBatchNews());
    submit(1, 5);
    s().commit();
    s().skip();
    QVERIFY(s().scheduler->hasBatchNews());
    s().act([&](Actions &actions) { s().scheduler->publishBatches(s().now, actions); });
    QCOMPARE(counts(s().expect<BatchChanged>(other).batch), QStringLiteral("5 of 5: 0 0 0"));
    s().expectNothingElse();
    s().drop(other);
    s().inject(m_client, headOf(m_batch, 6));
    QVERIFY(!s().scheduler->hasBatchNews());
}

void TestSchedulerBatches::resultsAreToldToThoseWhoWantThem()
{
    const SessionId other = s().client("alice", 2);
    submit(1, 1);
    s().commit();
    s().inject(other, WatchBatch{m_batch, true});
    const SessionId worker = s().worker("w1", 1);
    s().skip();
    s().finish(worker, firstAttemptOf(itemId(m_batch, 1)));
    QVERIFY(!s().expect<TaskResult>(m_client).settled);
    s().commit();
    const auto result = s().expect<TaskResult>(other);
    QVERIFY(result.ok && result.settled);
    QCOMPARE(result.id, itemId(m_batch, 1));
    QCOMPARE(s().expect<Settled>(m_client).ids, QList<TaskId>{result.id});
}

void TestSchedulerBatches::aCancelEndsWhatIsThereAndWhatIsToCome()
{
    const SessionId worker = s().worker("w1", 1);
    s().inject(m_client, headOf(m_batch, 5));
    submit(1, 3);
    s().commit();
    s().skip();
    s().inject(m_client, CancelBatch{9, m_batch});
    QCOMPARE(s().expect<Stop>(worker).id, itemId(m_batch, 1));
    s().commit();
    s().skip();
    QVERIFY(info(m_client).cancelled);
    QCOMPARE(counts(info(m_client)), QStringLiteral("3 of 5: 0 0 2"));
    submit(4, 5);
    s().commit();
    QCOMPARE(counts(info(m_client)), QStringLiteral("5 of 5: 0 0 4"));
    s().failAttempt(worker, firstAttemptOf(itemId(m_batch, 1)), Error(Reason::User, QStringLiteral("stopped")));
    s().commit();
    QCOMPARE(counts(info(m_client)), QStringLiteral("5 of 5: 0 0 5"));
    QVERIFY(info(m_client).finished());
}

void TestSchedulerBatches::whatIsOnDiskOnlyIsRevokedAsItIsRead()
{
    s().inject(m_client, headOf(m_batch, 100));
    submit(1, 100);
    const TaskId single = s().submit(m_client);
    s().commit();
    s().skip();
    s().inject(m_client, CancelBatch{9, m_batch});
    s().commit();
    const SessionId worker = s().worker("w1", 1);
    QCOMPARE(s().expect<Assign>(worker).id, single);
    s().commit();
    QCOMPARE(counts(info(m_client)), QStringLiteral("100 of 100: 0 0 100"));
}

void TestSchedulerBatches::cancellingWhatEndedIsTooLate()
{
    s().inject(m_client, headOf(m_batch, 0));
    s().commit();
    s().inject(m_client, CancelBatch{1, m_batch});
    QCOMPARE(s().expect<CancelAnswer>(m_client), (CancelAnswer{1, Answer::TooLate}));
    s().inject(m_client, CancelBatch{2, batchOf(s().newId())});
    QCOMPARE(s().expect<CancelAnswer>(m_client), (CancelAnswer{2, Answer::NotFound}));
}

void TestSchedulerBatches::countsAndCancelAreRememberedOverARestart()
{
    s().inject(m_client, headOf(m_batch, 60));
    submit(1, 50);
    const SessionId worker = s().worker("w1", 1);
    s().finish(worker, firstAttemptOf(itemId(m_batch, 1)));
    s().commit();
    s().inject(m_client, CancelBatch{1, m_batch});
    s().commit();
    QCOMPARE(s().store.finished(itemId(m_batch, 20))->ending.state, State::Revoked);
    s().crash();
    m_client = s().client("alice", 2);
    QVERIFY(info(m_client).cancelled);
    QCOMPARE(counts(info(m_client)), QStringLiteral("50 of 60: 1 0 49"));
    submit(51, 51);
    s().commit();
    QCOMPARE(counts(info(m_client)), QStringLiteral("51 of 60: 1 0 50"));
}

void TestSchedulerBatches::anItemThatIsSubmittedAgainIsCountedOnce()
{
    submit(1, 2);
    s().commit();
    s().crash();
    m_client = s().client();
    for (quint32 number = 1; number <= 3; ++number) {
        Submit again = itemOf(m_batch, number);
        again.seq = number;
        s().submit(m_client, again);
    }
    s().commit();
    QCOMPARE(counts(info(m_client)), QStringLiteral("3 of -1: 0 0 0"));
}

void TestSchedulerBatches::whatDoesNotFitIsRefused_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<quint32>("item");
    QTest::addColumn<QString>("key");
    QTest::newRow("another number") << 7 << 8u << QString();
    QTest::newRow("the batch itself") << 0 << 1u << QString();
    QTest::newRow("no item of a known batch") << 2 << 0u << QString();
    QTest::newRow("with a key") << 7 << 7u << QStringLiteral("once");
}

void TestSchedulerBatches::whatDoesNotFitIsRefused()
{
    QFETCH(int, number);
    QFETCH(quint32, item);
    QFETCH(QString, key);
    s().inject(m_client, headOf(m_batch, 10));
    Submit message = itemOf(m_batch, quint32(number));
    message.item = item;
    message.options.idempotencyKey(key);
    s().submit(m_client, message);
    QCOMPARE(s().expect<SubmitRefused>(m_client).error.code(), ErrorCode::InvalidArgument);
    s().inject(m_client, headOf(itemId(m_batch, 3), 10));
    QCOMPARE(s().expect<BatchChanged>(m_client).error.code(), ErrorCode::InvalidArgument);
}

void TestSchedulerBatches::batchesOfOthersDoNotExist()
{
    const SessionId bob = s().client("bob", 1, false);
    const SessionId admin = s().client("carol", 1, true);
    s().inject(m_client, headOf(m_batch, 10));
    submit(1, 1);
    s().commit();
    s().skip();
    s().submit(bob, itemOf(m_batch, 2));
    QCOMPARE(s().expect<SubmitRefused>(bob).error.code(), ErrorCode::NotPermitted);
    s().submit(admin, itemOf(m_batch, 2));
    QCOMPARE(s().expect<SubmitRefused>(admin).error.code(), ErrorCode::NotPermitted);
    s().inject(bob, WatchBatch{m_batch, true});
    QCOMPARE(s().expect<BatchChanged>(bob).error.code(), ErrorCode::NotFound);
    s().inject(bob, headOf(m_batch, 1));
    QCOMPARE(s().expect<BatchChanged>(bob).error.code(), ErrorCode::NotFound);
    s().inject(bob, CancelBatch{4, m_batch});
    QCOMPARE(s().expect<CancelAnswer>(bob), (CancelAnswer{4, Answer::NotFound}));
    QCOMPARE(counts(info(admin)), QStringLiteral("1 of 10: 0 0 0"));
    s().inject(admin, CancelBatch{5, m_batch});
    QVERIFY(info(m_client).cancelled);
}

void TestSchedulerBatches::theTableHasOnesOwn()
{
    const SessionId bob = s().client("bob", 1, false);
    Feeds feeds(*s().scheduler);
    std::map<SessionId, QList<QByteArray>> rows;
    const auto publish = [&] {
        feeds.changed(s().scheduler->takeChanges());
        feeds.publish([&](SessionId session, const Feeds::Message &message) {
            if (const auto *snapshot = std::get_if<Snapshot>(&message))
                rows[session] += snapshot->rows;
            else
                rows[session].append(std::get<Delta>(message).changes.first().row);
        });
    };
    s().inject(m_client, headOf(m_batch, 1));
    for (const SessionId session : {m_client, bob})
        feeds.subscribe(session, Subscribe{Table::Batches, 10'000});
    publish();
    submit(1, 1);
    publish();
    QCOMPARE(rows[m_client].size(), 2);
    QCOMPARE(counts(*decodeRow<BatchInfo>(rows[m_client].last())), QStringLiteral("1 of 1: 0 0 0"));
    QVERIFY(rows[bob].isEmpty());
}

void TestSchedulerBatches::finishedBatchesAreForgottenInTime()
{
    s().inject(m_client, headOf(m_batch, 0));
    const TaskId open = batchOf(s().newId());
    s().submit(m_client, itemOf(open, 1));
    s().commit();
    s().advance(SchedulerOptions().dedupWindow / 2);
    QCOMPARE(info(m_client).id, m_batch);
    s().advance(SchedulerOptions().dedupWindow);
    QVERIFY(info(m_client).id.isNull());
    m_batch = open;
    QCOMPARE(info(m_client).id, open);
}

DROVER_TEST_MAIN(TestSchedulerBatches)

#include "tst_schedulerbatches.moc"
