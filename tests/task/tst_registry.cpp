// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/registry.h"
#include "testing/coroutine.h"
#include "testing/main.h"

#include <QCoro/QCoroTimer>

#include <stdexcept>

using namespace drover;

namespace lab {

struct Broken : std::runtime_error
{
    using std::runtime_error::runtime_error;
};
struct Foreign
{};

} // namespace lab

namespace {

constexpr Function<int(int)> one{"lab.one", arg("x")};
constexpr Function<int(int)> fib{"lab.fib", arg("n")};
constexpr Function<void(QString)> quiet{"lab.quiet", arg("text")};
constexpr Function<int(QString)> oneOfText{"lab.one", arg("x")};

int plain(int x)
{
    return x + 1;
}
int withContext(Context &context, int x)
{
    return x + int(context.attempt());
}
Result<int> plainResult(int x)
{
    return x < 0 ? Result<int>(fail(ErrorCode::NotFound, QStringLiteral("no"))) : x + 1;
}

QCoro::Task<int> task(int x)
{
    co_await QCoro::sleepFor(std::chrono::milliseconds(1));
    co_return x + 1;
}

QCoro::Task<Result<int>> taskResult(Context &context, int x)
{
    co_await QCoro::sleepFor(std::chrono::milliseconds(1));
    if (context.taskId().isNull() || x < 0)
        co_return Result<int>(fail(ErrorCode::NotFound, QStringLiteral("no")));
    co_return Result<int>(x + 1);
}

QCoro::Task<int> throwing(int)
{
    co_await QCoro::sleepFor(std::chrono::milliseconds(1));
    throw lab::Broken("late");
}

QCoro::Task<int> fibonacci(Context &context, int n)
{
    if (n < 2)
        co_return n;
    const auto left = context.submit(fib, n - 1);
    const auto right = context.submit(fib, n - 2);
    const int sum = (co_await left).value() + (co_await right).value();
    co_return sum;
}

struct Functor
{
    int step = 1;
    int operator()(const int &x) const { return x + step; }
};

class RecordingPort final : public ContextPort
{
public:
    QList<StreamItem> items;
    QList<Submission> sent;
    void report(StreamItem item) override { items.append(std::move(item)); }
    std::shared_ptr<PendingTask> start(Submission submission) override
    {
        sent.append(submission);
        return std::make_shared<PendingTask>(submission.id);
    }
};

using Fill = std::function<void(Registry &)>;

template <typename F, typename C> Fill adds(const F &function, C callable)
{
    return [function, callable](Registry &registry) { registry.add(function, callable); };
}

} // namespace

Q_DECLARE_METATYPE(Fill)

class TestRegistry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allShapesOfCallablesRun_data();
    void allShapesOfCallablesRun();
    void voidFunctionsRun();
    void synchronousCallablesEndBeforeInvokeReturns();
    void exceptionsAreErrorsWithTheirType_data();
    void exceptionsAreErrorsWithTheirType();
    void anotherSignatureIsRejectedWithBothPrinted();
    void hashZeroIsNotChecked();
    void jsonArgumentsAreRead();
    void valuesThatAreNotInlineAreUnsupported();
    void functionsCallEachOther();
    void aContextNumbersItsChildren();
    void aContextReportsInOrder();
    void registriesAreIndependent();
    void signaturesAreSortedByName();
};

void TestRegistry::allShapesOfCallablesRun_data()
{
    QTest::addColumn<Fill>("fill");
    int offset = 1;
    QTest::newRow("function") << adds(one, plain);
    QTest::newRow("function pointer") << adds(one, &plain);
    QTest::newRow("function with context") << adds(one, withContext);
    QTest::newRow("function of Result") << adds(one, plainResult);
    QTest::newRow("lambda") << adds(one, [offset](int x) { return x + offset; });
    QTest::newRow("mutable lambda") << adds(one, [offset](int x) mutable { return x + offset++; });
    QTest::newRow("lambda with context") << adds(one, [](Context &, int x) { return x + 1; });
    QTest::newRow("lambda of another number") << adds(one, [](qint64 x) -> short { return short(x + 1); });
    QTest::newRow("functor") << adds(one, Functor());
    QTest::newRow("std::function") << adds(one, std::function<int(int)>(plain));
    QTest::newRow("coroutine") << adds(one, task);
    QTest::newRow("coroutine of Result") << adds(one, taskResult);
    QTest::newRow("lambda coroutine") << adds(one, [offset](int x) -> QCoro::Task<int> {
        co_await QCoro::sleepFor(std::chrono::milliseconds(1));
        co_return x + offset;
    });
    QTest::newRow("coroutine by reference") << adds(one, [](const int &x) -> QCoro::Task<int> {
        co_await QCoro::sleepFor(std::chrono::milliseconds(1));
        co_return x + 1;
    });
}

void TestRegistry::allShapesOfCallablesRun()
{
    QFETCH(Fill, fill);
    Registry registry;
    fill(registry);
    DROVER_RUN([&]() -> QCoro::Task<> {
        const Result<int> result = co_await registry.call(one, 41);
        CO_VERIFY2(result, qPrintable(result ? QString() : result.error().message()));
        CO_COMPARE(*result, 42);
    });
}

void TestRegistry::voidFunctionsRun()
{
    Registry registry;
    QStringList told;
    registry.add(quiet, [&](const QString &text) { told.append(text); });
    QVERIFY(registry.call(quiet, "a").submitted().result());
    registry.add(quiet,
                 [&](Context &, QString) -> Result<void> { return fail(ErrorCode::NotFound, QStringLiteral("no")); });
    QCOMPARE(registry.call(quiet, "b").submitted().result().error().code(), ErrorCode::NotFound);
    registry.add(quiet, [&](QString text) -> QCoro::Task<> {
        co_await QCoro::sleepFor(std::chrono::milliseconds(1));
        told.append(text);
    });
    DROVER_RUN([&]() -> QCoro::Task<> { CO_VERIFY(co_await registry.call(quiet, "c")); });
    QCOMPARE(told, (QStringList{QStringLiteral("a"), QStringLiteral("c")}));
}

void TestRegistry::synchronousCallablesEndBeforeInvokeReturns()
{
    Registry registry;
    registry.add(one, plain);
    int done = 0;
    registry.invoke(one.name(), one.signatureHash(), Payload::cbor(*one.encode(1)), {}, [&](Outcome outcome) {
        ++done;
        QCOMPARE(*outcome->inlineBytes(), QByteArray("\x02"));
    });
    QCOMPARE(done, 1);
}

void TestRegistry::exceptionsAreErrorsWithTheirType_data()
{
    QTest::addColumn<Fill>("fill");
    QTest::addColumn<QString>("typeName");
    QTest::addColumn<QString>("text");
    QTest::newRow("std") << adds(one, [](int) -> int { throw std::out_of_range("far"); }) << "std::out_of_range"
                         << "far";
    QTest::newRow("derived") << adds(one, [](int) -> int { throw lab::Broken("broken ä"); }) << "lab::Broken"
                             << "broken ä";
    QTest::newRow("foreign") << adds(one, [](int) -> int { throw lab::Foreign(); }) << "lab::Foreign"
                             << "An exception that is not a std::exception was thrown (lab::Foreign).";
    QTest::newRow("int") << adds(one, [](int) -> int { throw 5; }) << "int"
                         << "An exception that is not a std::exception was thrown (int).";
    QTest::newRow("coroutine") << adds(one, throwing) << "lab::Broken"
                               << "late";
    QTest::newRow("value() of an error") << adds(
        one, [](int) -> int { return Result<int>(fail(ErrorCode::Timeout, QStringLiteral("slow"))).value(); })
                                         << "drover::TaskError"
                                         << "slow";
}

void TestRegistry::exceptionsAreErrorsWithTheirType()
{
    QFETCH(Fill, fill);
    QFETCH(QString, typeName);
    QFETCH(QString, text);
    Registry registry;
    fill(registry);
    DROVER_RUN([&]() -> QCoro::Task<> {
        const Submitted<int> submitted = registry.call(one, 1).submitted();
        const Result<int> result = co_await submitted;
        CO_VERIFY(!result);
        CO_COMPARE(result.error().code(), ErrorCode::TaskFailed);
        CO_COMPARE(result.error().reason(), Reason::Exception);
        CO_COMPARE(result.error().typeName(), typeName);
        CO_COMPARE(result.error().message(), text);
        CO_COMPARE(result.error().taskId(), submitted.id());
        CO_COMPARE(result.error().attempt(), 1u);
    });
}

void TestRegistry::anotherSignatureIsRejectedWithBothPrinted()
{
    Registry registry;
    registry.add(one, plain);
    const Result<int> result = registry.call(oneOfText, "x").submitted().result();
    QCOMPARE(result.error().reason(), Reason::Rejected);
    QVERIFY2(result.error().message().contains(QStringLiteral("lab.one(int x) -> int")),
             qPrintable(result.error().message()));
    QVERIFY2(result.error().message().contains(QStringLiteral("lab.one(string x) -> int")),
             qPrintable(result.error().message()));
    QCOMPARE(result.error().details().value(QStringLiteral("workerSignature")).toString(),
             QStringLiteral("lab.one(int x) -> int"));
}

void TestRegistry::hashZeroIsNotChecked()
{
    Registry registry;
    registry.add(one, plain);
    Outcome outcome;
    registry.invoke(one.name(), 0, Payload::cbor(*oneOfText.encode("x")), {}, [&](Outcome o) { outcome = o; });
    QCOMPARE(outcome.error().message(), QStringLiteral("lab.one: parameter 'x' is int, got \"x\""));
    QCOMPARE(outcome.error().reason(), Reason::Rejected);
}

void TestRegistry::jsonArgumentsAreRead()
{
    Registry registry;
    registry.add(one, plain);
    Outcome outcome;
    const auto keep = [&](Outcome o) { outcome = o; };
    registry.invoke(one.name(), 0, Payload::json("[41]"), {}, keep);
    QCOMPARE(*outcome, Payload::cbor(*encodeValue(42)));
    registry.invoke(one.name(), 0, Payload::json("[41"), {}, keep);
    QVERIFY(outcome.error().message().contains(QStringLiteral("malformed JSON")));
    registry.invoke(one.name(), 0, Payload::json("[4], [5]"), {}, keep);
    QVERIFY(!outcome);
}

void TestRegistry::valuesThatAreNotInlineAreUnsupported()
{
    Registry registry;
    registry.add(one, plain);
    Segment blob;
    blob.kind = Segment::Blob;
    Outcome outcome;
    registry.invoke(one.name(), 0, Payload(ContentType::Cbor, {}, {blob}), {}, [&](Outcome o) { outcome = o; });
    QCOMPARE(outcome.error().code(), ErrorCode::Unsupported);
    QVERIFY(outcome.error().message().contains(QStringLiteral("a blob")));
}

void TestRegistry::functionsCallEachOther()
{
    Registry registry;
    registry.add(fib, fibonacci);
    DROVER_RUN([&]() -> QCoro::Task<> { CO_COMPARE((co_await registry.call(fib, 12)).value(), 144); });
}

void TestRegistry::aContextNumbersItsChildren()
{
    const auto port = std::make_shared<RecordingPort>();
    Context context(IdGenerator(1).next(5), 7, 2, port);
    context.submit(one, 1);
    context.submit("lab.two", {}, Options().detached());
    QCOMPARE(*port->sent.at(0).parent, (Parent{context.taskId(), 7, 2, 1}));
    QCOMPARE(*port->sent.at(1).parent, (Parent{context.taskId(), 7, 2, 2}));
    QVERIFY(port->sent.at(1).options.isDetached());
    QVERIFY(port->sent.at(0).id != port->sent.at(1).id);
}

void TestRegistry::aContextReportsInOrder()
{
    const auto port = std::make_shared<RecordingPort>();
    std::stop_source stop;
    Context context(TaskId(), 0, 1, port, stop.get_token());
    context.progress(1, 4, QStringLiteral("a"));
    context.log("line");
    context.emitValue(QList<int>{1});
    QCOMPARE(port->items.size(), 3);
    QCOMPARE(*Progress::fromData(port->items.at(0).data), (Progress{1, 4, QStringLiteral("a")}));
    QCOMPARE(Progress::fromData("x").error().code(), ErrorCode::ProtocolError);
    QCOMPARE(port->items.at(1), (StreamItem{0, StreamItem::Log, "line"}));
    QCOMPARE(port->items.at(2), (StreamItem{0, StreamItem::Value, QByteArray::fromHex("8101")}));
    QVERIFY(!context.isStopRequested());
    stop.request_stop();
    QVERIFY(context.isStopRequested());
}

void TestRegistry::registriesAreIndependent()
{
    Registry first;
    Registry second;
    first.add(one, plain);
    second.add(one, Functor{10});
    QCOMPARE(first.call(one, 1).submitted().result(), Result<int>(2));
    QCOMPARE(second.call(one, 1).submitted().result(), Result<int>(11));
    second.add(fib, plain);
    QVERIFY(!first.contains(fib.name()));
    QCOMPARE(first.call(fib, 1).submitted().result().error().code(), ErrorCode::NotFound);
}

void TestRegistry::signaturesAreSortedByName()
{
    Registry registry;
    registry.add(quiet, [](QString) {});
    registry.add(one.describedAs("adds one"), plain);
    QCOMPARE(registry.signatures(), (QList<Signature>{one.describedAs("adds one").signature(), quiet.signature()}));
    QCOMPARE(registry.signature(one.name())->doc(), QStringLiteral("adds one"));
    QVERIFY(!registry.signature(QStringLiteral("lab.none")));
}

DROVER_TEST_MAIN(TestRegistry)
#include "tst_registry.moc"
