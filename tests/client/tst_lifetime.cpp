// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/place.h"
#include "testing/coroutine.h"
#include "testplugin/test.h"

using namespace drover;
using namespace drover::testing;
using namespace std::chrono_literals;

namespace {

//! Ways to wait for a task.
enum Form { ByCall, BySubmit, ByThen };

//! What came of waiting.
struct Told
{
    int times = 0;
    Result<int> result = 0;
};

QCoro::Task<> awaitCall(Client &client, int ms, Options options, std::shared_ptr<Told> told)
{
    told->result = co_await client.call(test::sleep, ms, options);
    ++told->times;
}

QCoro::Task<> awaitSubmitted(Submitted<int> submitted, std::shared_ptr<Told> told)
{
    told->result = co_await submitted;
    ++told->times;
}

} // namespace

//! However the wait for a task ends, it ends once.
class TestLifetime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDestroyedClient_data();
    void aDestroyedClient();
    void aDestroyedClientAnswersQuestions_data() { Place::addRows(); }
    void aDestroyedClientAnswersQuestions();
    void aDestroyedContext_data() { addForms(); }
    void aDestroyedContext();
    void aKilledBroker_data() { addForms(); }
    void aKilledBroker();
    void aKilledWorker_data() { addForms(); }
    void aKilledWorker();
    void timeout_data() { addForms(); }
    void timeout();
    void cancel_data() { addForms(); }
    void cancel();
    void closingReportsWhatIsNotSafe();
    void closingWaitsForTheAcknowledgement();
    void aClosedClientTakesNoTasks();

private:
    static void addForms();
    void begin(int ms, const Options &options = {});
    bool open(const QString &scheme);
    bool start(int ms, const Options &options = {});

    std::unique_ptr<Place> m_place;
    QString m_scheme;
    std::shared_ptr<Told> m_told;
    std::unique_ptr<QObject> m_context;
    TaskId m_id;
};

void TestLifetime::addForms()
{
    QTest::addColumn<int>("form");
    QTest::newRow("call") << int(ByCall);
    QTest::newRow("submit") << int(BySubmit);
    QTest::newRow("then") << int(ByThen);
}

bool TestLifetime::open(const QString &scheme)
{
    m_told = std::make_shared<Told>();
    m_context = std::make_unique<QObject>();
    if (m_place && m_scheme == scheme)
        return m_place->awaitFunctions();
    m_scheme = scheme;
    m_place.reset();
    m_place = std::make_unique<Place>(scheme);
    return m_place->start();
}

//! Waits in the form of the row for a task that sleeps.
void TestLifetime::begin(int ms, const Options &options)
{
    QFETCH(int, form);
    Client &client = m_place->client();
    if (form == ByCall) {
        awaitCall(client, ms, options, m_told);
        return;
    }
    const Submitted<int> submitted = client.submit(test::sleep, ms, options);
    m_id = submitted.id();
    if (form == BySubmit)
        awaitSubmitted(submitted, m_told);
    else
        submitted.then(m_context.get(), [told = m_told](Result<int> result) {
            told->result = std::move(result);
            ++told->times;
        });
}

//! The same, until the task runs.
bool TestLifetime::start(int ms, const Options &options)
{
    begin(ms, options);
    return QTest::qWaitFor(
        [this] {
            const auto status = testing::resultOf(m_place->client().status());
            return status && status->running > 0;
        },
        patienceMs);
}

void TestLifetime::aDestroyedClient_data()
{
    QTest::addColumn<QString>("scheme");
    QTest::addColumn<int>("form");
    for (const QString &scheme : Place::schemes()) {
        QTest::newRow(qPrintable(scheme + QStringLiteral(" call"))) << scheme << int(ByCall);
        QTest::newRow(qPrintable(scheme + QStringLiteral(" submit"))) << scheme << int(BySubmit);
        QTest::newRow(qPrintable(scheme + QStringLiteral(" then"))) << scheme << int(ByThen);
    }
}

void TestLifetime::aDestroyedClient()
{
    QFETCH(QString, scheme);
    QFETCH(int, form);
    m_scheme.clear();
    QVERIFY(open(scheme));
    begin(300);
    QCoreApplication::processEvents();
    QCOMPARE(m_told->times, 0);
    m_place->destroyClient();
    if (form != ByThen)
        QCOMPARE(m_told->times, 1); // inside the destructor
    QTRY_COMPARE(m_told->times, 1);
    QCOMPARE(m_told->result.error().code(), ErrorCode::ClientClosed);
    QTest::qWait(50);
    QCOMPARE(m_told->times, 1);
    if (m_place->isRemote())
        m_place->site().kill(QStringLiteral("here")); // it would wait for the broker to take its result
    m_scheme.clear();
}

void TestLifetime::aDestroyedClientAnswersQuestions()
{
    QFETCH(QString, scheme);
    m_scheme.clear();
    QVERIFY(open(scheme));
    int told = 0;
    QList<ErrorCode> codes;
    const auto ask = [&](Client &client, int depth, const auto &again) -> QCoro::Task<> {
        const Result<TaskInfo> info = co_await client.show(IdGenerator().next());
        ++told;
        codes.append(info ? ErrorCode::None : info.error().code());
        if (depth > 0) {
            const Submitted<int> late = client.submit(test::sleep, 1); // the client is being destroyed
            const Result<int> result = co_await late;
            codes.append(result ? ErrorCode::None : result.error().code());
            co_await again(client, depth - 1, again);
        }
    };
    const Answer<void> connected = m_place->client().connected();
    QVERIFY(testing::resultOf(connected));
    ask(m_place->client(), 1, ask);
    m_place->destroyClient();
    QCOMPARE(told, 2);
    QVERIFY(codes == QList<ErrorCode>(3, ErrorCode::ClientClosed));
    m_scheme.clear();
}

void TestLifetime::aDestroyedContext()
{
    QFETCH(int, form);
    QVERIFY(open(QStringLiteral("local:")));
    begin(50);
    m_context.reset();
    if (form == ByThen) {
        const auto result = testing::resultOf(m_place->client().attach<int>(m_id));
        QVERIFY2(result, qPrintable(result ? QString() : result.error().message()));
        QTest::qWait(50);
        QCOMPARE(m_told->times, 0);
    } else {
        QTRY_COMPARE_WITH_TIMEOUT(m_told->times, 1, patienceMs);
        QCOMPARE(m_told->result.value_or(0), 50);
    }
}

void TestLifetime::aKilledBroker()
{
    QVERIFY(open(QStringLiteral("local:")));
    QVERIFY(start(1500));
    QVERIFY(m_place->site().kill(QStringLiteral("broker")));
    QTRY_VERIFY(!m_place->client().isConnected());
    QCOMPARE(m_told->times, 0);
    QVERIFY(m_place->startBroker());
    QTRY_COMPARE_WITH_TIMEOUT(m_told->times, 1, patienceMs);
    QVERIFY2(m_told->result, qPrintable(m_told->result ? QString() : m_told->result.error().message()));
    QCOMPARE(*m_told->result, 1500);
}

void TestLifetime::aKilledWorker()
{
    QVERIFY(open(QStringLiteral("local:")));
    QVERIFY(start(500));
    QVERIFY(m_place->site().kill(QStringLiteral("here")));
    QCOMPARE(m_told->times, 0);
    QVERIFY(m_place->startWorker());
    QTRY_COMPARE_WITH_TIMEOUT(m_told->times, 1, patienceMs);
    QVERIFY2(m_told->result, qPrintable(m_told->result ? QString() : m_told->result.error().message()));
    QCOMPARE(*m_told->result, 500);
}

void TestLifetime::timeout()
{
    QVERIFY(open(QStringLiteral("local:")));
    begin(60'000, Options().timeout(200ms));
    QTRY_COMPARE_WITH_TIMEOUT(m_told->times, 1, patienceMs);
    QVERIFY(!m_told->result);
    QCOMPARE(m_told->result.error().reason(), Reason::Timeout);
}

void TestLifetime::cancel()
{
    QFETCH(int, form);
    QVERIFY(open(QStringLiteral("local:")));
    if (form == ByCall) { // at once: the request overtakes nothing, and is lost nowhere on the way
        auto call = m_place->client().call(test::sleep, 60'000);
        awaitSubmitted(call.submitted(), m_told);
        call.submitted().cancel();
    } else {
        QVERIFY(start(60'000));
        m_place->client().cancel(m_id);
    }
    QTRY_COMPARE_WITH_TIMEOUT(m_told->times, 1, patienceMs);
    QVERIFY(!m_told->result);
    QCOMPARE(m_told->result.error().code(), ErrorCode::Revoked);
}

void TestLifetime::closingReportsWhatIsNotSafe()
{
    Client client(QUrl(QStringLiteral("drover://127.0.0.1:1")));
    for (int i = 0; i < 3; ++i)
        client.submit(test::noop);
    const auto left = testing::resultOf(client.close(50ms));
    QCOMPARE(left.value_or(-1), 3);
}

void TestLifetime::closingWaitsForTheAcknowledgement()
{
    QVERIFY(open(QStringLiteral("local:")));
    for (int i = 0; i < 20; ++i)
        m_place->client().submit(test::noop);
    const auto left = testing::resultOf(m_place->client().close());
    QCOMPARE(left.value_or(-1), 0);
    m_scheme.clear();
}

void TestLifetime::aClosedClientTakesNoTasks()
{
    Client client(QUrl(QStringLiteral("drover://127.0.0.1:1")));
    QCOMPARE(testing::resultOf(client.close()).value_or(-1), 0);
    QCOMPARE(testing::resultOf(client.submit(test::noop)).error().code(), ErrorCode::ClientClosed);
}

DROVER_TEST_MAIN(TestLifetime)

#include "tst_lifetime.moc"
