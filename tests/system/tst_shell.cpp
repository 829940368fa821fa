// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "system/lab.h"
#include "testing/main.h"

// The verbs of the shell but for `run`, against a broker and a worker.
class TestShell : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<Lab> lab;
    QString submit(const QStringList &words) const
    {
        const Ran ran = lab->shell(QStringList{QStringLiteral("submit")} + words);
        return ran.code == 0 ? ran.text() : QString();
    }
    static QStringList words(const char *line) { return QString::fromUtf8(line).split(u' ', Qt::SkipEmptyParts); }
    bool trySucceeds(const QString &id) const
    {
        return QTest::qWaitFor([&] { return lab->stateOf(id) == QLatin1String("SUCCESS"); }, 10'000);
    }

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { lab.reset(); }
    void helpListsEveryVerb();
    void everyVerbHasHelpAndRefusesUnknownOptions_data();
    void everyVerbHasHelpAndRefusesUnknownOptions();
    void withoutABrokerAVerbFailsWithAReason();
    void statusDoesNotStartABroker();
    void mistakesInOptionsNameTheOption_data();
    void mistakesInOptionsNameTheOption();
    void callPrintsTheResult_data();
    void callPrintsTheResult();
    void wrongArgumentNamesParameterAndType();
    void failingTaskPrintsTypeAndMessage();
    void callOfWhatNoWorkerHasWaits();
    void interruptedCallCancelsItsTask();
    void submitPrintsTheIdOfADurableTask();
    void waitPrintsTheResult();
    void waitGivesUpAfterItsTimeout();
    void idsThatAreUnknownOrNone_data();
    void idsThatAreUnknownOrNone();
    void showTellsStatesAndAttempts();
    void cancelEndsWaitingAndRunningTasks();
    void workersAndStatusTellWhatIsThere();
    void discoverHearsTheWorker();
    void namesAndErrorsCannotSteerTheTerminal();
};

void TestShell::initTestCase()
{
    lab = std::make_unique<Lab>();
    QVERIFY2(lab->startBroker(), qPrintable(lab->log(QStringLiteral("broker"))));
    QVERIFY(lab->startWorker(QStringLiteral("lab-1"), {QStringLiteral("--slots"), QStringLiteral("2")}));
    QVERIFY2(lab->awaitFunction(QStringLiteral("test.sleep")), qPrintable(lab->log(QStringLiteral("lab-1"))));
}

void TestShell::helpListsEveryVerb()
{
    const Ran ran = lab->shell({QStringLiteral("--help")});
    QCOMPARE(ran.code, 0);
    for (const QString &verb : words("run call submit wait show cancel workers status discover trust worker broker"))
        VERIFY_RAN(ran, ran.text().contains(QStringLiteral("\n  %1 ").arg(verb)));
    VERIFY_RAN(ran, !ran.text().contains(QLatin1String("executor")));
    const Ran unknown = lab->shell({QStringLiteral("dance")});
    QCOMPARE(unknown.code, 2);
    VERIFY_RAN(unknown, unknown.complaint().contains(QLatin1String("\"dance\"")));
}

void TestShell::everyVerbHasHelpAndRefusesUnknownOptions_data()
{
    QTest::addColumn<QString>("verb");
    for (const QString &verb : words("run call submit wait show cancel workers status discover trust worker broker"))
        QTest::newRow(qPrintable(verb)) << verb;
}

void TestShell::everyVerbHasHelpAndRefusesUnknownOptions()
{
    QFETCH(QString, verb);
    const Ran help = lab->shell({verb, QStringLiteral("--help")});
    QCOMPARE(help.code, 0);
    VERIFY_RAN(help, help.text().startsWith(QStringLiteral("Usage: drover %1").arg(verb)) && help.errors.isEmpty());
    VERIFY_RAN(help, help.text().contains(QLatin1String("--json")) && help.text().contains(QLatin1String("--broker")));
    const Ran wrong = lab->shell({verb, QStringLiteral("--nonsense")});
    QCOMPARE(wrong.code, 2);
    VERIFY_RAN(wrong, wrong.complaint().contains(QLatin1String("nonsense")) && wrong.output.isEmpty());
}

void TestShell::withoutABrokerAVerbFailsWithAReason()
{
    const QString id = submit(words("lab.add 1 1"));
    std::vector<std::unique_ptr<QProcess>> runs;
    for (const char *line : {"run -- true", "call lab.add 2 3", "submit lab.add 2 3", "workers", "status"}) {
        QStringList all = words(line);
        all.insert(1, QStringLiteral("--broker"));
        all.insert(2, QStringLiteral("drover://127.0.0.1:1"));
        runs.push_back(lab->start(all));
    }
    for (const char *verb : {"wait", "show", "cancel"})
        runs.push_back(lab->start(
            {QString::fromLatin1(verb), QStringLiteral("--broker"), QStringLiteral("drover://127.0.0.1:1"), id}));
    for (const auto &process : runs) {
        const Ran ran = Lab::result(*process);
        QCOMPARE(ran.code, 125);
        VERIFY_RAN(ran, ran.complaint().contains(QLatin1String("127.0.0.1:1 cannot be reached: Connection refused")));
    }
    const Ran scheme = lab->shell(words("status --broker gopher://x"));
    QCOMPARE(scheme.code, 125);
    VERIFY_RAN(scheme, scheme.complaint().contains(QLatin1String("gopher")));
}

void TestShell::statusDoesNotStartABroker()
{
    const Lab empty;
    const Ran ran = empty.shell({QStringLiteral("status")});
    QCOMPARE(ran.code, 125);
    VERIFY_RAN(ran, ran.complaint().contains(QLatin1String("broker")));
    QVERIFY(!QFile::exists(empty.home() + QStringLiteral("/broker.json")));
}

void TestShell::mistakesInOptionsNameTheOption_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("named");
    QTest::newRow("priority") << QStringLiteral("call --priority 101 lab.add 1 2") << QStringLiteral("--priority");
    QTest::newRow("retries") << QStringLiteral("call --retries x lab.add 1 2") << QStringLiteral("--retries");
    QTest::newRow("timeout") << QStringLiteral("run --timeout soon -- true") << QStringLiteral("--timeout");
    QTest::newRow("no time") << QStringLiteral("call --timeout 0 lab.add 1 2") << QStringLiteral("--timeout");
    QTest::newRow("backoff") << QStringLiteral("call --backoff -1 lab.add 1 2") << QStringLiteral("--backoff");
    QTest::newRow("eta") << QStringLiteral("submit --eta yesterday lab.add 1 2") << QStringLiteral("--eta");
    QTest::newRow("expires") << QStringLiteral("submit --expires +x lab.add 1 2") << QStringLiteral("--expires");
    QTest::newRow("env") << QStringLiteral("run --env novalue -- true") << QStringLiteral("--env");
    QTest::newRow("wait") << QStringLiteral("wait --timeout x 01a1ff6a-fca1-7000-8092-2093acc813ee")
                          << QStringLiteral("\"x\"");
    QTest::newRow("slots") << QStringLiteral("worker --slots 0") << QStringLiteral("--slots");
    QTest::newRow("port of a worker") << QStringLiteral("worker --port 70000") << QStringLiteral("--port");
    QTest::newRow("listen of a worker") << QStringLiteral("worker --listen here") << QStringLiteral("--listen");
    QTest::newRow("plugin") << QStringLiteral("worker --plugin /nowhere/x.so") << QStringLiteral("/nowhere/x.so");
    QTest::newRow("durability") << QStringLiteral("broker --durability paper") << QStringLiteral("--durability");
    QTest::newRow("port of a broker") << QStringLiteral("broker --port -1") << QStringLiteral("--port");
    QTest::newRow("discover") << QStringLiteral("discover --for ever") << QStringLiteral("\"ever\"");
    QTest::newRow("trust") << QStringLiteral("trust add zz") << QStringLiteral("\"z\" is none");
    QTest::newRow("roles") << QStringLiteral("trust add --roles king ") + QString(64, u'a') << QStringLiteral("king");
    QTest::newRow("call of nothing") << QStringLiteral("call") << QStringLiteral("function");
    QTest::newRow("run of nothing") << QStringLiteral("run") << QStringLiteral("command");
    QTest::newRow("submit of nothing") << QStringLiteral("submit") << QStringLiteral("function");
}

void TestShell::mistakesInOptionsNameTheOption()
{
    QFETCH(QString, line);
    QFETCH(QString, named);
    const Ran ran = lab->shell(line.split(u' '));
    VERIFY_RAN(ran, ran.code == 2 && ran.complaint().contains(named) && ran.output.isEmpty());
}

void TestShell::callPrintsTheResult_data()
{
    QTest::addColumn<QStringList>("line");
    QTest::addColumn<QString>("printed");
    QTest::newRow("add") << words("call lab.add 2 3") << QStringLiteral("5");
    QTest::newRow("negative") << words("call -- lab.add -2 -3") << QStringLiteral("-5");
    QTest::newRow("default") << words("call lab.power 7") << QStringLiteral("7");
    QTest::newRow("list") << QStringList{QStringLiteral("call"), QStringLiteral("lab.join"),
                                         QStringLiteral("[\"a\",\"b\"]")}
                          << QStringLiteral("a, b");
    QTest::newRow("no result") << words("call test.noop") << QString();
    QTest::newRow("options") << words("call --queue q --priority 5 --timeout 10s --retries 2 lab.add 1 1")
                             << QStringLiteral("2");
}

void TestShell::callPrintsTheResult()
{
    QFETCH(QStringList, line);
    QFETCH(QString, printed);
    const Ran ran = lab->shell(line);
    VERIFY_RAN(ran, ran.code == 0 && ran.text() == printed && ran.errors.isEmpty());
    line.insert(1, QStringLiteral("--json"));
    const Ran json = lab->shell(line);
    VERIFY_RAN(json, json.code == 0 && json.json()[QLatin1String("id")].isString());
    QCOMPARE(json.json()[QLatin1String("result")].toVariant().toString(), printed);
}

void TestShell::wrongArgumentNamesParameterAndType()
{
    const Ran type = lab->shell(words("call lab.add 2 x"));
    VERIFY_RAN(type, type.code == 2 && type.complaint().contains(QLatin1String("parameter 'y' is int")));
    const Ran few = lab->shell(words("call lab.add 2"));
    VERIFY_RAN(few, few.code == 2 && few.complaint().contains(QLatin1String("'y'")));
    const Ran many = lab->shell(words("submit lab.add 2 3 4"));
    VERIFY_RAN(many, many.code == 2 && many.complaint().contains(QLatin1String("lab.add")));
}

void TestShell::failingTaskPrintsTypeAndMessage()
{
    const Ran ran = lab->shell(words("call test.throw broken"));
    VERIFY_RAN(ran, ran.code == 1 && ran.complaint().contains(QLatin1String("std::runtime_error: broken")));
    const Ran json = lab->shell(words("call --json test.throw broken"));
    const QJsonObject error = json.json()[QLatin1String("error")].toObject();
    VERIFY_RAN(json, json.code == 1 && error[QLatin1String("type")].toString() == QLatin1String("std::runtime_error"));
    QCOMPARE(error[QLatin1String("reason")].toString(), QStringLiteral("exception"));
    const Ran late = lab->shell(words("call --timeout 200ms test.block 20000"));
    VERIFY_RAN(late, late.code == 124 && !late.errors.isEmpty());
}

void TestShell::callOfWhatNoWorkerHasWaits()
{
    const QString id = submit(words("no.such {\"a\":[1,null]} bare"));
    QVERIFY(!id.isEmpty());
    const QJsonObject task = lab->show(id);
    QCOMPARE(task[QLatin1String("state")].toString(), QStringLiteral("PENDING"));
    QVERIFY2(task[QLatin1String("why")].toString().contains(QLatin1String("no.such")),
             qPrintable(task[QLatin1String("why")].toString()));
    QCOMPARE(lab->shell({QStringLiteral("cancel"), id}).code, 0);
}

void TestShell::interruptedCallCancelsItsTask()
{
    const auto call = lab->start(words("call --queue interrupted test.sleep 60000"));
    QString id;
    const auto isStarted = [&] {
        id =
            lab->shell(words("list --json --queue interrupted --state STARTED")).json()[QLatin1String("id")].toString();
        return !id.isEmpty();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isStarted(), 10'000);
    QVERIFY(processtable::interrupt(call->processId()));
    const Ran ran = Lab::result(*call);
    VERIFY_RAN(ran, ran.code == 130 && ran.complaint().contains(QLatin1String("cancelling")));
    QTRY_COMPARE_WITH_TIMEOUT(lab->stateOf(id), QStringLiteral("REVOKED"), 10'000);
}

void TestShell::submitPrintsTheIdOfADurableTask()
{
    const Ran ran = lab->shell(words("submit lab.add 2 3"));
    VERIFY_RAN(ran, ran.code == 0 && ran.text().size() == 36 && ran.errors.isEmpty());
    const Ran json = lab->shell(words("submit --json --command -- sh -c true"));
    VERIFY_RAN(json, json.code == 0 && json.json()[QLatin1String("id")].toString().size() == 36);
    QVERIFY(trySucceeds(json.json()[QLatin1String("id")].toString()));
    const QString once = submit(words("--key once lab.add 4 4"));
    QCOMPARE(submit(words("--key once lab.add 4 4")), once);
}

void TestShell::waitPrintsTheResult()
{
    const QString id = submit(words("lab.add 20 3"));
    const Ran ran = lab->shell({QStringLiteral("wait"), id});
    VERIFY_RAN(ran, ran.code == 0 && ran.text() == QLatin1String("23"));
    const Ran json = lab->shell({QStringLiteral("wait"), QStringLiteral("--json"), id});
    QCOMPARE(json.json()[QLatin1String("result")].toInt(), 23);
    const Ran failed = lab->shell({QStringLiteral("wait"), submit(words("test.throw again"))});
    VERIFY_RAN(failed, failed.code == 1 && failed.complaint().contains(QLatin1String("again")));
}

void TestShell::waitGivesUpAfterItsTimeout()
{
    const QString id = submit(words("test.sleep 60000"));
    const Ran ran = lab->shell({QStringLiteral("wait"), QStringLiteral("--timeout"), QStringLiteral("100ms"), id});
    VERIFY_RAN(ran, ran.code == 124 && ran.complaint().contains(QLatin1String("goes on")));
    QCOMPARE(lab->shell({QStringLiteral("cancel"), id}).code, 0);
}

void TestShell::idsThatAreUnknownOrNone_data()
{
    QTest::addColumn<QString>("verb");
    for (const char *verb : {"wait", "show", "cancel"})
        QTest::newRow(verb) << QString::fromLatin1(verb);
}

void TestShell::idsThatAreUnknownOrNone()
{
    QFETCH(QString, verb);
    const QString unknown = QStringLiteral("01a1ff6a-fca1-7000-8092-2093acc813ee");
    const Ran ran = lab->shell({verb, unknown});
    VERIFY_RAN(ran, ran.code == 125 && ran.complaint().contains(unknown));
    const Ran garbage = lab->shell({verb, QStringLiteral("x")});
    VERIFY_RAN(garbage, garbage.code == 2 && garbage.complaint().contains(QLatin1String("\"x\"")));
    QCOMPARE(lab->shell({verb}).code, 2);
}

void TestShell::showTellsStatesAndAttempts()
{
    const QString id = submit(words("--retries 3 --backoff 10ms test.succeedAt 3"));
    QVERIFY(trySucceeds(id));
    const QJsonArray attempts = lab->show(id)[QLatin1String("attempts")].toArray();
    QCOMPARE(attempts.size(), 3);
    QCOMPARE(attempts[0][QLatin1String("error")][QLatin1String("message")].toString(), QStringLiteral("not yet"));
    QCOMPARE(attempts[2][QLatin1String("state")].toString(), QStringLiteral("SUCCESS"));
    const Ran text = lab->shell({QStringLiteral("show"), id});
    VERIFY_RAN(text,
               text.text().contains(QLatin1String("SUCCESS")) && text.text().contains(QLatin1String("test.succeedAt")));
    QCOMPARE(text.text().count(QLatin1String("on lab-1")), 3);
    const QString later = submit(words("--eta +1h lab.add 1 1"));
    QCOMPARE(lab->stateOf(later), QStringLiteral("SCHEDULED"));
    QCOMPARE(lab->shell({QStringLiteral("cancel"), later}).code, 0);
}

void TestShell::cancelEndsWaitingAndRunningTasks()
{
    const QString waiting = submit(words("--tag none-has-it lab.add 1 1"));
    const Ran done = lab->shell({QStringLiteral("cancel"), waiting});
    VERIFY_RAN(done, done.code == 0 && done.text() == QLatin1String("cancelled"));
    QCOMPARE(lab->stateOf(waiting), QStringLiteral("REVOKED"));
    const QString running = submit(words("test.sleep 60000"));
    QTRY_COMPARE_WITH_TIMEOUT(lab->stateOf(running), QStringLiteral("STARTED"), 10'000);
    const Ran asked = lab->shell({QStringLiteral("cancel"), running});
    VERIFY_RAN(asked, asked.code == 0 && asked.text().startsWith(QLatin1String("requested")));
    QTRY_COMPARE_WITH_TIMEOUT(lab->stateOf(running), QStringLiteral("REVOKED"), 10'000);
    const Ran again = lab->shell({QStringLiteral("cancel"), running});
    VERIFY_RAN(again, again.code == 0 && again.text() == QLatin1String("cancelled"));
    const QString ended = submit(words("lab.add 1 1"));
    QVERIFY(trySucceeds(ended));
    const Ran late = lab->shell({QStringLiteral("cancel"), ended});
    VERIFY_RAN(late, late.code == 1 && late.text().startsWith(QLatin1String("too late")));
    QCOMPARE(lab->shell({QStringLiteral("wait"), running}).code, 1);
}

void TestShell::workersAndStatusTellWhatIsThere()
{
    const QJsonObject worker = lab->shell(words("workers --json")).json();
    QCOMPARE(worker[QLatin1String("name")].toString(), QStringLiteral("lab-1"));
    QCOMPARE(worker[QLatin1String("slots")].toInt(), 2);
    const Ran table = lab->shell(words("workers"));
    VERIFY_RAN(table, table.text().contains(QLatin1String("lab-1")) && table.text().contains(QLatin1String("lab.fib")));
    const QJsonObject status = lab->shell(words("status --json")).json();
    QCOMPARE(status[QLatin1String("pid")].toInteger(), lab->process(QStringLiteral("broker")).processId());
    QCOMPARE(status[QLatin1String("durability")].toString(), QStringLiteral("disk"));
    QCOMPARE(status[QLatin1String("workers")].toInt(), 1);
    const Ran text = lab->shell(words("status"));
    VERIFY_RAN(text, text.code == 0 && text.text().contains(lab->home()));
}

void TestShell::discoverHearsTheWorker()
{
    const Ran ran = lab->shell(words("discover --for 500ms --json"));
    VERIFY_RAN(ran, ran.code == 0 && ran.json()[QLatin1String("name")].toString() == QLatin1String("lab-1"));
    VERIFY_RAN(ran, ran.json()[QLatin1String("trusted")].toBool());
    const Ran text = lab->shell(words("discover --for 500ms"));
    VERIFY_RAN(text,
               text.text().contains(QLatin1String("worker lab-1 at 127.0.0.1"))
                   && text.text().contains(QLatin1String("trusted: work")));
}

void TestShell::namesAndErrorsCannotSteerTheTerminal()
{
    const QString evil = QStringLiteral("\x1b]0;owned\x07") + QChar(0x202e) + QChar(0x9b) + QStringLiteral("2J");
    const auto isClean = [](const Ran &ran) {
        const QString all = QString::fromUtf8(ran.output + ran.errors);
        return !all.contains(QChar(0x1b)) && !all.contains(QChar(7)) && !all.contains(QChar(0x202e))
            && !all.contains(QChar(0x9b));
    };
    const Ran thrown = lab->shell({QStringLiteral("call"), QStringLiteral("test.throw"), evil});
    VERIFY_RAN(thrown,
               thrown.code == 1 && isClean(thrown)
                   && thrown.complaint().contains(QLatin1String("\\u001b]0;owned\\u0007\\u202e")));
    const QString id = submit({QStringLiteral("--queue"), evil, QStringLiteral("test.") + evil, evil});
    const Ran shown = lab->shell({QStringLiteral("show"), id});
    VERIFY_RAN(shown, shown.code == 0 && isClean(shown) && shown.text().contains(QLatin1String("\\u001b]0;owned")));
    const Ran json = lab->shell({QStringLiteral("show"), QStringLiteral("--json"), id});
    VERIFY_RAN(json, json.code == 0 && isClean(json));
    QCOMPARE(json.json()[QLatin1String("queue")].toString(), evil);
    QCOMPARE(lab->shell({QStringLiteral("cancel"), id}).code, 0);
    const Ran verb = lab->shell({evil});
    VERIFY_RAN(verb, verb.code == 2 && isClean(verb));
}

DROVER_TEST_MAIN(TestShell)

#include "tst_shell.moc"
