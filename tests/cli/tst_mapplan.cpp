// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/mapplan.h"
#include "testing/main.h"

using namespace drover;
using namespace drover::cli;

//! Which commands `drover map` makes of its words and items.
class TestMapPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theItemTakesThePlaceOfTheBraces_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QStringList>("command");
        const auto row = [](const char *name, const QStringList &words, const QStringList &command) {
            QTest::newRow(name) << words << command;
        };
        row("as a word", {u"cp"_qs, u"{}"_qs, u"x"_qs}, {u"cp"_qs, u"a b"_qs, u"x"_qs});
        row("inside a word", {u"sh"_qs, u"-c"_qs, u"echo $(( {} * {} ))"_qs},
            {u"sh"_qs, u"-c"_qs, u"echo $(( a b * a b ))"_qs});
        row("in several words", {u"cp"_qs, u"{}"_qs, u"{}.old"_qs}, {u"cp"_qs, u"a b"_qs, u"a b.old"_qs});
        row("as the program", {u"{}"_qs}, {u"a b"_qs});
        row("nowhere: behind the rest", {u"echo"_qs, u"{ }"_qs}, {u"echo"_qs, u"{ }"_qs, u"a b"_qs});
    }
    void theItemTakesThePlaceOfTheBraces()
    {
        QFETCH(QStringList, words);
        auto plan = MapPlan::make(words);
        QVERIFY(plan && !plan->hasItems());
        plan->setItems({u"first"_qs, u"a b"_qs});
        const Command command = plan->command(2, {});
        QTEST(QStringList{command.program()} + command.args(), "command");
    }

    void otherPropertiesComeFromThePattern()
    {
        auto plan = MapPlan::make({u"env"_qs});
        plan->setItems({u"x"_qs});
        Command pattern;
        pattern.environment(u"A", u"1").workingDirectory(u"/tmp");
        const Command command = plan->command(1, pattern);
        QCOMPARE(command.environment(), pattern.environment());
        QCOMPARE(command.workingDirectory(), QStringLiteral("/tmp"));
    }

    void itemsStandBehindThreeColons()
    {
        const auto plan = MapPlan::make({u"echo"_qs, u":::"_qs, u"a"_qs, u":::"_qs});
        QVERIFY(plan && plan->hasItems());
        QCOMPARE(plan->total(), 2);
        QCOMPARE(plan->item(1), QStringLiteral("a"));
        QCOMPARE(plan->words(), QStringList{u"echo"_qs});
        const auto none = MapPlan::make({u"echo"_qs, u":::"_qs});
        QVERIFY(none && none->hasItems());
        QCOMPARE(none->total(), 0);
    }

    void withoutACommandItSaysWhatIsMissing_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("nothing") << QStringList();
        QTest::newRow("items only") << QStringList{u":::"_qs, u"a"_qs};
    }
    void withoutACommandItSaysWhatIsMissing()
    {
        QFETCH(QStringList, words);
        const auto plan = MapPlan::make(words);
        QVERIFY(!plan && plan.error().code() == ErrorCode::InvalidArgument);
        QVERIFY(plan.error().message().contains(QLatin1String("command")));
    }

    void inputIsSplitAtLinesOrZeroBytes_data()
    {
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<bool>("byNull");
        QTest::addColumn<QStringList>("items");
        QTest::newRow("nothing") << QByteArray() << false << QStringList();
        QTest::newRow("lines") << QByteArray("a\nb c\n") << false << QStringList{u"a"_qs, u"b c"_qs};
        QTest::newRow("no last line end") << QByteArray("a\nb") << false << QStringList{u"a"_qs, u"b"_qs};
        QTest::newRow("an empty line is an item")
            << QByteArray("\n\na\n") << false << QStringList{u""_qs, u""_qs, u"a"_qs};
        QTest::newRow("zero bytes") << QByteArray("a\nb\0c\0", 6) << true << QStringList{u"a\nb"_qs, u"c"_qs};
    }
    void inputIsSplitAtLinesOrZeroBytes()
    {
        QFETCH(QByteArray, input);
        QFETCH(bool, byNull);
        QTEST(MapPlan::itemsOf(input, byNull), "items");
    }
};

DROVER_TEST_MAIN(TestMapPlan)
#include "tst_mapplan.moc"
