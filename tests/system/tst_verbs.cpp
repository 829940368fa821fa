// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "system/lab.h"
#include "testing/main.h"

#include <QtCore/QFile>

// What is the same for every verb, in a loop over the table of verbs; and what is made from that table.
class TestVerbs : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<Lab> lab;
    QList<QJsonObject> table;
    static QString nameOf(const QJsonObject &verb) { return verb[QLatin1String("name")].toString(); }
    static bool takesArguments(const QJsonObject &verb)
    {
        return !verb[QLatin1String("arguments")].toString().isEmpty();
    }
    //! A command line of \a verb that is right.
    static QStringList someUseOf(const QString &verb)
    {
        static const QHash<QString, QStringList> uses{
            {QStringLiteral("run"), {QStringLiteral("--"), QStringLiteral("true")}},
            {QStringLiteral("call"), {QStringLiteral("lab.add"), QStringLiteral("1"), QStringLiteral("2")}},
            {QStringLiteral("map"),
             {QStringLiteral("--"), QStringLiteral("true"), QStringLiteral(":::"), QStringLiteral("a")}},
            {QStringLiteral("submit"), {QStringLiteral("lab.add"), QStringLiteral("1"), QStringLiteral("2")}},
        };
        static const QStringList alone{QStringLiteral("list"), QStringLiteral("events"), QStringLiteral("workers"),
                                       QStringLiteral("status"), QStringLiteral("compact")};
        if (alone.contains(verb))
            return {};
        return uses.value(verb, {QStringLiteral("01a1ff6a-fca1-7000-8092-2093acc813ee")});
    }
    void eachVerb()
    {
        QTest::addColumn<QJsonObject>("verb");
        for (const QJsonObject &verb : std::as_const(table))
            QTest::newRow(qPrintable(nameOf(verb))) << verb;
    }
    //! Runs a program of the system; not run at all: code -1.
    static Ran program(const QString &name, const QStringList &words)
    {
        QProcess process;
        process.setProcessEnvironment([] {
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
            environment.insert(QStringLiteral("MANWIDTH"), QStringLiteral("80"));
            environment.insert(QStringLiteral("MANPAGER"), QStringLiteral("cat"));
            return environment;
        }());
        process.start(name, words);
        return Lab::result(process);
    }
    //! What bash offers behind \a line, the last word of which is to be completed.
    QStringList completed(const QStringList &line) const;

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { lab.reset(); }
    void helpTellsOptionsExamplesAndExitCodes_data() { eachVerb(); }
    void helpTellsOptionsExamplesAndExitCodes();
    void wrongArgumentsAreNamed_data() { eachVerb(); }
    void wrongArgumentsAreNamed();
    void withoutABrokerItSaysWhy_data() { eachVerb(); }
    void withoutABrokerItSaysWhy();
    void whereNoneCanBeStartedItSaysWhy_data() { eachVerb(); }
    void whereNoneCanBeStartedItSaysWhy();
    void manualPagesAreFormattedWithoutAWarning_data() { eachVerb(); }
    void manualPagesAreFormattedWithoutAWarning();
    void allDocumentsAreWritten();
    void bashCompletesVerbsOptionsAndWords_data();
    void bashCompletesVerbsOptionsAndWords();
    void otherShellsTakeTheirScripts_data();
    void otherShellsTakeTheirScripts();
    void namesOfOthersCannotRunInACompletion();
};

void TestVerbs::initTestCase()
{
    lab = std::make_unique<Lab>();
    QVERIFY2(lab->startBroker(), qPrintable(lab->log(QStringLiteral("broker"))));
    QVERIFY(lab->startWorker(QStringLiteral("lab-1"), {QStringLiteral("--slots"), QStringLiteral("2")}));
    QVERIFY2(lab->awaitFunction(QStringLiteral("test.sleep")), qPrintable(lab->log(QStringLiteral("lab-1"))));
    for (const QJsonObject &verb : lab->shell({QStringLiteral("manual"), QStringLiteral("--json")}).lines()) {
        if (!verb[QLatin1String("hidden")].toBool())
            table.append(verb);
    }
    QVERIFY(table.size() > 15);
}

void TestVerbs::helpTellsOptionsExamplesAndExitCodes()
{
    QFETCH(QJsonObject, verb);
    const Ran help = lab->shell({nameOf(verb), QStringLiteral("--help")});
    VERIFY_RAN(help, help.code == 0 && help.errors.isEmpty());
    VERIFY_RAN(help, help.text().startsWith(QStringLiteral("Usage: drover %1 [OPTIONS]").arg(nameOf(verb))));
    for (const QJsonValue &option : verb[QLatin1String("options")].toArray())
        VERIFY_RAN(help, help.text().contains(QStringLiteral("--%1").arg(option.toString())));
    VERIFY_RAN(help, help.text().contains(QLatin1String("\nExamples:\n  ")));
    VERIFY_RAN(help, help.text().contains(QLatin1String("\nExit codes:\n  0 ")));
    for (const QString &line : help.text().split(u'\n'))
        QVERIFY2(line.size() <= 80, qPrintable(line));
}

void TestVerbs::wrongArgumentsAreNamed()
{
    QFETCH(QJsonObject, verb);
    const Ran option = lab->shell({nameOf(verb), QStringLiteral("--nonsense")});
    VERIFY_RAN(option, option.code == 2 && option.output.isEmpty());
    VERIFY_RAN(option, option.complaint().contains(QLatin1String("'nonsense'")));
    VERIFY_RAN(option, option.complaint().contains(QStringLiteral("drover %1 --help").arg(nameOf(verb))));
    static const QStringList takingAnything{QStringLiteral("run"), QStringLiteral("call"), QStringLiteral("map"),
                                            QStringLiteral("submit")};
    if (nameOf(verb) == QLatin1String("queue"))
        return; // any name is one, and without one it lists them
    const bool needsOne = takingAnything.contains(nameOf(verb));
    const Ran argument =
        lab->shell(needsOne ? QStringList{nameOf(verb)} : QStringList{nameOf(verb), QStringLiteral("x-y")});
    VERIFY_RAN(argument, argument.code == 2 && argument.output.isEmpty());
    VERIFY_RAN(argument, argument.complaint().contains(needsOne ? QStringLiteral("give ") : QStringLiteral("\"x-y\"")));
    QStringList json{nameOf(verb), QStringLiteral("--json")};
    if (takesArguments(verb) && !needsOne) {
        const Ran ran = lab->shell(json + QStringList{QStringLiteral("x-y")});
        VERIFY_RAN(ran,
                   ran.json()[QLatin1String("error")][QLatin1String("code")].toString()
                       == QLatin1String("invalid_argument"));
    }
}

void TestVerbs::withoutABrokerItSaysWhy()
{
    QFETCH(QJsonObject, verb);
    if (!verb[QLatin1String("needsBroker")].toBool())
        return;
    const QStringList words = QStringList{nameOf(verb), QStringLiteral("--json"), QStringLiteral("--broker"),
                                          QStringLiteral("drover://127.0.0.1:1")}
        + someUseOf(nameOf(verb));
    const Ran ran = lab->shell(words);
    VERIFY_RAN(ran, ran.code == 125);
    VERIFY_RAN(ran, ran.complaint().contains(QLatin1String("127.0.0.1:1 cannot be reached: Connection refused")));
    VERIFY_RAN(ran,
               ran.json()[QLatin1String("error")][QLatin1String("code")].toString() == QLatin1String("unavailable"));
}

void TestVerbs::whereNoneCanBeStartedItSaysWhy()
{
    QFETCH(QJsonObject, verb);
    if (!verb[QLatin1String("needsBroker")].toBool())
        return;
    const Lab empty;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DROVER_PROGRAM"), QStringLiteral("/no/such/drover"));
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(Lab::program(),
                  QStringList{nameOf(verb), QStringLiteral("--home"), empty.home()} + someUseOf(nameOf(verb)));
    const Ran ran = Lab::result(process);
    VERIFY_RAN(ran, ran.code == 125 && ran.output.isEmpty());
    const bool startsNone = nameOf(verb) == QLatin1String("status");
    VERIFY_RAN(ran,
               ran.complaint().contains(startsNone ? QLatin1String("No broker of this user is running")
                                                   : QLatin1String("The broker /no/such/drover cannot be started")));
}

void TestVerbs::manualPagesAreFormattedWithoutAWarning()
{
    QFETCH(QJsonObject, verb);
    const QString page = lab->home() + QStringLiteral("/drover-%1.1").arg(nameOf(verb));
    QFile file(page);
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(lab->shell({QStringLiteral("manual"), nameOf(verb)}).output);
    file.close();
    const Ran checked = program(
        QStringLiteral("groff"),
        {QStringLiteral("-man"), QStringLiteral("-ww"), QStringLiteral("-Tutf8"), QStringLiteral("-P-cbou"), page});
    QVERIFY2(checked.code >= 0, "groff is not here: ./dev setup test installs groff-base");
    VERIFY_RAN(checked, checked.code == 0 && checked.errors.isEmpty());
    VERIFY_RAN(checked, checked.text().simplified().contains(QStringLiteral("drover %1 [options]").arg(nameOf(verb))));
    VERIFY_RAN(checked, checked.text().contains(QLatin1String("EXIT STATUS")));
    for (const QJsonValue &option : verb[QLatin1String("options")].toArray())
        VERIFY_RAN(checked, checked.text().contains(QStringLiteral("--%1").arg(option.toString())));
}

void TestVerbs::allDocumentsAreWritten()
{
    const QString folder = lab->home() + QStringLiteral("/documents");
    const Ran ran = lab->shell({QStringLiteral("manual"), QStringLiteral("--into"), folder});
    VERIFY_RAN(ran, ran.code == 0);
    QVERIFY(QFile::exists(folder + QStringLiteral("/man/drover.1")));
    for (const QJsonObject &verb : std::as_const(table))
        QVERIFY(QFile::exists(folder + QStringLiteral("/man/drover-%1.1").arg(nameOf(verb))));
    QVERIFY(!QFile::exists(folder + QStringLiteral("/man/drover-executor.1")));
    for (const char *name : {"drover", "_drover", "drover.fish"})
        QVERIFY(QFile::exists(folder + QStringLiteral("/completions/") + QString::fromLatin1(name)));
    const Ran nowhere = lab->shell({QStringLiteral("manual"), QStringLiteral("--into"), QStringLiteral("/proc/x")});
    VERIFY_RAN(nowhere, nowhere.code == 125 && nowhere.complaint().contains(QLatin1String("/proc/x")));
}

QStringList TestVerbs::completed(const QStringList &line) const
{
    const QString script = QStringLiteral("eval \"$($1 completion bash)\"; export DROVER_HOME=$2; shift 2\n"
                                          "COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _drover\n"
                                          "printf '%s\\n' \"${COMPREPLY[@]}\"");
    const Ran ran = program(QStringLiteral("bash"),
                            QStringList{QStringLiteral("--norc"), QStringLiteral("-c"), script, QStringLiteral("bash"),
                                        Lab::program(), lab->home(), Lab::program()}
                                + line);
    if (!ran.errors.isEmpty())
        qWarning().noquote() << ran.errors;
    return ran.text().split(u'\n', Qt::SkipEmptyParts);
}

void TestVerbs::bashCompletesVerbsOptionsAndWords_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("offered");
    QTest::addColumn<QString>("notOffered");
    const auto row = [](const char *name, const char *line, const char *offered, const char *notOffered) {
        QTest::newRow(name) << QString::fromUtf8(line) << QString::fromUtf8(offered) << QString::fromUtf8(notOffered);
    };
    row("verbs", "", "map", "executor");
    row("part of a verb", "re", "retry", "run");
    row("options", "run --ti", "--timeout", "--queue");
    row("all options", "list -", "--watch", "--timeout");
    row("states", "list --state S", "STARTED", "PENDING");
    row("functions", "call test.s", "test.sleep", "lab.add");
    row("functions of an option", "list --function lab.", "lab.add", "test.sleep");
    row("workers", "list --worker ", "lab-1", "--state");
    row("queues", "submit --queue d", "default", "lab-1");
    row("shells", "completion ", "fish", "tcsh");
    row("files", "worker --plugin /et", "/etc", "/bin");
    row("commands", "run -- tru", "true", "false");
}

void TestVerbs::bashCompletesVerbsOptionsAndWords()
{
    QFETCH(QString, line);
    QFETCH(QString, offered);
    QFETCH(QString, notOffered);
    const QStringList words = completed(line.split(u' '));
    QVERIFY2(words.contains(offered), qPrintable(words.join(u' ')));
    QVERIFY2(!words.contains(notOffered), qPrintable(words.join(u' ')));
}

void TestVerbs::otherShellsTakeTheirScripts_data()
{
    QTest::addColumn<QString>("shell");
    for (const char *shell : {"bash", "zsh", "fish"})
        QTest::newRow(shell) << QString::fromLatin1(shell);
}

void TestVerbs::otherShellsTakeTheirScripts()
{
    QFETCH(QString, shell);
    const Ran script = lab->shell({QStringLiteral("completion"), shell});
    VERIFY_RAN(script, script.code == 0 && script.errors.isEmpty());
    for (const QJsonObject &verb : std::as_const(table))
        VERIFY_RAN(script, script.output.contains(nameOf(verb).toUtf8()));
    const QString path = lab->home() + u'/' + shell;
    QFile file(path);
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(script.output);
    file.close();
    const Ran parsed = program(shell, {QStringLiteral("-n"), path});
    const bool isHere = parsed.code >= 0;
    VERIFY_RAN(parsed, !isHere || (parsed.code == 0 && parsed.errors.isEmpty()));
}

void TestVerbs::namesOfOthersCannotRunInACompletion()
{
    const QString evil = QStringLiteral("$(touch %1/owned)").arg(lab->home());
    for (const QString &queue : {evil, QStringLiteral("a b"), QStringLiteral("good-1")})
        QCOMPARE(
            lab->shell({QStringLiteral("submit"), QStringLiteral("--queue"), queue, QStringLiteral("--tag"),
                        QStringLiteral("none"), QStringLiteral("lab.add"), QStringLiteral("1"), QStringLiteral("2")})
                .code,
            0);
    const QStringList queues = completed({QStringLiteral("list"), QStringLiteral("--queue"), QString()});
    QVERIFY2(queues.contains(QLatin1String("good-1")) && !queues.join(u' ').contains(u'$'),
             qPrintable(queues.join(u' ')));
    QVERIFY(!QFile::exists(lab->home() + QStringLiteral("/owned")));
}

DROVER_TEST_MAIN(TestVerbs)

#include "tst_verbs.moc"
