// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "system/lab.h"
#include "testing/main.h"

#include <QtCore/QFile>

// `drover map`: a command for each item, over several workers.
class TestMap : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<Lab> lab;
    static QStringList squares()
    {
        return {QStringLiteral("sh"), QStringLiteral("-c"), QStringLiteral("echo $(( {} * {} ))")};
    }
    static QByteArray numbers(int last)
    {
        QByteArray text;
        for (int i = 1; i <= last; ++i)
            text += QByteArray::number(i) + '\n';
        return text;
    }
    static QByteArray squaresOf(int last)
    {
        QByteArray text;
        for (int i = 1; i <= last; ++i)
            text += QByteArray::number(i * i) + '\n';
        return text;
    }
    static QStringList map(const QStringList &options, const QStringList &command)
    {
        return QStringList{QStringLiteral("map")} + options + QStringList{QStringLiteral("--")} + command;
    }
    QString fileOf(const char *name) const { return lab->home() + u'/' + QString::fromLatin1(name); }
    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
    }
    //! Starts it with \a input on standard input.
    std::unique_ptr<QProcess> begin(const QStringList &words, const QByteArray &input) const
    {
        auto process = lab->start(words);
        process->write(input);
        process->closeWriteChannel();
        return process;
    }

private Q_SLOTS:
    void init();
    void cleanup() { lab.reset(); }
    void squaresComeInTheOrderOfTheInput();
    void aWorkerKilledHalfWayCostsNothing();
    void afterCtrlCOnlyTheMissingOnesRun();
    void failuresAreCountedAndStopNobody();
    void streamsStayApartAndBytesAreUntouched();
    void itemsOnTheCommandLineAndNoItems();
    void jobsLimitsWhatIsUnfinished();
    void withoutAWorkerItSaysWhy();
    void jsonHasOneObjectAnItem();
    void aTerminalShowsABarThatLeavesNothingBehind();
};

void TestMap::init()
{
    lab = std::make_unique<Lab>();
    QVERIFY2(lab->startBroker(), qPrintable(lab->log(QStringLiteral("broker"))));
    for (const QString &name : {QStringLiteral("lab-1"), QStringLiteral("lab-2")}) {
        QVERIFY(lab->startWorker(name, {QStringLiteral("--slots"), QStringLiteral("2")}));
        QVERIFY2(lab->awaitFunction(QStringLiteral("drover.run"), name), qPrintable(lab->log(name)));
    }
}

void TestMap::squaresComeInTheOrderOfTheInput()
{
    const Ran ran = lab->shell(map({}, squares()), numbers(100));
    VERIFY_RAN(ran, ran.code == 0 && ran.errors.isEmpty());
    QCOMPARE(ran.output, squaresOf(100));
}

void TestMap::aWorkerKilledHalfWayCostsNothing()
{
    const QString script = QStringLiteral("sleep 0.1; echo $(( {} * {} ))");
    const auto process = begin(map({}, {QStringLiteral("sh"), QStringLiteral("-c"), script}), numbers(100));
    QByteArray output;
    const bool halfWay = QTest::qWaitFor(
        [&] {
            output += process->readAllStandardOutput();
            return output.count('\n') >= 30;
        },
        30'000);
    QVERIFY2(halfWay, output.constData());
    QVERIFY(lab->kill(QStringLiteral("lab-1")));
    const Ran ran = Lab::result(*process);
    VERIFY_RAN(ran, ran.code == 0);
    QCOMPARE(output + ran.output, squaresOf(100));
}

void TestMap::afterCtrlCOnlyTheMissingOnesRun()
{
    const QString log = fileOf("joblog");
    const QString ran = fileOf("ran");
    const QString script = QStringLiteral("sleep 0.05; echo {} >> %1; echo $(( {} * {} ))").arg(ran);
    const QStringList words = map({QStringLiteral("--joblog"), log, QStringLiteral("--resume")},
                                  {QStringLiteral("sh"), QStringLiteral("-c"), script});
    const auto process = begin(words, numbers(100));
    QTRY_VERIFY_WITH_TIMEOUT(contentOf(log).count('\n') > 20, 30'000);
    QVERIFY(processtable::interrupt(process->processId()));
    const Ran first = Lab::result(*process);
    VERIFY_RAN(first, first.code == 130 && first.complaint().contains(QLatin1String("cancelling the ")));
    const qsizetype logged = contentOf(log).count('\n') - 1;
    QVERIFY2(logged > 0 && logged < 100, qPrintable(QString::number(logged)));
    QVERIFY(QFile::remove(ran));

    const Ran second = lab->shell(words, numbers(100));
    VERIFY_RAN(second, second.code == 0);
    QCOMPARE(contentOf(ran).count('\n'), 100 - logged);
    QCOMPARE(second.output.count('\n'), 100 - logged);
    QVERIFY(squaresOf(100).endsWith(second.output.right(10)));
    QCOMPARE(contentOf(log).count('\n'), 101);
    QVERIFY(QFile::remove(ran));

    const Ran third = lab->shell(words, numbers(100));
    VERIFY_RAN(third, third.code == 0 && third.output.isEmpty() && !QFile::exists(ran));
    const Ran other = lab->shell(map({QStringLiteral("--joblog"), log, QStringLiteral("--resume")}, squares()), "1\n");
    VERIFY_RAN(other, other.code == 2 && other.complaint().contains(log));
    const Ran alone = lab->shell(map({QStringLiteral("--resume")}, squares()), "1\n");
    VERIFY_RAN(alone, alone.code == 2 && alone.complaint().contains(QLatin1String("--joblog")));
}

void TestMap::failuresAreCountedAndStopNobody()
{
    const QString log = fileOf("failures");
    const Ran ran = lab->shell(map({QStringLiteral("--joblog"), log},
                                   {QStringLiteral("sh"), QStringLiteral("-c"),
                                    QStringLiteral("echo {}; [ {} != 9 ] || kill -9 $$; exit {}")}),
                               "0\n3\n0\n9\n0\n");
    VERIFY_RAN(ran, ran.code == 1 && ran.complaint().contains(QLatin1String("2 of 5 items failed")));
    QCOMPARE(ran.output, QByteArray("0\n3\n0\n9\n0\n"));
    const QByteArray lines = contentOf(log);
    QVERIFY2(lines.contains("\t0\t2\t3\t0\tsh -c ") && lines.contains("\t0\t2\t0\t9\tsh -c "), lines.constData());
    const Ran missing = lab->shell(map({}, {QStringLiteral("no-such-program")}), "a\n");
    VERIFY_RAN(missing, missing.code == 1 && missing.complaint().contains(QLatin1String("item 1 (a): ")));
    VERIFY_RAN(missing, missing.complaint().contains(QLatin1String("no-such-program was not found")));
}

void TestMap::streamsStayApartAndBytesAreUntouched()
{
    const Ran ran =
        lab->shell(map({QStringLiteral("--null"), QStringLiteral("--env"), QStringLiteral("A=x y")},
                       {QStringLiteral("sh"), QStringLiteral("-c"),
                        QStringLiteral("printf '%s\\377\\033' \"$1\"; echo \"$A\" >&2"), QStringLiteral("name")}),
                   QByteArray("two\nlines\0b\0", 12));
    QCOMPARE(ran.code, 0);
    QCOMPARE(ran.output, QByteArray("two\nlines\377\033b\377\033"));
    QCOMPARE(ran.errors, QByteArray("x y\nx y\n"));
}

void TestMap::itemsOnTheCommandLineAndNoItems()
{
    const Ran ran = lab->shell(map({},
                                   {QStringLiteral("echo"), QStringLiteral("-{}-"), QStringLiteral(":::"),
                                    QStringLiteral("a"), QStringLiteral("b c")}));
    QCOMPARE(ran.output, QByteArray("-a-\n-b c-\n"));
    const Ran none = lab->shell(map({}, {QStringLiteral("echo")}), "");
    VERIFY_RAN(none, none.code == 0 && none.output.isEmpty() && none.errors.isEmpty());
    const Ran nothing = lab->shell({QStringLiteral("map")});
    VERIFY_RAN(nothing, nothing.code == 2 && nothing.complaint().contains(QLatin1String("give a command")));
}

void TestMap::jobsLimitsWhatIsUnfinished()
{
    const QString folder = fileOf("running");
    const QString script = QStringLiteral("mkdir %1 || exit 9; sleep 0.02; rmdir %1").arg(folder);
    const Ran ran = lab->shell(
        map({QStringLiteral("--jobs"), QStringLiteral("1")}, {QStringLiteral("sh"), QStringLiteral("-c"), script}),
        numbers(20));
    VERIFY_RAN(ran, ran.code == 0);
    const Ran wrong = lab->shell(map({QStringLiteral("--jobs"), QStringLiteral("0")}, {QStringLiteral("true")}), "1\n");
    VERIFY_RAN(wrong, wrong.code == 2 && wrong.complaint().contains(QLatin1String("--jobs")));
}

void TestMap::withoutAWorkerItSaysWhy()
{
    const auto process =
        begin(map({QStringLiteral("--tag"), QStringLiteral("gpu")}, {QStringLiteral("true")}), "1\n2\n");
    QByteArray errors;
    const bool said = QTest::qWaitFor(
        [&] {
            errors += process->readAllStandardError();
            return errors.contains("waiting: No connected worker with drover.run has the tags gpu.");
        },
        10'000);
    QVERIFY2(said, errors.constData());
    QVERIFY(processtable::interrupt(process->processId()));
    const Ran ran = Lab::result(*process);
    VERIFY_RAN(ran, ran.code == 130 && ran.complaint().contains(QLatin1String("cancelling the 2 items")));
}

void TestMap::jsonHasOneObjectAnItem()
{
    const Ran ran = lab->shell(map({QStringLiteral("--json")},
                                   {QStringLiteral("sh"), QStringLiteral("-c"), QStringLiteral("echo {}; exit {}")}),
                               "0\n3\n");
    QCOMPARE(ran.code, 1);
    const QList<QJsonObject> lines = ran.lines();
    QCOMPARE(lines.size(), 2);
    QCOMPARE(lines[1][QLatin1String("seq")].toInt(), 2);
    QCOMPARE(lines[1][QLatin1String("item")].toString(), QStringLiteral("3"));
    QCOMPARE(lines[1][QLatin1String("exitCode")].toInt(), 3);
    QCOMPARE(lines[1][QLatin1String("output")].toString(), QStringLiteral("3\n"));
}

void TestMap::aTerminalShowsABarThatLeavesNothingBehind()
{
    QProcess terminal;
    terminal.setProcessChannelMode(QProcess::SeparateChannels);
    terminal.setStandardInputFile(QProcess::nullDevice());
    terminal.start(QStringLiteral("script"),
                   {QStringLiteral("-qec"),
                    QStringLiteral("%1 map --home %2 -- sh -c 'sleep 0.{}; echo out {}' ::: 1 9 5")
                        .arg(Lab::program(), lab->home()),
                    QStringLiteral("/dev/null")});
    const Ran ran = Lab::result(terminal);
    VERIFY_RAN(ran, ran.code == 0);
    QByteArray screen = ran.output;
    VERIFY_RAN(ran, screen.contains("\r[") && screen.contains(">") && screen.contains("] 1/3, 0:0"));
    VERIFY_RAN(ran, screen.contains(" left\x1b[K"));
    // what a terminal shows in the end: each bar is overwritten by what follows it
    QByteArray left;
    for (const QByteArray &line : screen.replace("\r\n", "\n").split('\n'))
        left += line.mid(line.lastIndexOf('\r') + 1).replace("\x1b[K", "") + '\n';
    QCOMPARE(left.trimmed(), QByteArray("out 1\nout 9\nout 5"));
}

DROVER_TEST_MAIN(TestMap)

#include "tst_map.moc"
