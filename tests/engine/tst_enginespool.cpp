// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/enginescript.h"
#include "testing/main.h"

using namespace drover;
using Script = drover::testing::EngineScript;
using namespace std::chrono_literals;

namespace {

FinishedAck acknowledged(char name)
{
    FinishedAck ack;
    ack.leases.append(Script::lease(name));
    return ack;
}

//! Runs \a name, and forgets what was said about it.
void finish(Script &s, char name)
{
    s.from(1, Script::assign(name));
    s.fromExecutor(1, Script::finished(name));
    s.take();
}

} // namespace

//! Results that wait for their acknowledgement are written to disk.
class TestEngineSpool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aResultThatIsAcknowledgedInTimeIsNotWritten()
    {
        Script s;
        s.open();
        finish(s, 'a');
        s.advance(999ms);
        s.from(1, acknowledged('a'));
        s.advance(5s);
        QCOMPARE(s.take(), QStringList());
    }

    void aResultThatWaitsForASecondIsWrittenOnce()
    {
        Script s;
        s.open();
        finish(s, 'a');
        s.advance(1s);
        QCOMPARE(s.take(), QStringList({QStringLiteral("spool a")}));
        s.advance(5s);
        QCOMPARE(s.take(), QStringList());
        s.from(1, acknowledged('a'));
        QCOMPARE(s.take(), QStringList({QStringLiteral("unspool a")}));
        QVERIFY(s.engine.isIdle());
    }

    void laterOnesHaveTheirOwnSecond()
    {
        Script s;
        s.open();
        finish(s, 'a');
        s.advance(600ms);
        finish(s, 'b');
        s.from(1, acknowledged('a'));
        s.advance(900ms);
        QCOMPARE(s.take(), QStringList());
        s.advance(100ms);
        QCOMPARE(s.take(), QStringList({QStringLiteral("spool b")}));
    }

    void aResultWithoutALinkIsWrittenAtOnce()
    {
        Script s;
        s.open();
        s.from(1, Script::assign('a'));
        s.disconnect(1);
        s.take();
        s.fromExecutor(1, Script::finished('a'));
        QCOMPARE(s.take(), QStringList({QStringLiteral("spool a")}));
    }

    void aLostLinkHasAllWrittenThatWaits()
    {
        Script s;
        s.open();
        finish(s, 'a');
        s.disconnect(1);
        QCOMPARE(s.take(), QStringList({QStringLiteral("spool a")}));
        s.connect(2);
        QCOMPARE(s.take(),
                 QStringList({QStringLiteral("2< Offer slots=1 functions=2 held=[a started]"),
                              QStringLiteral("2< Finished a ok"), QStringLiteral("2< Grant 1")}));
        s.from(2, acknowledged('a'));
        QCOMPARE(s.take(), QStringList({QStringLiteral("unspool a")}));
    }

    void aBrokerThatFallsSilentHasAllWrittenThatWaits()
    {
        EngineOptions options = Script::oneSlot();
        options.spoolAfter = 1h;
        Script s(options);
        s.open();
        finish(s, 'a');
        s.advance(40s);
        QVERIFY(s.take().endsWith(QStringLiteral("spool a")));
    }

    void aLargeValueIsNotWrittenAndAStopWaitsForIt()
    {
        Script s;
        s.open();
        s.from(1, Script::assign('a'));
        s.disconnect(1);
        s.take();
        Finished large = Script::finished('a');
        large.value = Payload(ContentType::Raw, {}, {Segment{Segment::File, "x", 1'000'000, {}}});
        s.fromExecutor(1, large);
        QCOMPARE(s.take(), QStringList());
        QVERIFY(!s.engine.isIdle());
        s.stop();
        QVERIFY(!s.take().contains(QLatin1String("ended")));
    }

    void whatAnEarlierRunHasLeftIsHeldAndDelivered()
    {
        Script s;
        s.engine.resultsFound("A", {Script::finished('a'), Script::finished('b')}, s.now);
        QVERIFY(s.engine.isIdle());
        s.ready(1);
        s.take();
        s.connect(1, "B");
        QVERIFY(!s.take().join(u' ').contains(QLatin1String("Finished")));
        s.connect(2, "A");
        QStringList said = s.take();
        QCOMPARE(said.takeFirst(), QStringLiteral("2< Offer slots=1 functions=2 held=[a started,b started]"));
        QVERIFY(said.contains(QLatin1String("2< Finished a ok")) && said.contains(QLatin1String("2< Finished b ok")));
        s.from(2, acknowledged('a'));
        s.from(2, acknowledged('b'));
        QCOMPARE(s.take(), QStringList({QStringLiteral("unspool a"), QStringLiteral("unspool b")}));
        QVERIFY(s.engine.isIdle());
    }

    void aStopDoesNotWaitForABrokerThatIsAway()
    {
        Script s;
        s.open();
        finish(s, 'a');
        s.disconnect(1);
        s.take();
        s.stop();
        QVERIFY(s.take().contains(QLatin1String("ended")));
    }
};

DROVER_TEST_MAIN(TestEngineSpool)

#include "tst_enginespool.moc"
