// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/command.h"
#include "task/options.h"
#include "task/payload.h"
#include "task/state.h"
#include "task/stream.h"
#include "testing/main.h"

using namespace drover;
using namespace std::chrono_literals;

//! The small values of the room, each with its edges.
class TestValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statesAreSpelledAndRead_data();
    void statesAreSpelledAndRead();
    void onlyThreeStatesAreFinal();
    void payloadsGiveTheirInlineBytes();
    void eachOptionIsNamedWhenItIsNotEnforced_data();
    void eachOptionIsNamedWhenItIsNotEnforced();
    void optionsOutOfRangeAreRefused_data();
    void optionsOutOfRangeAreRefused();
    void optionsKeepWhatWasSet();
    void progressIsAFractionWhenTheTotalIsKnown();
    void commandsAreQuotedForPeople();
    void commandsTravel();
};

void TestValues::statesAreSpelledAndRead_data()
{
    QTest::addColumn<State>("state");
    for (int i = 1; i <= 13; ++i)
        QTest::addRow("%d", i) << State(i);
}

void TestValues::statesAreSpelledAndRead()
{
    QFETCH(State, state);
    QCOMPARE(stateFromString(toString(state)), std::optional(state));
    QCOMPARE(stateFromString(toString(state).toLower()), std::optional(state));
}

void TestValues::onlyThreeStatesAreFinal()
{
    QCOMPARE(toString(State::Success), QStringLiteral("SUCCESS"));
    QCOMPARE(toString(State(77)), QStringLiteral("UNKNOWN(77)"));
    QVERIFY(!stateFromString(u""));
    QVERIFY(!stateFromString(u"DONE"));
    for (int i = 1; i <= 13; ++i)
        QCOMPARE(isFinal(State(i)), i >= 11);
}

void TestValues::payloadsGiveTheirInlineBytes()
{
    QCOMPARE(*Payload::cbor("a").inlineBytes(), QByteArray("a"));
    QCOMPARE(*Payload().inlineBytes(), QByteArray());
    Segment first;
    first.bytes = "ab";
    Segment second;
    second.bytes = "c";
    const Payload joined(ContentType::Raw, {}, {first, second});
    QCOMPARE(*joined.inlineBytes(), QByteArray("abc"));
    QCOMPARE(joined.size(), 3);
    second.kind = Segment::TaskResult;
    const Result<QByteArray> refused = Payload(ContentType::Raw, {}, {first, second}).inlineBytes();
    QCOMPARE(refused.error().code(), ErrorCode::Unsupported);
    QVERIFY(refused.error().message().contains(QStringLiteral("the result of a task")));
}

void TestValues::eachOptionIsNamedWhenItIsNotEnforced_data()
{
    QTest::addColumn<Options>("options");
    QTest::addColumn<int>("feature");
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(1);
    QTest::newRow("queue") << Options().queue("q") << int(Options::Queue);
    QTest::newRow("priority") << Options().priority(1) << int(Options::Priority);
    QTest::newRow("timeout") << Options().timeout(1s) << int(Options::Timeout);
    QTest::newRow("retries") << Options().retries(1) << int(Options::Retries);
    QTest::newRow("backoff") << Options().backoff(2s) << int(Options::Backoff);
    QTest::newRow("tags") << Options().tags("a") << int(Options::Tags);
    QTest::newRow("noResult") << Options().noResult() << int(Options::NoResult);
    QTest::newRow("raw") << Options().raw() << int(Options::Raw);
    QTest::newRow("idempotencyKey") << Options().idempotencyKey("k") << int(Options::IdempotencyKey);
    QTest::newRow("eta") << Options().eta(time) << int(Options::Eta);
    QTest::newRow("expires") << Options().expires(time) << int(Options::Expires);
    QTest::newRow("detached") << Options().detached() << int(Options::Detached);
    QTest::newRow("codec") << Options().codec("c") << int(Options::Codec);
}

void TestValues::eachOptionIsNamedWhenItIsNotEnforced()
{
    QFETCH(Options, options);
    QFETCH(int, feature);
    QCOMPARE(int(options.used()), feature);
    QCOMPARE(options.unsupported({}), QStringList{QString::fromLatin1(QTest::currentDataTag())});
    QCOMPARE(options.unsupported(Options::Feature(feature)), QStringList());
    QVERIFY(options.check());
    QVERIFY(!(options == Options()));
}

void TestValues::optionsOutOfRangeAreRefused_data()
{
    QTest::addColumn<Options>("options");
    QTest::addColumn<bool>("good");
    QTest::newRow("unset") << Options() << true;
    QTest::newRow("least priority") << Options().priority(-100) << true;
    QTest::newRow("priority below") << Options().priority(-101) << false;
    QTest::newRow("priority far above") << Options().priority(356) << false;
    QTest::newRow("no queue") << Options().queue("") << false;
    QTest::newRow("no time") << Options().timeout(0ms) << false;
    QTest::newRow("negative time") << Options().timeout(-1ms) << false;
    QTest::newRow("unlimited") << Options().timeout(Options::unlimited) << true;
    QTest::newRow("negative retries") << Options().retries(-1) << false;
    QTest::newRow("negative backoff") << Options().backoff(-1ms) << false;
    QTest::newRow("raw codec") << Options().raw().codec("c") << false;
}

void TestValues::optionsOutOfRangeAreRefused()
{
    QFETCH(Options, options);
    const Result<void> checked = options.check();
    QTEST(checked.has_value(), "good");
    if (!checked)
        QCOMPARE(checked.error().code(), ErrorCode::InvalidArgument);
}

void TestValues::optionsKeepWhatWasSet()
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(5, Qt::UTC);
    const Options options = Options().queue(QStringLiteral("q")).timeout(2s).tags("a", u"b").eta(time);
    QCOMPARE(options.queue(), QStringLiteral("q"));
    QVERIFY(options.timeout() == 2s);
    QCOMPARE(options.tags(), (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
    QCOMPARE(options.eta(), time);
    QVERIFY(!options.expires().isValid());
    QVERIFY(Options().timeout() == Options::unlimited);
    QVERIFY(Options().backoff() == 1s);
}

void TestValues::progressIsAFractionWhenTheTotalIsKnown()
{
    QCOMPARE((Progress{1, 4, {}}.fraction()), 0.25);
    QCOMPARE((Progress{9, 4, {}}.fraction()), 1.0);
    QCOMPARE((Progress{9, 0, {}}.fraction()), -1.0);
    const Progress progress{1, 2, QStringLiteral("half")};
    QCOMPARE(*Progress::fromData(progress.toData()), progress);
    QVERIFY(!Progress::fromData(progress.toData() + 'x'));
}

void TestValues::commandsAreQuotedForPeople()
{
    QCOMPARE(Command("ls").toString(), QStringLiteral("ls"));
    QCOMPARE(Command("sh").args("-c", "a b", "").toString(), QStringLiteral("sh -c 'a b' ''"));
    QCOMPARE(Command("x").args("it's").toString(), QStringLiteral("x 'it'\\''s'"));
}

void TestValues::commandsTravel()
{
    const Command command = Command("sh").args("-c", "x").environment("A", "b").workingDirectory("/").input("in");
    QCOMPARE(*decodeValue<Command>(*encodeValue(command)), command);
    const CommandResult result(0, "out", "err", true);
    QCOMPARE(*decodeValue<CommandResult>(*encodeValue(result)), result);
    QVERIFY(!decodeValue<Command>(*encodeValue(QVariantList{5})));
    const Error error = CommandResult(3, "out", "err").toError(Command("x"), 9);
    QCOMPARE(error.message(), QStringLiteral("x was ended by signal 9."));
    QCOMPARE(CommandResult::fromError(error)->exitCode(), 3);
    QVERIFY(!CommandResult::fromError(Error(Reason::Timeout, {})));
}

DROVER_TEST_MAIN(TestValues)
#include "tst_values.moc"
