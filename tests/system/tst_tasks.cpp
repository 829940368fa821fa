// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "system/lab.h"
#include "testing/main.h"

#include <QtCore/QFile>

// The verbs that look after tasks: list, result, logs, retry, events, and what waiting verbs say.
class TestTasks : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<Lab> lab;
    static QStringList words(const char *line) { return QString::fromUtf8(line).split(u' ', Qt::SkipEmptyParts); }
    QString submit(const QStringList &all) const
    {
        const Ran ran = lab->shell(QStringList{QStringLiteral("submit")} + all);
        return ran.code == 0 ? ran.text() : QString();
    }
    QString submitScript(const QString &script) const
    {
        return submit(
            {QStringLiteral("--command"), QStringLiteral("--"), QStringLiteral("sh"), QStringLiteral("-c"), script});
    }
    bool tryState(const QString &id, const char *state) const
    {
        return QTest::qWaitFor([&] { return lab->stateOf(id) == QLatin1String(state); }, 20'000);
    }
    //! Reads standard error of \a process until it has \a text.
    static bool awaitError(QProcess &process, const QByteArray &text)
    {
        QByteArray all;
        return QTest::qWaitFor(
            [&] {
                all += process.readAllStandardError();
                return all.contains(text);
            },
            20'000);
    }

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { lab.reset(); }
    void resultPrintsWhatATaskGave();
    void resultOfWhatRunsIsNotThereYet();
    void logsOfFunctionsAreKept();
    void logsOfCommandsAreTheirOutput();
    void logsFollowACommandToItsEnd();
    void aSecondReaderTakesNothingFromTheFirst();
    void retryRunsAgainOrNow();
    void listFiltersAndPages();
    void listAgainEachSecond();
    void eventsTellTasksAndWorkers();
    void waitingVerbsSayWhy_data();
    void waitingVerbsSayWhy();
    void whoOnlyWaitsLeavesTheTaskAlone();
};

void TestTasks::initTestCase()
{
    lab = std::make_unique<Lab>();
    QVERIFY2(lab->startBroker(), qPrintable(lab->log(QStringLiteral("broker"))));
    QVERIFY(lab->startWorker(QStringLiteral("lab-1"), {QStringLiteral("--slots"), QStringLiteral("4")}));
    QVERIFY2(lab->awaitFunction(QStringLiteral("test.sleep")), qPrintable(lab->log(QStringLiteral("lab-1"))));
}

void TestTasks::resultPrintsWhatATaskGave()
{
    const QString sum = submit(words("lab.add 2 3"));
    const Ran ran = lab->shell({QStringLiteral("result"), QStringLiteral("-w"), sum});
    VERIFY_RAN(ran, ran.code == 0 && ran.text() == QLatin1String("5"));
    const QString command = submitScript(QStringLiteral("printf 'a\\377\\033'; echo b >&2; exit 7"));
    const Ran output = lab->shell({QStringLiteral("result"), QStringLiteral("--wait"), command});
    QCOMPARE(output.code, 7);
    QCOMPARE(output.output, QByteArray("a\377\033"));
    QCOMPARE(output.errors, QByteArray("b\n"));
    const Ran waited = lab->shell({QStringLiteral("wait"), command});
    VERIFY_RAN(waited, waited.code == 7 && waited.output == output.output);
    const Ran json = lab->shell({QStringLiteral("result"), QStringLiteral("--json"), command});
    QCOMPARE(json.json()[QLatin1String("exitCode")].toInt(), 7);
    QCOMPARE(json.json()[QLatin1String("errorOutput")].toString(), QStringLiteral("b\n"));
}

void TestTasks::resultOfWhatRunsIsNotThereYet()
{
    const QString id = submit(words("test.sleep 60000"));
    QVERIFY(tryState(id, "STARTED"));
    const Ran ran = lab->shell({QStringLiteral("result"), id});
    VERIFY_RAN(ran, ran.code == 124 && ran.output.isEmpty());
    VERIFY_RAN(ran,
               ran.complaint().contains(QLatin1String("STARTED")) && ran.complaint().contains(QLatin1String("--wait")));
    const Ran wait = lab->shell(
        {QStringLiteral("result"), QStringLiteral("-w"), QStringLiteral("--timeout"), QStringLiteral("100ms"), id});
    VERIFY_RAN(wait, wait.code == 124 && wait.complaint().contains(QLatin1String("goes on")));
    QCOMPARE(lab->shell({QStringLiteral("cancel"), id}).code, 0);
}

void TestTasks::logsOfFunctionsAreKept()
{
    const QString id = submit(words("test.emit 3"));
    QVERIFY(tryState(id, "SUCCESS"));
    const Ran ran = lab->shell({QStringLiteral("logs"), id});
    VERIFY_RAN(ran, ran.code == 0 && ran.output == "line 1\nline 2\nline 3\n" && ran.errors.isEmpty());
    const Ran json = lab->shell({QStringLiteral("logs"), QStringLiteral("--json"), id});
    QCOMPARE(json.json()[QLatin1String("log")].toString(), QStringLiteral("line 1\nline 2\nline 3\n"));
    QCOMPARE(json.json()[QLatin1String("worker")].toString(), QStringLiteral("lab-1"));
    const QString many = submit(words("test.emit 20000"));
    QVERIFY(tryState(many, "SUCCESS"));
    const Ran tail = lab->shell({QStringLiteral("logs"), many});
    VERIFY_RAN(tail, tail.output.size() <= 8192 && tail.output.size() > 8000 && tail.output.endsWith("line 20000\n"));
}

void TestTasks::logsOfCommandsAreTheirOutput()
{
    const QString id = submitScript(QStringLiteral("printf 'a\\033\\n'; echo b >&2; exit 3"));
    QVERIFY(tryState(id, "FAILURE"));
    const Ran ran = lab->shell({QStringLiteral("logs"), id});
    VERIFY_RAN(ran, ran.code == 0 && ran.output == "a\033\n" && ran.errors == "b\n");
    const QString waiting = submit(words("--eta +1h lab.add 1 1"));
    const Ran none = lab->shell({QStringLiteral("logs"), waiting});
    VERIFY_RAN(none, none.code == 0 && none.output.isEmpty() && none.complaint().contains(QLatin1String("SCHEDULED")));
    QCOMPARE(lab->shell({QStringLiteral("cancel"), waiting}).code, 0);
}

void TestTasks::logsFollowACommandToItsEnd()
{
    const QString go = lab->home() + QStringLiteral("/follow");
    const QString id =
        submitScript(QStringLiteral("echo first; while [ ! -e %1 ]; do sleep 0.02; done; echo second").arg(go));
    QVERIFY(tryState(id, "STARTED"));
    const Ran part = lab->shell({QStringLiteral("logs"), id});
    VERIFY_RAN(part, part.code == 0 && part.output == "first\n");
    const auto follow = lab->start({QStringLiteral("logs"), QStringLiteral("-f"), id});
    QTRY_VERIFY_WITH_TIMEOUT(follow->bytesAvailable() > 0, 20'000);
    QCOMPARE(follow->state(), QProcess::Running);
    QVERIFY(QFile(go).open(QFile::WriteOnly));
    const Ran ran = Lab::result(*follow);
    VERIFY_RAN(ran, ran.code == 0 && ran.output == "first\nsecond\n");
}

void TestTasks::aSecondReaderTakesNothingFromTheFirst()
{
    const QString go = lab->home() + QStringLiteral("/both");
    const auto first = lab->start(
        {QStringLiteral("run"), QStringLiteral("--"), QStringLiteral("sh"), QStringLiteral("-c"),
         QStringLiteral(
             "echo one; echo uno >&2; while [ ! -e %1 ]; do sleep 0.02; done; echo two; echo due >&2; exit 4")
             .arg(go)});
    QTRY_VERIFY_WITH_TIMEOUT(first->bytesAvailable() > 0, 20'000);
    const QString id = lab->shell(words("list --json --function drover.run --state STARTED --limit 1"))
                           .json()[QLatin1String("id")]
                           .toString();
    const auto second = lab->start({QStringLiteral("logs"), QStringLiteral("-f"), id});
    QTRY_VERIFY_WITH_TIMEOUT(second->bytesAvailable() > 0, 20'000);
    QVERIFY(QFile(go).open(QFile::WriteOnly));
    const Ran logs = Lab::result(*second);
    VERIFY_RAN(logs, logs.code == 0 && logs.output == "one\ntwo\n" && logs.errors == "uno\ndue\n");
    const Ran ran = Lab::result(*first);
    VERIFY_RAN(ran, ran.code == 4 && ran.output == "one\ntwo\n" && ran.errors == "uno\ndue\n");
}

void TestTasks::retryRunsAgainOrNow()
{
    const QString id = submit(words("lab.add 4 5"));
    QVERIFY(tryState(id, "SUCCESS"));
    const Ran again = lab->shell({QStringLiteral("retry"), id});
    VERIFY_RAN(again, again.code == 0 && again.text().size() == 36 && again.text() != id);
    QCOMPARE(lab->shell({QStringLiteral("wait"), again.text()}).text(), QStringLiteral("9"));
    const QString later = submit(words("--eta +1h lab.add 1 2"));
    const Ran now = lab->shell({QStringLiteral("retry"), QStringLiteral("--json"), later});
    QCOMPARE(now.json()[QLatin1String("id")].toString(), later);
    QCOMPARE(lab->shell({QStringLiteral("wait"), later}).text(), QStringLiteral("3"));
    const QString running = submit(words("test.sleep 60000"));
    QVERIFY(tryState(running, "STARTED"));
    const Ran refused = lab->shell({QStringLiteral("retry"), running});
    VERIFY_RAN(refused, refused.code == 1 && refused.complaint().contains(QLatin1String("is running")));
    QCOMPARE(lab->shell({QStringLiteral("cancel"), running}).code, 0);
    const Ran unknown = lab->shell(words("retry 01a1ff6a-fca1-7000-8092-2093acc813ee"));
    VERIFY_RAN(unknown, unknown.code == 125 && unknown.complaint().contains(QLatin1String("01a1ff6a")));
}

void TestTasks::listFiltersAndPages()
{
    QStringList ids;
    for (int i = 0; i < 3; ++i)
        ids.prepend(submit(words("--queue listed lab.add 1 1")));
    const QString waiting = submit(words("--queue listed --tag none test.noop"));
    for (const QString &id : std::as_const(ids))
        QVERIFY(tryState(id, "SUCCESS"));
    const auto idsOf = [this](const char *line) {
        QStringList found;
        for (const QJsonObject &task : lab->shell(words(line)).lines())
            found.append(task[QLatin1String("id")].toString());
        return found;
    };
    QCOMPARE(idsOf("list --json --queue listed"), QStringList{waiting} + ids);
    QCOMPARE(idsOf("list --json --queue listed --state success"), ids);
    QCOMPARE(idsOf("list --json --queue listed --state PENDING,FAILURE"), QStringList{waiting});
    QCOMPARE(idsOf("list --json --queue listed --function lab.add --worker lab-1"), ids);
    QCOMPARE(idsOf("list --json --queue listed --limit 2"), (QStringList{waiting, ids[0]}));
    const Ran table = lab->shell(words("list --queue listed --limit 2"));
    VERIFY_RAN(table, table.text().startsWith(QLatin1String("ID  ")) && table.text().contains(waiting));
    VERIFY_RAN(table, table.complaint().contains(QLatin1String("--limit")));
    const Ran none = lab->shell(words("list --queue nobody-has-it"));
    VERIFY_RAN(none, none.code == 0 && none.text() == QLatin1String("There is no such task."));
    for (const char *wrong : {"list --state DANCING", "list --limit 0", "list --batch x"}) {
        const Ran ran = lab->shell(words(wrong));
        VERIFY_RAN(ran, ran.code == 2 && ran.complaint().contains(words(wrong)[1]));
    }
    QCOMPARE(lab->shell({QStringLiteral("cancel"), waiting}).code, 0);
}

void TestTasks::listAgainEachSecond()
{
    const auto list = lab->start(words("list --watch --queue watched"));
    QTRY_VERIFY_WITH_TIMEOUT(list->bytesAvailable() > 0, 20'000);
    const QString id = submit(words("--queue watched lab.add 1 1"));
    QByteArray output;
    const bool listed = QTest::qWaitFor(
        [&] {
            output += list->readAllStandardOutput();
            return output.contains(id.toUtf8());
        },
        20'000);
    QVERIFY2(listed && !output.contains('\x1b'), output.constData());
    QVERIFY(processtable::interrupt(list->processId()));
    QCOMPARE(Lab::result(*list).code, 130);
}

void TestTasks::eventsTellTasksAndWorkers()
{
    const auto events = lab->start(words("events --json"));
    const auto readable = lab->start(words("events --function test.throw"));
    QByteArray told;
    const auto tells = [&](const QByteArray &text) {
        // the tables are there at some moment after the start: until then nothing is told
        return QTest::qWaitFor(
            [&] {
                (void)lab->shell(words("call lab.add 1 2"));
                told += events->readAllStandardOutput();
                return told.contains(text);
            },
            20'000);
    };
    QVERIFY2(tells("\"state\":\"SUCCESS\""), told.constData());
    QVERIFY(lab->startWorker(QStringLiteral("lab-2")));
    QVERIFY2(tells("\"event\":\"came\""), told.constData());
    QVERIFY(told.contains("\"worker\":\"lab-2\""));
    QVERIFY(lab->end(QStringLiteral("lab-2")));
    QVERIFY2(tells("\"event\":\"is "), told.constData());
    const QString evil = QStringLiteral("\x1b[2J");
    QCOMPARE(lab->shell({QStringLiteral("call"), QStringLiteral("test.throw"), evil}).code, 1);
    QByteArray lines;
    QTRY_VERIFY_WITH_TIMEOUT((lines += readable->readAllStandardOutput()).contains("FAILURE test.throw"), 20'000);
    for (QProcess *process : {events.get(), readable.get()})
        QVERIFY(processtable::interrupt(process->processId()));
    QCOMPARE(Lab::result(*events).code, 130);
    QCOMPARE(Lab::result(*readable).code, 130);
    QVERIFY2(lines.contains("\\u001b[2J") && !lines.contains('\x1b'), lines.constData());
    QVERIFY2(!lines.contains("lab.add") && !lines.contains("worker lab-2"), lines.constData());
    QCOMPARE(lab->shell(words("events --for 10ms")).code, 0);
}

void TestTasks::waitingVerbsSayWhy_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QByteArray>("why");
    QTest::newRow("call") << QStringLiteral("call --tag gpu lab.add 1 2")
                          << QByteArray("waiting: No connected worker with lab.add has the tags gpu.");
    QTest::newRow("call of what nobody has")
        << QStringLiteral("call no.such 1") << QByteArray("waiting: No connected worker offers no.such.");
    QTest::newRow("run") << QStringLiteral("run --tag gpu -- true")
                         << QByteArray("waiting: No connected worker with drover.run");
    QTest::newRow("map") << QStringLiteral("map --tag gpu -- true ::: a")
                         << QByteArray("waiting: No connected worker with drover.run");
    QTest::newRow("wait") << QStringLiteral("wait ID") << QByteArray("waiting: No connected worker offers no.such.");
    QTest::newRow("result") << QStringLiteral("result -w ID")
                            << QByteArray("waiting: No connected worker offers no.such.");
    QTest::newRow("logs") << QStringLiteral("logs -f ID") << QByteArray("waiting: No connected worker offers no.such.");
}

void TestTasks::waitingVerbsSayWhy()
{
    QFETCH(QString, line);
    QFETCH(QByteArray, why);
    const bool isOwn = !line.contains(QLatin1String("ID"));
    const QString id = isOwn ? QString() : submit(words("no.such"));
    const auto process = lab->start(words(line.replace(QLatin1String("ID"), id).toUtf8().constData()));
    QVERIFY(awaitError(*process, why));
    QVERIFY(processtable::interrupt(process->processId()));
    const Ran ran = Lab::result(*process);
    if (line.startsWith(QLatin1String("logs")))
        return;
    VERIFY_RAN(ran, ran.code == 130);
    VERIFY_RAN(ran, ran.complaint().contains(isOwn ? QLatin1String("cancelling") : QLatin1String("the task goes on")));
}

void TestTasks::whoOnlyWaitsLeavesTheTaskAlone()
{
    const QString id = submit(words("test.sleep 60000"));
    QVERIFY(tryState(id, "STARTED"));
    const auto wait = lab->start({QStringLiteral("wait"), id});
    // it may be asked before it catches the signal: then it dies of it, and the task goes on all the same
    QVERIFY(wait->waitForStarted());
    QVERIFY(processtable::interrupt(wait->processId()));
    const Ran ran = Lab::result(*wait);
    VERIFY_RAN(ran, ran.code == 130 || wait->exitStatus() == QProcess::CrashExit);
    QCOMPARE(lab->stateOf(id), QStringLiteral("STARTED"));
    QCOMPARE(lab->shell({QStringLiteral("cancel"), id}).code, 0);
}

DROVER_TEST_MAIN(TestTasks)

#include "tst_tasks.moc"
