// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/brokeractivity.h"

#include "schedulerscript.h"
#include "testing/main.h"

using namespace drover;
using namespace drover::testing;
using namespace std::chrono_literals;

//! What keeps a broker that ends when it is idle.
class TestBrokerActivity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anyOfItIsEnough_data()
    {
        QTest::addColumn<bool>("clients");
        QTest::addColumn<bool>("arriving");
        QTest::addColumn<bool>("unfinished");
        for (int row = 0; row < 8; ++row)
            QTest::addRow("%d", row) << bool(row & 4) << bool(row & 2) << bool(row & 1);
    }

    void anyOfItIsEnough()
    {
        QFETCH(bool, clients);
        QFETCH(bool, arriving);
        QFETCH(bool, unfinished);
        BrokerActivity activity;
        activity.clients = clients;
        activity.arriving = arriving;
        activity.unfinished = unfinished;
        QCOMPARE(activity.isBusy(), clients || arriving || unfinished);
    }

    void nothingIsUnfinishedAtFirst()
    {
        SchedulerScript s;
        QVERIFY(!s.scheduler->hasUnfinished());
        s.client();
        s.worker("w1", 1);
        QVERIFY(!s.scheduler->hasUnfinished());
    }

    void aTaskIsUnfinishedUntilItsEndIsOnDisk()
    {
        SchedulerScript s;
        const SessionId client = s.client();
        s.submit(client);
        QVERIFY(s.scheduler->hasUnfinished());
        s.commit();
        s.drop(client);
        QVERIFY(s.scheduler->hasUnfinished());
        const SessionId worker = s.worker("w1", 1);
        const Assign assign = s.expect<Assign>(worker);
        QVERIFY(s.scheduler->hasUnfinished());
        s.drop(worker);
        QVERIFY(s.scheduler->hasUnfinished());
        const SessionId again =
            s.worker("w1", 1, SchedulerScript::labOffer({}, {{assign.id, assign.token, true, false}}));
        s.finish(again, assign);
        QVERIFY(s.scheduler->hasUnfinished());
        s.commit();
        QVERIFY(!s.scheduler->hasUnfinished());
    }

    void tasksForLaterAreUnfinished()
    {
        SchedulerScript s;
        s.commitsAtOnce = true;
        const auto eta = QDateTime::fromMSecsSinceEpoch(s.now.wallMs).addDays(30);
        s.submit(s.client(), Options().eta(eta));
        s.advance(24h);
        QVERIFY(s.scheduler->hasUnfinished());
    }

    void tasksThatWaitForTheirRetryAreUnfinished()
    {
        SchedulerScript s;
        s.commitsAtOnce = true;
        const SessionId client = s.client();
        const SessionId worker = s.worker("w1", 1);
        s.submit(client, Options().retries(3));
        s.failAttempt(worker, s.expect<Assign>(worker), Error(Reason::Exception, QStringLiteral("oops")));
        QVERIFY(s.scheduler->hasUnfinished());
    }

    void whatIsBeyondTheWindowOfALaneIsUnfinishedAfterARestart()
    {
        SchedulerOptions options;
        options.window = 2;
        SchedulerScript s(options);
        const SessionId client = s.client();
        for (int i = 0; i < 10; ++i)
            s.submit(client);
        s.commit();
        s.crash();
        QVERIFY(s.scheduler->hasUnfinished());
    }

    void aCancelledTaskIsFinishedOnceThatIsOnDisk()
    {
        SchedulerScript s;
        const SessionId client = s.client();
        Cancel cancel;
        cancel.id = s.submit(client);
        s.commit();
        s.inject(client, cancel);
        QVERIFY(s.scheduler->hasUnfinished());
        s.commit();
        QVERIFY(!s.scheduler->hasUnfinished());
    }
};

DROVER_TEST_MAIN(TestBrokerActivity)

#include "tst_brokeractivity.moc"
