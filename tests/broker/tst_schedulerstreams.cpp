// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "schedulerscript.h"
#include "testing/main.h"

using namespace drover;
using namespace drover::testing;
using namespace std::chrono_literals;

//! What attempts tell, on its way to who reads it.
class TestSchedulerStreams : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aReaderThatWaitsIsAnnouncedWithTheAssign();
    void aReaderOfARunningTaskIsForwarded();
    void creditsTravelToTheWorker();
    void theEndComesOnceTheTaskIsOver();
    void aReaderStaysForTheNextAttempt();
    void aFinishedTaskAnswersWithItsEnd();
    void theNewestReaderWins();
    void aLostWorkerEndsTheStreamOfAFinishedTask();
    void aWorkerThatComesBackGoesOnWhereItWas();
    void aReaderThatLeavesIsToldToTheWorker();
    void aReaderThatComesBackGoesOnWhereItWas();
    void aReaderThatComesBackAfterTheTaskGetsTheRest();
    void aReaderThatComesBackInALaterAttemptBeginsAnew();
    void aWorkerThatKeptNothingEndsTheStream();
    void itemsFromOthersAreIgnored();

private:
    StreamItems items(const Assign &assign, quint64 seq, const QByteArray &data, bool end = false) const
    {
        return {assign.id, assign.token.attempt, {StreamItem{seq, StreamItem::Output, data}}, end};
    }
    std::unique_ptr<SchedulerScript> s;
    SessionId client = 0;
    SessionId worker = 0;
};

void TestSchedulerStreams::init()
{
    s = std::make_unique<SchedulerScript>();
    client = s->client();
    worker = s->worker("w1", 1);
}

void TestSchedulerStreams::aReaderThatWaitsIsAnnouncedWithTheAssign()
{
    s->submit(client);
    s->expect<Assign>(worker);
    const TaskId id = s->submit(client);
    s->inject(client, StreamOpen{id, 0, 1000});
    s->inject(worker, Grant{2});
    const Assign assign = s->expect<Assign>(worker);
    QCOMPARE(assign.id, id);
    QCOMPARE(assign.streamCredit, 1000u);
    s->inject(worker, items(assign, 1, "hi"));
    QCOMPARE(s->expect<StreamItems>(client).items[0].data, QByteArray("hi"));
    s->expectNothingElse();
}

void TestSchedulerStreams::aReaderOfARunningTaskIsForwarded()
{
    const TaskId id = s->submit(client);
    s->expect<Assign>(worker);
    s->inject(client, StreamOpen{id, 5, 1000});
    QCOMPARE(s->expect<StreamOpen>(worker), (StreamOpen{id, 5, 1000, 1}));
    s->expectNothingElse();
}

void TestSchedulerStreams::creditsTravelToTheWorker()
{
    const TaskId id = s->submit(client);
    s->expect<Assign>(worker);
    s->inject(client, StreamOpen{id, 0, 0});
    s->expectNothingElse();
    s->inject(client, StreamCredit{id, 100});
    QCOMPARE(s->expect<StreamOpen>(worker), (StreamOpen{id, 0, 100, 1}));
    s->inject(client, StreamCredit{id, 300, 1, 9});
    QCOMPARE(s->expect<StreamCredit>(worker), (StreamCredit{id, 300, 1, 9}));
    s->inject(client, StreamCredit{id, 200, 2, 9}); // of another attempt
    QCOMPARE(s->expect<StreamCredit>(worker), (StreamCredit{id, 300, 0, 0}));
}

void TestSchedulerStreams::theEndComesOnceTheTaskIsOver()
{
    const TaskId id = s->submit(client);
    const Assign assign = s->expect<Assign>(worker);
    s->inject(client, StreamOpen{id, 0, 1000});
    s->expect<StreamOpen>(worker);
    s->inject(worker, items(assign, 1, "a", true));
    QVERIFY(!s->expect<StreamItems>(client).end);
    s->finish(worker, assign);
    s->expect<TaskResult>(client);
    QVERIFY(s->expect<StreamItems>(client).end);
    s->expectNothingElse();
    // and the other way round: result first, then the rest of the stream, even after it settled
    const TaskId second = s->submit(client);
    s->inject(worker, Grant{2});
    const Assign next = s->expect<Assign>(worker);
    s->inject(client, StreamOpen{second, 0, 1000});
    s->expect<StreamOpen>(worker);
    s->finish(worker, next);
    s->commit();
    s->skip();
    s->inject(worker, items(next, 1, "tail", true));
    const StreamItems last = s->expect<StreamItems>(client);
    QVERIFY(last.end);
    QCOMPARE(last.items.size(), 1);
}

void TestSchedulerStreams::aReaderStaysForTheNextAttempt()
{
    const TaskId id = s->submit(client);
    const Assign assign = s->expect<Assign>(worker);
    s->inject(client, StreamOpen{id, 0, 100});
    s->expect<StreamOpen>(worker);
    s->inject(worker, items(assign, 1, "0123456789", true));
    s->expect<StreamItems>(client);
    s->failAttempt(worker, assign, Error(Reason::Crashed, QStringLiteral("signal 9")), true);
    s->inject(worker, Grant{2});
    const Assign again = s->expect<Assign>(worker);
    QCOMPARE(again.streamCredit, 90u);
    s->inject(client, StreamCredit{id, 200});
    QCOMPARE(s->expect<StreamCredit>(worker).credit, 190u);
    s->inject(worker, items(again, 1, "x"));
    QCOMPARE(s->expect<StreamItems>(client).attempt, 2u);
}

void TestSchedulerStreams::aFinishedTaskAnswersWithItsEnd()
{
    s->commitsAtOnce = true;
    const TaskId id = s->submit(client);
    s->finish(worker, s->expect<Assign>(worker));
    s->skip();
    s->inject(client, StreamOpen{id, 0, 100});
    const StreamItems answer = s->expect<StreamItems>(client);
    QVERIFY(answer.end);
    QCOMPARE(answer.items.value(0).kind, StreamItem::Lost);
    const TaskId never = s->submit(client);
    s->inject(client, StreamOpen{never, 0, 100});
    s->inject(client, Cancel{1, never});
    s->expect<Accepted>(client);
    s->expect<TaskResult>(client);
    QVERIFY(s->expect<StreamItems>(client).items.isEmpty());
}

void TestSchedulerStreams::theNewestReaderWins()
{
    const SessionId other = s->client("bob");
    const TaskId id = s->submit(client);
    const Assign assign = s->expect<Assign>(worker);
    s->inject(client, StreamOpen{id, 0, 100});
    s->expect<StreamOpen>(worker);
    s->inject(other, StreamOpen{id, 0, 50});
    const StreamItems last = s->expect<StreamItems>(client);
    QVERIFY(last.end);
    QCOMPARE(last.items.value(0).kind, StreamItem::Lost);
    s->expect<StreamOpen>(worker);
    s->inject(worker, items(assign, 1, "x"));
    s->expect<StreamItems>(other);
    s->expectNothingElse();
}

void TestSchedulerStreams::aLostWorkerEndsTheStreamOfAFinishedTask()
{
    const TaskId id = s->submit(client);
    const Assign assign = s->expect<Assign>(worker);
    s->inject(client, StreamOpen{id, 0, 100});
    s->finish(worker, assign);
    s->commit();
    s->skip();
    s->drop(worker);
    const StreamItems last = s->expect<StreamItems>(client);
    QVERIFY(last.end);
    QCOMPARE(last.items.value(0).kind, StreamItem::Lost);
}

void TestSchedulerStreams::aWorkerThatComesBackGoesOnWhereItWas()
{
    const TaskId id = s->submit(client);
    const Assign assign = s->expect<Assign>(worker);
    s->inject(client, StreamOpen{id, 0, 100});
    s->inject(worker, items(assign, 7, "12345"));
    s->drop(worker);
    s->skip();
    const SessionId again = s->worker("w1", 0, SchedulerScript::labOffer({}, {{id, assign.token, true, false}}));
    QCOMPARE(s->expect<StreamOpen>(again), (StreamOpen{id, 8, 95, 1}));
}

void TestSchedulerStreams::aReaderThatLeavesIsToldToTheWorker()
{
    const TaskId id = s->submit(client);
    s->expect<Assign>(worker);
    s->inject(client, StreamOpen{id, 0, 100});
    s->expect<StreamOpen>(worker);
    s->inject(client, StreamClose{id});
    s->expect<StreamClose>(worker);
    s->inject(client, StreamOpen{id, 0, 100});
    s->expect<StreamOpen>(worker);
    s->drop(client);
    QCOMPARE(s->expect<StreamClose>(worker), (StreamClose{id, true}));
    s->expectNothingElse();
}

void TestSchedulerStreams::aReaderThatComesBackGoesOnWhereItWas()
{
    const TaskId id = s->submit(client);
    const Assign assign = s->expect<Assign>(worker);
    s->inject(client, StreamOpen{id, 0, 100});
    s->expect<StreamOpen>(worker);
    s->inject(worker, items(assign, 1, "x"));
    s->expect<StreamItems>(client);
    s->drop(client);
    s->expect<StreamClose>(worker);
    s->inject(worker, items(assign, 2, "y")); // under way: it is asked for again
    const SessionId again = s->client();
    s->inject(again, StreamOpen{id, 2, 100, 1});
    QCOMPARE(s->expect<StreamOpen>(worker), (StreamOpen{id, 2, 100, 1}));
    s->expectNothingElse();
}

void TestSchedulerStreams::aReaderThatComesBackAfterTheTaskGetsTheRest()
{
    const TaskId id = s->submit(client);
    const Assign assign = s->expect<Assign>(worker);
    s->inject(client, StreamOpen{id, 0, 100});
    s->expect<StreamOpen>(worker);
    s->finish(worker, assign);
    s->commit();
    s->inject(worker, items(assign, 1, "x", true));
    s->skip();
    s->drop(client); // before it had the end
    QCOMPARE(s->expect<StreamClose>(worker), (StreamClose{id, true}));
    const SessionId again = s->client();
    s->inject(again, StreamOpen{id, 1, 100, 1});
    QCOMPARE(s->expect<StreamOpen>(worker), (StreamOpen{id, 1, 100, 1}));
    s->inject(worker, items(assign, 1, "x", true));
    QVERIFY(s->expect<StreamItems>(again).end);
    s->inject(again, StreamCredit{id, 100, 1, 2});
    QCOMPARE(s->expect<StreamCredit>(worker), (StreamCredit{id, 100, 1, 2}));
    s->drop(again);
    s->expectNothingElse();
}

void TestSchedulerStreams::aReaderThatComesBackInALaterAttemptBeginsAnew()
{
    const TaskId id = s->submit(client);
    const Assign assign = s->expect<Assign>(worker);
    s->inject(client, StreamOpen{id, 0, 100});
    s->inject(worker, items(assign, 7, "x"));
    s->drop(client);
    s->failAttempt(worker, assign, Error(Reason::Crashed, QStringLiteral("signal 9")), true);
    s->inject(worker, Grant{2});
    s->skip();
    const SessionId again = s->client();
    s->inject(again, StreamOpen{id, 8, 100, 1});
    QCOMPARE(s->expect<StreamOpen>(worker), (StreamOpen{id, 0, 100, 2}));
}

void TestSchedulerStreams::aWorkerThatKeptNothingEndsTheStream()
{
    const TaskId id = s->submit(client);
    s->expect<Assign>(worker);
    s->inject(client, StreamOpen{id, 0, 100});
    s->expect<StreamOpen>(worker);
    s->inject(worker, StreamItems{id, 0, {}, true});
    const StreamItems last = s->expect<StreamItems>(client);
    QVERIFY(last.end);
    QCOMPARE(last.items.value(0).kind, StreamItem::Lost);
}

void TestSchedulerStreams::itemsFromOthersAreIgnored()
{
    const SessionId thief = s->worker("w2", 0);
    const TaskId id = s->submit(client);
    const Assign assign = s->expect<Assign>(worker);
    s->inject(client, StreamOpen{id, 0, 100});
    s->expect<StreamOpen>(worker);
    s->inject(thief, items(assign, 1, "x"));
    s->inject(client, items(assign, 1, "x"));
    s->expectNothingElse();
}

DROVER_TEST_MAIN(TestSchedulerStreams)
#include "tst_schedulerstreams.moc"
