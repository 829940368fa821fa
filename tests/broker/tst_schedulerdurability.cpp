// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "schedulerscript.h"
#include "testing/main.h"

using namespace drover;
using namespace drover::testing;

//! What is said about tasks of a queue waits for what the queue is set to, and for nothing more.
class TestSchedulerDurability : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aQueueInMemoryWaitsForNothing();
    void aQueueOfTheProcessWaitsForTheWrite();
    void aQueueOnDiskWaitsForTheSync();
    void aDiskQueueIsNotHeldUpByWhatIsBehindIt();
    void whatRunsAtMostOnceIsOnDiskInAnyQueue();
    void theSettingIsKeptOverRestarts();
    void theAnswerToASettingIsDurable();
    void aQueueWithoutANameIsRefused();

private:
    static void set(SchedulerScript &s, SessionId client, const char *queue, QueueDurability durability)
    {
        s.inject(client, ConfigureQueue{9, QString::fromLatin1(queue), QueueChange().durability(durability)});
        s.commit();
        s.skip();
    }
    static void commit(SchedulerScript &s, bool synced)
    {
        s.act([&](Actions &actions) { s.scheduler->handle(Committed{s.store.commit(), synced}, s.now, actions); });
    }
};

void TestSchedulerDurability::aQueueInMemoryWaitsForNothing()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    set(s, client, "scratch", QueueDurability::Memory);
    const TaskId id = s.submit(client, Options().queue("scratch"));
    s.expect<Accepted>(client);
    s.finish(worker, s.expect<Assign>(worker));
    QCOMPARE(s.expect<TaskResult>(client).id, id);
    QCOMPARE(s.expect<Settled>(client).ids, QList<TaskId>{id});
    QCOMPARE(s.expect<FinishedAck>(worker).leases.size(), 1);
    s.expectNothingElse();
    s.commit();
    QCOMPARE(s.store.finished(id)->ending.state, State::Success); // it was written all the same
}

void TestSchedulerDurability::aQueueOfTheProcessWaitsForTheWrite()
{
    SchedulerScript s;
    const SessionId client = s.client();
    set(s, client, "fast", QueueDurability::Process);
    s.submit(client, Options().queue("fast"));
    s.expectNothingElse();
    commit(s, false);
    s.expect<Accepted>(client);
}

void TestSchedulerDurability::aQueueOnDiskWaitsForTheSync()
{
    SchedulerScript s;
    const SessionId client = s.client();
    s.submit(client);
    commit(s, false);
    s.expectNothingElse();
    commit(s, true);
    s.expect<Accepted>(client);
}

void TestSchedulerDurability::aDiskQueueIsNotHeldUpByWhatIsBehindIt()
{
    SchedulerScript s;
    const SessionId client = s.client();
    set(s, client, "fast", QueueDurability::Process);
    Submit message;
    message.seq = 2;
    message.function = QStringLiteral("lab.f");
    message.id = s.newId();
    s.submit(client, message);
    commit(s, true);
    s.expect<Accepted>(client);
    s.submit(client, Options().queue("fast"));
    s.submit(client, message); // its answer was lost; nothing of it waits for a sync any more
    commit(s, false);
    QCOMPARE(s.expect<Accepted>(client).ranges, (QList<SeqRange>{{1, 2}}));
}

void TestSchedulerDurability::whatRunsAtMostOnceIsOnDiskInAnyQueue()
{
    SchedulerScript s;
    const SessionId client = s.client();
    const SessionId worker = s.worker("w1", 1);
    set(s, client, "scratch", QueueDurability::Memory);
    s.submit(client, Options().queue("scratch").ackEarly());
    s.expect<Accepted>(client);
    s.expectNothingElse();
    commit(s, false);
    s.expectNothingElse();
    commit(s, true);
    s.expect<Assign>(worker);
}

void TestSchedulerDurability::theSettingIsKeptOverRestarts()
{
    SchedulerScript s;
    set(s, s.client(), "scratch", QueueDurability::Memory);
    s.crash();
    const QList<QueueInfo> queues = s.scheduler->queues();
    const auto scratch = std::find_if(queues.begin(), queues.end(),
                                      [](const QueueInfo &q) { return q.name == QLatin1String("scratch"); });
    QVERIFY(scratch != queues.end());
    QCOMPARE(scratch->durability, QueueDurability::Memory);
    const SessionId client = s.client();
    s.inject(client, ConfigureQueue{1, QStringLiteral("scratch"), QueueChange().durability(QueueDurability::Default)});
    s.commit();
    QCOMPARE(s.expect<QueueConfigured>(client).settings.durability, QueueDurability::Default);
    s.submit(client, Options().queue("scratch"));
    s.expectNothingElse();
}

void TestSchedulerDurability::theAnswerToASettingIsDurable()
{
    SchedulerScript s;
    const SessionId client = s.client();
    s.inject(client, ConfigureQueue{1, QStringLiteral("q"), QueueChange().durability(QueueDurability::Process)});
    s.expectNothingElse();
    s.commit();
    QCOMPARE(s.expect<QueueConfigured>(client),
             (QueueConfigured{1, true, {QStringLiteral("q"), QueueDurability::Process}, {}}));
    s.inject(client, ConfigureQueue{2, QStringLiteral("q"), {}}); // only asks
    QCOMPARE(s.expect<QueueConfigured>(client).settings.durability, QueueDurability::Process);
}

void TestSchedulerDurability::aQueueWithoutANameIsRefused()
{
    SchedulerScript s;
    const SessionId client = s.client();
    s.inject(client, ConfigureQueue{1, {}, QueueChange().durability(QueueDurability::Disk)});
    QCOMPARE(s.expect<QueueConfigured>(client).error.code(), ErrorCode::InvalidArgument);
}

DROVER_TEST_MAIN(TestSchedulerDurability)
#include "tst_schedulerdurability.moc"
