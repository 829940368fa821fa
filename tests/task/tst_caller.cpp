// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "manualcaller.h"
#include "task/command.h"
#include "task/registry.h"
#include "testing/coroutine.h"
#include "testing/main.h"

using namespace drover;
using namespace std::chrono_literals;

namespace {

constexpr Function<int(int, int)> power{"lab.power", arg("a"), arg("b", 1)};
constexpr Function<QString(const QStringList &, const QString &)> join{"lab.join", arg("words"), arg("with", ", ")};
constexpr Function<QByteArray(QByteArray)> reversed{"lab.reversed", arg("bytes")};

QString joined(const QStringList &words, const QString &with)
{
    return words.join(with);
}

int raised(int a, int b)
{
    int product = 1;
    for (int i = 0; i < b; ++i)
        product *= a;
    return product;
}

QByteArray turned(QByteArray bytes)
{
    std::reverse(bytes.begin(), bytes.end());
    return bytes;
}

void fill(Registry &registry)
{
    registry.add(power, raised);
    registry.add(join, joined);
    registry.add(reversed, turned);
}

//! Commands are the worker's; here one that tells what it was given.
void fillCommands(Registry &registry)
{
    registry.add(runCommand, [](const Command &command) -> Result<CommandResult> {
        if (command.program() == u"false")
            return fail(CommandResult(3, "out", "err").toError(command));
        return CommandResult(0, command.toString().toUtf8(), command.input());
    });
}

} // namespace

class TestCaller : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void callsAreWrittenInsideOfCoAwait();
    void commandsAreWrittenInsideOfCoAwait();
    void argumentsAreEncodedBeforeCallReturns();
    void aSubmissionSaysWhatIsAsked();
    void optionsAreChecked();
    void callsByNameAreTheSameCalls();
    void rawBytesAreUntouched();
    void ownCodecsCarryBothWays();
    void anUnknownCodecIsNamed();
    void tooLargeArgumentsAreRefused();
    void summariesAreShortAndKeepSecrets();
    void idsAreSortedByTime();
};

void TestCaller::callsAreWrittenInsideOfCoAwait()
{
    Registry registry;
    fill(registry);
    DROVER_RUN([&]() -> QCoro::Task<> {
        CO_COMPARE((co_await registry.call(power, 2, Options().queue("lab").retries(3).tags("gpu", "big"))).value(), 2);
        CO_COMPARE((co_await registry.call(power, 2, 10)).value(), 1024);
        const QStringList list = QString(QStringLiteral("a b c")).split(u' ');
        CO_COMPARE((co_await registry.call(join, list)).value(), QStringLiteral("a, b, c"));
        CO_COMPARE((co_await registry.call(join, QString(QStringLiteral("a b")).split(u' '), "-")).value(),
                   QStringLiteral("a-b"));
        CO_COMPARE((co_await registry.call("lab.power", QVariantList() << 2 << 3)).value(), QVariant(8));
        const Call<int> kept = registry.call(power, 3, 2);
        CO_COMPARE((co_await kept).value(), 9);
        CO_COMPARE((co_await kept.submitted()).value(), 9);
        CO_COMPARE((co_await registry.call(power, 3, 3).cancelOnDrop()).value(), 27);
        ManualCaller caller;
        const Result<int> missing = co_await caller.submitGiven(power);
        CO_COMPARE(missing.error().code(), ErrorCode::InvalidArgument);
        CO_COMPARE(missing.error().message(),
                   QStringLiteral("lab.power: parameter 'a' (int) is missing and has no default"));
    });
}

void TestCaller::commandsAreWrittenInsideOfCoAwait()
{
    Registry registry;
    fillCommands(registry);
    DROVER_RUN([&]() -> QCoro::Task<> {
        const QString script = QStringLiteral("echo it's");
        const auto result = co_await registry.call(Command("sh").args("-c", script).environment("A", "b").input("in"));
        CO_COMPARE(result.value().output(), QByteArray("sh -c 'echo it'\\''s'"));
        CO_COMPARE(result.value().errorOutput(), QByteArray("in"));
        const auto again = co_await registry.call(runCommand, Command("ls"), Options().timeout(5s));
        CO_COMPARE(again.value().output(), QByteArray("ls"));
        const auto failed = co_await registry.call(Command("false"), Options().queue("q"));
        CO_COMPARE(failed.error().reason(), Reason::ExitCode);
        CO_COMPARE(CommandResult::fromError(failed.error()), std::optional(CommandResult(3, "out", "err")));
    });
}

void TestCaller::argumentsAreEncodedBeforeCallReturns()
{
    ManualCaller caller;
    std::optional<Call<QString>> call;
    {
        const QStringList gone{QStringLiteral("a")};
        call = caller.call(join, gone);
    }
    QCOMPARE(*caller.sent.first().arguments.inlineBytes(), QByteArray::fromHex("8281616162") + ", ");
}

void TestCaller::aSubmissionSaysWhatIsAsked()
{
    ManualCaller caller;
    const Submitted<int> submitted = caller.submit(power, 2, 3, Options().priority(-5).noResult());
    const Submission &sent = caller.sent.first();
    QCOMPARE(sent.id, submitted.id());
    QCOMPARE(sent.function, QStringLiteral("lab.power"));
    QCOMPARE(sent.signatureHash, power.signature().hash());
    QCOMPARE(sent.summary, QStringLiteral("2, 3"));
    QCOMPARE(sent.options, Options().priority(-5).noResult());
    QVERIFY(!sent.parent);
    caller.submit("lab.other");
    QCOMPARE(caller.sent.at(1).signatureHash, quint64(0));
}

void TestCaller::optionsAreChecked()
{
    ManualCaller caller;
    const Submitted<int> submitted = caller.submit(power, 2, Options().priority(101));
    QVERIFY(submitted.isFinished());
    QCOMPARE(submitted.result().error().code(), ErrorCode::InvalidArgument);
    QVERIFY(submitted.result().error().message().contains(QStringLiteral("priority")));
    QCOMPARE(caller.sent.size(), 0);
}

void TestCaller::callsByNameAreTheSameCalls()
{
    Registry registry;
    fill(registry);
    const auto byName = [&](const QVariantList &arguments) {
        return registry.call("lab.power", arguments).submitted().result();
    };
    QCOMPARE(*byName({2, 5}), QVariant(32));
    QCOMPARE(*byName({2}), QVariant(2));
    QCOMPARE(byName({QStringLiteral("x")}).error().message(),
             QStringLiteral("lab.power: parameter 'a' is int, got \"x\""));
    QCOMPARE(byName({}).error().reason(), Reason::Rejected);
    QCOMPARE(registry.call("lab.none").submitted().result().error().code(), ErrorCode::NotFound);
    QCOMPARE(byName({QVariant::fromValue(QRegularExpression())}).error().code(), ErrorCode::InvalidArgument);
}

void TestCaller::rawBytesAreUntouched()
{
    const QByteArray bytes("\0\xff\x01", 3);
    ManualCaller caller;
    caller.submit(reversed, bytes, Options().raw());
    QCOMPARE(caller.sent.first().arguments, Payload::raw(bytes));

    Registry registry;
    fill(registry);
    QCOMPARE(*registry.call(reversed, bytes, Options().raw()).submitted().result(), turned(bytes));
    QCOMPARE(*registry.call(reversed, bytes).submitted().result(), turned(bytes));
    QCOMPARE(*registry.call("lab.reversed", {bytes}, Options().raw()).submitted().result(), QVariant(turned(bytes)));
    const Result<int> wrong = registry.call(power, 2, Options().raw()).submitted().result();
    QCOMPARE(wrong.error().code(), ErrorCode::InvalidArgument);
    Outcome outcome;
    registry.invoke(QStringLiteral("lab.power"), 0, Payload::raw(bytes), {}, [&](Outcome o) { outcome = o; });
    QCOMPARE(outcome.error().reason(), Reason::Rejected);
}

void TestCaller::ownCodecsCarryBothWays()
{
    const auto pack = [](const QByteArray &bytes) -> Result<QByteArray> { return qCompress(bytes); };
    const auto unpack = [](const QByteArray &bytes) -> Result<QByteArray> { return qUncompress(bytes); };
    ManualCaller caller;
    caller.addCodec(QStringLiteral("lab.zip"), pack, unpack);
    const Submitted<int> submitted = caller.submit(power, 2, Options().codec("lab.zip"));
    const Payload sent = caller.sent.first().arguments;
    QCOMPARE(sent.type(), ContentType::Named);
    QCOMPARE(sent.codec(), QStringLiteral("lab.zip"));

    Registry registry;
    fill(registry);
    registry.addCodec(QStringLiteral("lab.zip"), pack, unpack);
    registry.invoke(QStringLiteral("lab.power"), 0, sent, {}, [&](Outcome outcome) {
        QCOMPARE(outcome->codec(), QStringLiteral("lab.zip"));
        caller.tasks.first()->complete(std::move(outcome), true);
    });
    QCOMPARE(submitted.result(), Result<int>(2));
}

void TestCaller::anUnknownCodecIsNamed()
{
    Registry registry;
    fill(registry);
    const Result<int> sent = registry.call(power, 2, Options().codec("lab.none")).submitted().result();
    QCOMPARE(sent.error().code(), ErrorCode::Unsupported);
    QVERIFY(sent.error().message().contains(QStringLiteral("lab.none")));
    Outcome outcome;
    registry.invoke(QStringLiteral("lab.power"), 0, Payload::named(QStringLiteral("lab.none"), "x"), {},
                    [&](Outcome o) { outcome = o; });
    QCOMPARE(outcome.error().code(), ErrorCode::Unsupported);
}

void TestCaller::tooLargeArgumentsAreRefused()
{
    ManualCaller caller;
    const QByteArray tooMuch(qsizetype(maxValue) + 1, Qt::Uninitialized); // none of its pages is touched
    const auto most = QByteArray::fromRawData(tooMuch.constData(), qsizetype(maxValue));
    QVERIFY(!caller.submit(reversed, most, Options().raw()).isFinished());
    const auto refused = caller.submit(reversed, tooMuch, Options().raw());
    QCOMPARE(refused.result().error().code(), ErrorCode::TooLarge);
    QCOMPARE(caller.sent.size(), 1);
}

void TestCaller::summariesAreShortAndKeepSecrets()
{
    ManualCaller caller;
    caller.submit(join, QStringList{QStringLiteral("a\nb")}, "x");
    QCOMPARE(caller.sent.last().summary, QStringLiteral("[\"a b\"], \"x\""));
    caller.submit(join, QStringList(1000, QString(30, u'ä')));
    QVERIFY(caller.sent.last().summary.toUtf8().size() <= Submission::maxSummary);
    QVERIFY(caller.sent.last().summary.endsWith(u'\u2026'));
    caller.submit(reversed, QByteArray(7, 'x'));
    QCOMPARE(caller.sent.last().summary, QStringLiteral("<7 bytes>"));
    caller.submit("lab.any", {QVariantMap{{QStringLiteral("k"), QVariantList{1.5, true, QVariant()}}}, -3});
    QCOMPARE(caller.sent.last().summary, QStringLiteral("{\"k\": [1.5, true, null]}, -3"));
    caller.submit(Command("curl").args("https://x").environment("TOKEN", "hunter2").input("hunter3"));
    QCOMPARE(caller.sent.last().summary, QStringLiteral("curl https://x"));
}

void TestCaller::idsAreSortedByTime()
{
    ManualCaller caller;
    for (int i = 0; i < 100; ++i)
        caller.submit(power, i);
    for (int i = 1; i < 100; ++i)
        QVERIFY(caller.sent.at(i - 1).id < caller.sent.at(i).id);
}

DROVER_TEST_MAIN(TestCaller)
#include "tst_caller.moc"
