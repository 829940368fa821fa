// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/place.h"
#include "client/relay.h"
#include "client/taskhandle.h"
#include "testing/coroutine.h"
#include "testplugin/test.h"

using namespace drover;
using namespace drover::testing;
using namespace std::chrono_literals;

namespace {

//! What a coroutine read of a task.
template <typename T> struct Read
{
    QList<T> values;
    QStringList errors;
    bool ended = false;
};

//! Reads on after an error until the end; \a each is told the number of values so far.
template <typename T>
QCoro::Task<> readAll(TaskHandle *handle, std::shared_ptr<Read<T>> read, std::function<void(qsizetype)> each = {})
{
    for (;;) {
        while (const std::optional<T> value = co_await handle->next<T>()) {
            read->values.append(*value);
            if (each)
                each(read->values.size());
        }
        const ErrorCode code = handle->nextError().code();
        if (code != ErrorCode::None)
            read->errors.append(toString(code));
        if (code != ErrorCode::Expired && code != ErrorCode::Conflict && code != ErrorCode::ProtocolError)
            break;
    }
    read->ended = true;
}

QList<int> upTo(int count)
{
    QList<int> all;
    for (int i = 1; i <= count; ++i)
        all.append(i);
    return all;
}

} // namespace

//! Values that a task emits, read one by one.
class TestStreams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valuesComeInOrder_data() { Place::addRows(); }
    void valuesComeInOrder();
    void allValuesComeOnceOverTwoCuts_data();
    void allValuesComeOnceOverTwoCuts();
    void theRestOfATaskThatIsOverComesAfterACut();
    void anotherAttemptRepeatsNoValue();
    void aSlowReaderSlowsTheTask();
    void droppedValuesAreAnError();
    void anotherTypeIsAnError();
    void anUnknownTaskIsAnError_data() { Place::addRows(); }
    void anUnknownTaskIsAnError();
    void aTaskThatIsOverKeptNothing();
    void twoReadersOfOneClientDoNotDisturbEachOther();
    void aDestroyedReaderEndsItsWait();
    void aDestroyedClientEndsTheWait();

private:
    template <typename T> std::shared_ptr<Read<T>> read(Client &client, TaskId id);
    bool open(const QString &scheme = QStringLiteral("local:"));

    std::unique_ptr<Place> m_place;
    QString m_scheme;
    std::unique_ptr<QObject> m_owner; //!< of the handles
};

bool TestStreams::open(const QString &scheme)
{
    m_owner = std::make_unique<QObject>();
    if (m_place && m_scheme == scheme)
        return true;
    m_scheme = scheme;
    m_place.reset();
    m_place = std::make_unique<Place>(scheme);
    return m_place->start();
}

template <typename T> std::shared_ptr<Read<T>> TestStreams::read(Client &client, TaskId id)
{
    auto read = std::make_shared<Read<T>>();
    readAll(client.watch(id, m_owner.get()), read);
    return read;
}

void TestStreams::valuesComeInOrder()
{
    QFETCH(QString, scheme);
    QVERIFY(open(scheme));
    const Submitted<int> task = m_place->client().submit(test::emitItems, 100);
    const auto got = read<int>(m_place->client(), task.id());
    QTRY_VERIFY_WITH_TIMEOUT(got->ended, patienceMs);
    QCOMPARE(got->values, upTo(100));
    QVERIFY(got->errors.isEmpty());
}

void TestStreams::allValuesComeOnceOverTwoCuts_data()
{
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("second");
    QTest::newRow("while it runs") << 300 << 700;
    QTest::newRow("right at the start and near the end") << 1 << 999;
}

void TestStreams::allValuesComeOnceOverTwoCuts()
{
    QFETCH(int, first);
    QFETCH(int, second);
    QVERIFY(open());
    Relay relay(m_place->site().home());
    const auto client = m_place->another();
    const Answer<void> connected = client->connected();
    QVERIFY(testing::resultOf(connected));
    QCOMPARE(relay.links(), 1);

    const Submitted<int> task = client->submit(test::count, 1000, 1);
    const auto got = std::make_shared<Read<int>>();
    readAll<int>(client->watch(task.id(), m_owner.get()), got, [&](qsizetype count) {
        if (count == first || count == second)
            QMetaObject::invokeMethod(
                m_owner.get(), [&] { relay.cut(); }, Qt::QueuedConnection);
    });
    QTRY_VERIFY_WITH_TIMEOUT(got->ended, patienceMs);
    QCOMPARE(got->values, upTo(1000));
    QVERIFY(got->errors.isEmpty());
    QCOMPARE(testing::resultOf(task).value_or(0), 1000);
    QTRY_COMPARE_WITH_TIMEOUT(relay.links(), 3, patienceMs);
    m_owner.reset();
}

void TestStreams::theRestOfATaskThatIsOverComesAfterACut()
{
    QVERIFY(open());
    Relay relay(m_place->site().home());
    const auto client = m_place->another();
    constexpr int count = 14;
    constexpr int size = 70'000; // less than a worker keeps, more than is under way
    const Submitted<int> task = client->submit(test::emitBytes, count, size);
    TaskHandle *handle = client->watch(task.id(), m_owner.get());
    std::optional<QByteArray> first;
    const auto readOne = [&]() -> QCoro::Task<> { first = co_await handle->next<QByteArray>(); };
    DROVER_RUN(readOne);
    QVERIFY(first);
    QTRY_VERIFY_WITH_TIMEOUT(task.isSettled(), patienceMs);
    relay.cut();
    const auto rest = std::make_shared<Read<QByteArray>>();
    readAll(handle, rest);
    QTRY_VERIFY_WITH_TIMEOUT(rest->ended, patienceMs);
    QCOMPARE(rest->errors, QStringList());
    QCOMPARE(rest->values.size(), count - 1);
    QCOMPARE(relay.links(), 2);
    m_owner.reset();
}

void TestStreams::anotherAttemptRepeatsNoValue()
{
    QVERIFY(open());
    const Submitted<int> task = m_place->client().submit(test::count, 100, 0, 60, Options().retries(2));
    const auto got = read<int>(m_place->client(), task.id());
    QTRY_VERIFY_WITH_TIMEOUT(got->ended, patienceMs);
    QCOMPARE(testing::resultOf(task).value_or(0), 100);
    const auto info = testing::resultOf(m_place->client().show(task.id()));
    QVERIFY(info && info->attempt >= 2);
    QCOMPARE(got->values, upTo(100));
    QVERIFY(got->errors.isEmpty());
}

void TestStreams::aSlowReaderSlowsTheTask()
{
    QVERIFY(open());
    constexpr int count = 64;
    constexpr int size = 100'000; // far more in all than is kept anywhere
    const Submitted<int> task = m_place->client().submit(test::emitBytes, count, size);
    TaskHandle *handle = m_place->client().watch(task.id(), m_owner.get());
    std::optional<QByteArray> first;
    const auto readOne = [&]() -> QCoro::Task<> { first = co_await handle->next<QByteArray>(); };
    DROVER_RUN(readOne);
    QVERIFY(first);
    QVERIFY2(!QTest::qWaitFor([&] { return task.isFinished(); }, 500), "it did not wait for its reader");
    const auto rest = std::make_shared<Read<QByteArray>>();
    readAll(handle, rest);
    QTRY_VERIFY_WITH_TIMEOUT(rest->ended, patienceMs);
    QCOMPARE(rest->values, QList<QByteArray>(count - 1, QByteArray(size, 'x')));
    QVERIFY(rest->errors.isEmpty());
    QCOMPARE(testing::resultOf(task).value_or(0), count);
}

void TestStreams::droppedValuesAreAnError()
{
    QVERIFY(open());
    constexpr int count = 40;
    const Submitted<int> task = m_place->client().submit(test::emitAndStay, count, 100'000);
    QVERIFY(reaches(m_place->client(), task.id(), State::Started));
    const auto got = std::make_shared<Read<QByteArray>>();
    TaskHandle *handle = m_place->client().watch(task.id(), m_owner.get());
    QTest::qWait(100); // it tells while nobody reads
    readAll(handle, got);
    QTRY_VERIFY_WITH_TIMEOUT(!got->values.isEmpty(), patienceMs);
    task.cancel();
    QTRY_VERIFY_WITH_TIMEOUT(got->ended, patienceMs);
    QCOMPARE(got->errors, QStringList{toString(ErrorCode::Expired)});
    QVERIFY(got->values.size() < count);
}

void TestStreams::anotherTypeIsAnError()
{
    QVERIFY(open());
    const Submitted<int> task = m_place->client().submit(test::count, 3);
    const auto got = read<QString>(m_place->client(), task.id());
    QTRY_VERIFY_WITH_TIMEOUT(got->ended, patienceMs);
    QCOMPARE(got->errors, QStringList(3, toString(ErrorCode::ProtocolError)));
}

void TestStreams::anUnknownTaskIsAnError()
{
    QFETCH(QString, scheme);
    QVERIFY(open(scheme));
    const auto got = read<int>(m_place->client(), IdGenerator().next());
    QTRY_VERIFY_WITH_TIMEOUT(got->ended, patienceMs);
    QCOMPARE(got->errors, QStringList{toString(ErrorCode::NotFound)});
}

void TestStreams::aTaskThatIsOverKeptNothing()
{
    QVERIFY(open());
    const Submitted<int> task = m_place->client().submit(test::count, 3);
    QTRY_VERIFY_WITH_TIMEOUT(task.isSettled(), patienceMs);
    const auto got = read<int>(m_place->client(), task.id());
    QTRY_VERIFY_WITH_TIMEOUT(got->ended, patienceMs);
    QCOMPARE(got->errors, QStringList{toString(ErrorCode::Expired)});
    QVERIFY(got->values.isEmpty());
}

void TestStreams::twoReadersOfOneClientDoNotDisturbEachOther()
{
    QVERIFY(open());
    Client &client = m_place->client();
    const Submitted<int> task = client.submit(test::count, 300, 1);
    const auto first = read<int>(client, task.id());
    QTRY_VERIFY_WITH_TIMEOUT(first->values.size() > 10, patienceMs);
    auto *other = client.watch(task.id(), m_owner.get());
    const auto second = std::make_shared<Read<int>>();
    readAll(other, second);
    QTRY_VERIFY_WITH_TIMEOUT(second->values.size() > 20, patienceMs);
    delete other;
    QVERIFY(second->ended);
    QTRY_VERIFY_WITH_TIMEOUT(first->ended, patienceMs);
    QCOMPARE(first->values, upTo(300));
    QVERIFY(first->errors.isEmpty());
    QCOMPARE(second->values, upTo(int(second->values.size())));
}

void TestStreams::aDestroyedReaderEndsItsWait()
{
    QVERIFY(open());
    const Submitted<int> task = m_place->client().submit(test::sleep, 60'000);
    TaskHandle *handle = m_place->client().watch(task.id(), m_owner.get());
    bool ended = false;
    std::optional<int> got = 1;
    const auto wait = [&]() -> QCoro::Task<> {
        got = co_await handle->next<int>();
        ended = true;
    };
    wait();
    QCoreApplication::processEvents();
    QVERIFY(!ended);
    delete handle;
    QVERIFY(ended && !got);
    task.cancel();
    QTRY_VERIFY_WITH_TIMEOUT(task.isFinished(), patienceMs);
}

void TestStreams::aDestroyedClientEndsTheWait()
{
    QVERIFY(open());
    auto client = m_place->another();
    const auto got = std::make_shared<Read<int>>();
    const Submitted<int> task = client->submit(test::sleep, 60'000);
    QVERIFY(acceptanceOf(task));
    readAll(client->watch(task.id(), m_owner.get()), got);
    QCoreApplication::processEvents();
    QVERIFY(!got->ended);
    client.reset();
    QVERIFY(got->ended);
    QCOMPARE(got->errors, QStringList{toString(ErrorCode::ClientClosed)});
    const Answer<CancelOutcome> cancelled = m_place->client().cancel(task.id());
    QVERIFY(testing::resultOf(cancelled));
}

DROVER_TEST_MAIN(TestStreams)

#include "tst_streams.moc"
