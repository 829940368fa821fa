// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/progresstext.h"
#include "testing/main.h"

using namespace drover;
using namespace drover::cli;
using namespace std::chrono_literals;

//! Progress as text, from numbers and time.
class TestProgressText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void durationsAreRoundedUpToSeconds_data()
    {
        QTest::addColumn<qint64>("ms");
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << qint64(0) << QStringLiteral("0:00");
        QTest::newRow("a moment") << qint64(1) << QStringLiteral("0:01");
        QTest::newRow("seconds") << qint64(13'000) << QStringLiteral("0:13");
        QTest::newRow("a minute") << qint64(59'001) << QStringLiteral("1:00");
        QTest::newRow("hours") << qint64(3'723'000) << QStringLiteral("1:02:03");
        QTest::newRow("a day") << qint64(86'400'000) << QStringLiteral("24:00:00");
    }
    void durationsAreRoundedUpToSeconds()
    {
        QFETCH(qint64, ms);
        QTEST(ProgressText::durationText(Milliseconds(ms)), "text");
    }

    void remainingTimeFollowsFromWhatTheFirstOnesTook_data()
    {
        QTest::addColumn<qint64>("done");
        QTest::addColumn<qint64>("elapsed");
        QTest::addColumn<qint64>("left");
        QTest::newRow("none yet") << qint64(0) << qint64(5000) << qint64(-1);
        QTest::newRow("no time") << qint64(3) << qint64(0) << qint64(-1);
        QTest::newRow("one") << qint64(1) << qint64(100) << qint64(9900);
        QTest::newRow("half") << qint64(50) << qint64(7000) << qint64(7000);
        QTest::newRow("all") << qint64(100) << qint64(7000) << qint64(-1);
    }
    void remainingTimeFollowsFromWhatTheFirstOnesTook()
    {
        QFETCH(qint64, done);
        QFETCH(qint64, elapsed);
        ProgressText text(100);
        text.set(done, 0);
        const auto left = text.remaining(Milliseconds(elapsed));
        QTEST(left ? qint64(left->count()) : qint64(-1), "left");
    }

    void theBarFillsTheWidthAndNoMore_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<QString>("bar");
        QTest::newRow("wide")
            << 200 << QStringLiteral("[%1>%2] 50/100, 2 failed, 0:07 left").arg(QString(20, u'='), QString(19, u' '));
        QTest::newRow("narrow")
            << 48 << QStringLiteral("[%1>%2] 50/100, 2 failed, 0:07 left").arg(QString(9, u'='), QString(8, u' '));
        QTest::newRow("no room for a bar") << 35 << QStringLiteral("50/100, 2 failed, 0:07 left");
        QTest::newRow("hardly any room") << 6 << QStringLiteral("50/100");
    }
    void theBarFillsTheWidthAndNoMore()
    {
        QFETCH(int, width);
        ProgressText text(100);
        text.set(50, 2);
        const QString bar = text.bar(width, 7s);
        QTEST(bar, "bar");
        QVERIFY(bar.size() <= width);
    }

    void beginAndEnd()
    {
        ProgressText text(4);
        QCOMPARE(text.bar(40, 1s), QStringLiteral("[>%1] 0/4").arg(QString(33, u' ')));
        QCOMPARE(text.line(1s), QStringLiteral("0 of 4 done"));
        text.set(4, 0);
        QCOMPARE(text.bar(40, 3s), QStringLiteral("[%1] 4/4, took 0:03").arg(QString(23, u'=')));
        QCOMPARE(text.line(3s), QStringLiteral("4 of 4 done, took 0:03"));
        text.set(3, 1);
        QCOMPARE(text.line(3s), QStringLiteral("3 of 4 done, 1 failed, 0:01 left"));
    }
};

DROVER_TEST_MAIN(TestProgressText)
#include "tst_progresstext.moc"
