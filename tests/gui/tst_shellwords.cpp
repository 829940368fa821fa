// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "gui/shellwords.h"
#include "testing/main.h"

using drover::gui::ShellWords;

class TestShellWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wordsAreThoseOfAShell_data();
    void wordsAreThoseOfAShell();
    void anOpenQuoteIsNamed_data();
    void anOpenQuoteIsNamed();
    void whatIsJoinedIsSplitAgain();
};

void TestShellWords::wordsAreThoseOfAShell_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QStringList>("words");
    const auto row = [](const char *name, const char *line, const QStringList &words) {
        QTest::newRow(name) << QString::fromUtf8(line) << words;
    };
    const auto u = [](const char *text) { return QString::fromUtf8(text); };
    row("nothing", "", {});
    row("spaces", " \t ", {});
    row("words", " make  -j8 test ", {u("make"), u("-j8"), u("test")});
    row("single quotes", "sh -c 'echo \"a b\" \\n'", {u("sh"), u("-c"), u("echo \"a b\" \\n")});
    row("double quotes", "echo \"it's \\\"so\\\" \\n\"", {u("echo"), u("it's \"so\" \\n")});
    row("empty words", "a '' \"\"", {u("a"), u(""), u("")});
    row("joined", "a'b c'd\"e f\"", {u("ab cde f")});
    row("escaped space", "a\\ b \\\\", {u("a b"), u("\\")});
    row("nothing is expanded", "echo $HOME *.c | wc", {u("echo"), u("$HOME"), u("*.c"), u("|"), u("wc")});
}

void TestShellWords::wordsAreThoseOfAShell()
{
    QFETCH(QString, line);
    const auto words = ShellWords::split(line);
    QVERIFY(words);
    QTEST(*words, "words");
}

void TestShellWords::anOpenQuoteIsNamed_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("named");
    QTest::newRow("single") << QStringLiteral("echo 'a \"b\"") << QStringLiteral("'");
    QTest::newRow("double") << QStringLiteral("echo \"a 'b'") << QStringLiteral("\"");
    QTest::newRow("backslash") << QStringLiteral("echo \\") << QStringLiteral("backslash");
}

void TestShellWords::anOpenQuoteIsNamed()
{
    QFETCH(QString, line);
    QFETCH(QString, named);
    const auto words = ShellWords::split(line);
    QVERIFY(!words);
    QCOMPARE(words.error().code(), drover::ErrorCode::InvalidArgument);
    QVERIFY2(words.error().message().contains(named), qPrintable(words.error().message()));
}

void TestShellWords::whatIsJoinedIsSplitAgain()
{
    const QStringList words{QStringLiteral("a"), QString(), QStringLiteral("b c"), QStringLiteral("it's"),
                            QStringLiteral("\"\\$x")};
    const auto again = ShellWords::split(ShellWords::join(words));
    QVERIFY(again);
    QCOMPARE(*again, words);
}

DROVER_TEST_MAIN(TestShellWords)
#include "tst_shellwords.moc"
