// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/enginescript.h"
#include "testing/main.h"

using namespace drover;
using Script = drover::testing::EngineScript;
using namespace std::chrono_literals;

//! Attempts with large arguments or results.
class TestEngineLarge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void argumentsAreFetchedBeforeTheAttemptIsPlaced()
    {
        Script s;
        s.open();
        s.from(1, Script::large('a'));
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< fetch a"), QStringLiteral("1< Grant 2")}));
        s.fetched('a', Script::file('a'));
        QCOMPARE(s.take(), QStringList({QStringLiteral("e1< Assign a"), QStringLiteral("1< Grant 1")}));
    }

    void othersRunMeanwhile()
    {
        Script s;
        s.open();
        s.from(1, Script::large('a'));
        s.from(1, Script::assign('b'));
        QVERIFY(s.take().contains(QStringLiteral("e1< Assign b")));
        s.fromExecutor(1, Script::finished('b'));
        QVERIFY(s.take().contains(QStringLiteral("1< Finished b ok")));
    }

    void asManyAsSlotsTakeNoPlace()
    {
        Script s;
        s.open();
        s.from(1, Script::large('a'));
        s.take();
        s.from(1, Script::large('b'));
        QCOMPARE(s.take(), QStringList(QStringLiteral("1< fetch b")));
        s.from(1, Script::large('c'));
        QCOMPARE(s.take(), QStringList(QStringLiteral("1< Returned c busy")));
    }

    void fetchedOnesWaitForTheirSlot()
    {
        Script s;
        s.open();
        s.from(1, Script::large('a'));
        s.from(1, Script::assign('b'));
        s.fetched('a', Script::file('a'));
        s.take();
        s.advance(5s);
        QCOMPARE(s.take(), QStringList(QStringLiteral("1< Started b")));
        s.fromExecutor(1, Script::finished('b', true, 5'000'000));
        QVERIFY(s.take().contains(QStringLiteral("e1< Assign a")));
    }

    void theLeaseIsRenewedMeanwhile()
    {
        Script s;
        s.open();
        s.from(1, Script::large('a'));
        s.take();
        s.advance(11s);
        QCOMPARE(s.take(), QStringList(QStringLiteral("1< Renew 1")));
    }

    void aLostLinkFetchesAgain()
    {
        Script s;
        s.open();
        s.from(1, Script::large('a'));
        s.take();
        s.disconnect(1);
        s.connect(2);
        const QStringList said = s.take();
        QVERIFY2(said.first().startsWith(QStringLiteral("2< Offer")) && said.first().contains(QStringLiteral("a")),
                 qPrintable(said.join(u'|')));
        QVERIFY(said.contains(QStringLiteral("2< fetch a")));
    }

    void aCancelledOneIsNotWaitedFor()
    {
        Script s;
        s.open();
        s.from(1, Script::large('a'));
        s.take();
        s.from(1, Stop{Script::task('a'), {1, 1}, false});
        QCOMPARE(s.take(), QStringList(QStringLiteral("1< Finished a user")));
        s.fetched('a', Script::file('a'));
        QCOMPARE(s.take(), QStringList());
    }

    void aStoppingWorkerHandsItBack()
    {
        Script s;
        s.open();
        s.from(1, Script::large('a'));
        s.take();
        s.stop();
        QVERIFY(s.take().contains(QStringLiteral("1< Returned a stopping")));
    }

    void whatCannotBeFetchedFails()
    {
        Script s;
        s.open();
        s.from(1, Script::large('a'));
        s.take();
        s.fetched('a', fail(Error(Reason::DiskLimit, QStringLiteral("full"))));
        QCOMPARE(s.take(), QStringList(QStringLiteral("1< Finished a disk_limit")));
    }

    void aBrokerNamesNoFiles()
    {
        Script s;
        s.open();
        Assign assign = Script::assign('a');
        assign.arguments = Script::file('a');
        s.from(1, assign);
        QVERIFY(s.take().contains(QStringLiteral("1< Finished a rejected")));
    }

    void aResultOverTheLimitFailsAlone()
    {
        EngineOptions options = Script::oneSlot();
        options.maxResult = 999'999;
        Script s(options);
        s.open();
        s.from(1, Script::assign('a'));
        s.take();
        Finished how = Script::finished('a');
        how.value = Script::file('a');
        s.fromExecutor(1, how);
        QVERIFY(s.take().contains(QStringLiteral("1< Finished a output_limit")));
        s.from(1, Script::assign('b'));
        QCOMPARE(s.take().first(), QStringLiteral("e1< Assign b"));
    }
};

DROVER_TEST_MAIN(TestEngineLarge)

#include "tst_enginelarge.moc"
