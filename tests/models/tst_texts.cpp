// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "models/texts.h"
#include "testing/main.h"

#include <QtCore/QDateTime>
#include <QtCore/QLocale>
#include <QtCore/QTranslator>

using namespace drover;

class TestTexts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachStateAndReasonHasAWord();
    void whatBrokersSayIsKnown_data();
    void whatBrokersSayIsKnown();
    void durationsAreShort_data();
    void durationsAreShort();
    void aTaskIsCalledByItsNameItsCommandOrItsCall();
    void timeRunsWhileATaskRuns();
};

void TestTexts::eachStateAndReasonHasAWord()
{
    QSet<QString> words;
    for (int state = int(State::Held); state <= int(State::Revoked); ++state)
        words.insert(Texts::state(State(state)));
    QCOMPARE(words.size(), 13);
    QVERIFY(!words.contains(QString()));
    for (int reason = int(Reason::Exception); reason <= int(Reason::User); ++reason)
        QVERIFY(!Texts::reason(Reason(reason)).isEmpty());
    QVERIFY(Texts::reason(Reason::None).isEmpty());
}

//! Gives each sentence back in capitals, its places as they are.
class Shouting final : public QTranslator
{
public:
    bool isEmpty() const override { return false; }
    QString translate(const char *, const char *text, const char *, int) const override
    {
        return QString::fromLatin1(text).toUpper();
    }
};

void TestTexts::whatBrokersSayIsKnown_data()
{
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("shown");
    QTest::newRow("nothing") << QString() << QString();
    QTest::newRow("no place") << "No worker is connected."
                              << "NO WORKER IS CONNECTED.";
    QTest::newRow("one place") << "No connected worker offers lab.add."
                               << "NO CONNECTED WORKER OFFERS lab.add.";
    QTest::newRow("two places") << "No connected worker with lab.add has the tags gpu, %1."
                                << "NO CONNECTED WORKER WITH lab.add HAS THE TAGS gpu, %1.";
    QTest::newRow("of a later broker") << "The moon is full."
                                       << "The moon is full.";
}

void TestTexts::whatBrokersSayIsKnown()
{
    QFETCH(const QString, said);
    Shouting translator;
    QCoreApplication::installTranslator(&translator);
    QTEST(Texts::why(said), "shown");
    QCoreApplication::removeTranslator(&translator);
}

void TestTexts::durationsAreShort_data()
{
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << qint64(-1) << QString();
    QTest::newRow("nothing") << qint64(0) << QStringLiteral("0 ms");
    QTest::newRow("below a second") << qint64(999) << QStringLiteral("999 ms");
    QTest::newRow("seconds") << qint64(3'240) << QStringLiteral("3.2 s");
    QTest::newRow("minutes") << qint64(245'000) << QStringLiteral("4 min 05 s");
    QTest::newRow("hours") << qint64(7'805'000) << QStringLiteral("2 h 10 min");
    QTest::newRow("days") << qint64(90'000'000) << QStringLiteral("1 d 1 h");
}

void TestTexts::durationsAreShort()
{
    QFETCH(qint64, ms);
    QLocale::setDefault(QLocale::c());
    QTEST(Texts::duration(ms), "text");
}

void TestTexts::aTaskIsCalledByItsNameItsCommandOrItsCall()
{
    TaskInfo task;
    task.function = QStringLiteral("lab.add");
    task.summary = QStringLiteral("2, 3");
    QCOMPARE(Texts::title(task), QStringLiteral("lab.add(2, 3)"));
    task.function = QStringLiteral("drover.run");
    QCOMPARE(Texts::title(task), QStringLiteral("2, 3"));
    task.name = QStringLiteral("nightly");
    QCOMPARE(Texts::title(task), QStringLiteral("nightly"));
}

void TestTexts::timeRunsWhileATaskRuns()
{
    TaskInfo task;
    QCOMPARE(Texts::ran(task, 5000), -1);
    task.startedMs = 1000;
    task.state = State::Started;
    QCOMPARE(Texts::ran(task, 5000), 4000);
    QCOMPARE(Texts::ran(task, 500), 0); // clocks of two machines
    task.state = State::Retry;
    QCOMPARE(Texts::ran(task, 5000), -1);
    task.state = State::Success;
    task.finishedMs = 2500;
    QCOMPARE(Texts::ran(task, 5000), 1500);
}

DROVER_TEST_MAIN(TestTexts)
#include "tst_texts.moc"
