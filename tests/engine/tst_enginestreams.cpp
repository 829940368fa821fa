// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/attemptstream.h"
#include "engine/enginescript.h"
#include "testing/main.h"

using namespace drover;
using Script = drover::testing::EngineScript;
using namespace std::chrono_literals;

class TestEngineStreams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aReaderNamedInTheAssignGetsItems()
    {
        Script s;
        running(s, 100);
        item(s, "x");
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< StreamItems a 1=x")}));
        s.fromExecutor(1, Script::finished('a'));
        QCOMPARE(s.take(),
                 QStringList({QStringLiteral("1< StreamItems a end"), QStringLiteral("1< Finished a ok"),
                              QStringLiteral("1< Grant 2")}));
    }

    void aLateReaderGetsWhatWasKept()
    {
        Script s;
        running(s, 0);
        item(s, "x");
        item(s, "y");
        QCOMPARE(s.take(), QStringList());
        s.from(1, StreamOpen{Script::task('a'), 2, 100});
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< StreamItems a 2=y")}));
        s.from(1, StreamClose{Script::task('a')});
        item(s, "z");
        QCOMPARE(s.take(), QStringList());
    }

    void anUnknownTaskHasNoStream()
    {
        Script s;
        s.open();
        s.from(1, StreamOpen{Script::task('q'), 0, 100});
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< StreamItems q end")}));
    }

    void aFinishedTaskWithoutItemsEndsAtOnce()
    {
        Script s;
        running(s, 0);
        s.fromExecutor(1, Script::finished('a'));
        s.take();
        s.from(1, StreamOpen{Script::task('a'), 0, 100});
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< StreamItems a end")}));
    }

    void aStreamLivesUntilItIsRead()
    {
        Script s;
        running(s, 1);
        item(s, "xx");
        item(s, "yy");
        s.fromExecutor(1, Script::finished('a'));
        s.from(1, FinishedAck{{Script::lease('a')}});
        QCOMPARE(s.take(),
                 QStringList({QStringLiteral("1< StreamItems a 1=xx"), QStringLiteral("1< Finished a ok"),
                              QStringLiteral("1< Grant 2")}));
        s.from(1, StreamCredit{Script::task('a'), 10});
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< StreamItems a 2=yy end")}));
        // its reader's link was cut meanwhile
        s.from(1, StreamOpen{Script::task('a'), 2, 10, 1});
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< StreamItems a 2=yy end")}));
        s.from(1, StreamCredit{Script::task('a'), 10, 1, 3});
        s.from(1, StreamOpen{Script::task('a'), 2, 10, 1});
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< StreamItems a end")}));
    }

    void anotherAttemptIsReadFromItsStart()
    {
        Script s;
        running(s, 0);
        item(s, "x");
        item(s, "y");
        s.from(1, StreamOpen{Script::task('a'), 2, 100, 7});
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< StreamItems a 1=x 2=y")}));
    }

    void anExecutorIsSlowedByItsReader()
    {
        Script s;
        running(s, 1);
        const QByteArray big(StreamItem::capacity, 'x');
        s.fromExecutor(1, StreamItems{Script::task('a'), 1, {{0, StreamItem::Value, big}}, false});
        s.fromExecutor(1, StreamItems{Script::task('a'), 1, {{0, StreamItem::Value, "y"}}, false});
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< StreamItems a 1=(1048576)")}));
        s.from(1, StreamCredit{Script::task('a'), StreamItem::capacity * 2});
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< StreamItems a 2=y")}));
        s.from(1, StreamCredit{Script::task('a'), StreamItem::capacity * 2, 1, 2});
        QCOMPARE(s.take(), QStringList({QStringLiteral("e1< StreamCredit a 2097216")}));
    }

    void anExecutorWithoutAReaderGoesOn()
    {
        Script s;
        running(s, 0);
        const QByteArray big(StreamItem::capacity, 'x');
        s.fromExecutor(1, StreamItems{Script::task('a'), 1, {{0, StreamItem::Value, big}}, false});
        QCOMPARE(s.take(), QStringList({QStringLiteral("e1< StreamCredit a 2097216")}));
    }

    void aStreamThatIsNotReadGoesAfterAWhile()
    {
        Script s;
        running(s, 1);
        item(s, "xx");
        item(s, "yy");
        s.fromExecutor(1, Script::finished('a'));
        s.from(1, FinishedAck{{Script::lease('a')}});
        s.take();
        s.advance(30s);
        s.take();
        s.from(1, StreamCredit{Script::task('a'), 10});
        QCOMPARE(s.take(), QStringList());
        s.from(1, StreamOpen{Script::task('a'), 0, 10});
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< StreamItems a end")}));
    }

    void aCommandWaitsForItsReader()
    {
        Script s;
        s.open();
        Assign command = Script::command('a');
        command.streamCredit = 1;
        s.from(1, command);
        s.take();
        s.commandOutput('a', "x");
        s.commandOutput('a', QByteArray(AttemptStream::defaultCapacity, 'y'));
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< StreamItems a 1=x"), QStringLiteral("pause a")}));
        s.from(1, StreamCredit{Script::task('a'), 2});
        QCOMPARE(s.take(), QStringList({QStringLiteral("1< StreamItems a 2=(1048576)")}));
        s.from(1, StreamCredit{Script::task('a'), 2, 1, 3});
        QCOMPARE(s.take(), QStringList({QStringLiteral("continue a")}));
    }

    void aCommandWaitsAWhileForAReaderWhoseLinkIsLost_data()
    {
        QTest::addColumn<bool>("own"); // the link of the worker itself
        QTest::newRow("reader") << false;
        QTest::newRow("broker") << true;
    }
    void aCommandWaitsAWhileForAReaderWhoseLinkIsLost()
    {
        QFETCH(bool, own);
        Script s;
        s.open();
        Assign command = Script::command('a');
        command.streamCredit = 1;
        s.from(1, command);
        s.commandOutput('a', "x");
        s.commandOutput('a', QByteArray(AttemptStream::defaultCapacity, 'y'));
        s.take();
        if (own)
            s.disconnect(1);
        else
            s.from(1, StreamClose{Script::task('a'), true});
        QCOMPARE(s.take(), QStringList());
        s.advance(31s);
        QVERIFY(s.take().contains(QStringLiteral("continue a")));
    }

    void aCommandGoesOnWhenItsReaderHasLeft()
    {
        Script s;
        s.open();
        Assign command = Script::command('a');
        command.streamCredit = 1;
        s.from(1, command);
        s.commandOutput('a', "x");
        s.commandOutput('a', QByteArray(AttemptStream::defaultCapacity, 'y'));
        s.take();
        s.from(1, StreamClose{Script::task('a')});
        QCOMPARE(s.take(), QStringList({QStringLiteral("continue a")}));
    }

private:
    static void running(Script &s, quint64 credit)
    {
        s.open();
        Assign assign = Script::assign('a');
        assign.streamCredit = credit;
        s.from(1, assign);
        s.take();
    }
    static void item(Script &s, const char *text)
    {
        s.fromExecutor(1, StreamItems{Script::task('a'), 1, {Script::item(text)}, false});
    }
};

DROVER_TEST_MAIN(TestEngineStreams)

#include "tst_enginestreams.moc"
