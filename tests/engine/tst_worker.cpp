// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/worker.h"

#include "client/place.h"
#include "examples/lab.h"

#include <QtCore/QSemaphore>
#include <QtCore/QThread>
#include <QtTest/QSignalSpy>

using namespace drover;
using namespace drover::testing;
using namespace std::chrono_literals;

namespace {

constexpr Function<qint64()> process{"app.process"};
constexpr Function<bool()> ownThread{"app.ownThread"};
constexpr Function<int(int)> nap{"app.nap", arg("ms")};
constexpr Function<QString()> untilStopped{"app.untilStopped"};
constexpr Function<void()> deaf{"app.deaf"};

QSemaphore hearing; // what app.deaf waits for
std::atomic<bool> mayReturn = false; // app.untilStopped returns at once

QCoro::Task<qint64> fib(Context &context, int n)
{
    if (n < 2)
        co_return qint64(n);
    const auto one = context.submit(lab::fib, n - 1);
    const auto two = context.submit(lab::fib, n - 2);
    co_return (co_await one).value() + (co_await two).value();
}

void enter(Registry &registry)
{
    registry.add(lab::add, [](int x, int y) { return x + y; });
    registry.add(lab::fib, fib);
    registry.add(process, [] { return QCoreApplication::applicationPid(); });
    registry.add(ownThread, [] { return QThread::currentThread() != qApp->thread(); });
    registry.add(nap, [](int ms) {
        QThread::msleep(quint32(ms));
        return ms;
    });
    registry.add(untilStopped, [](Context &context) {
        while (!context.isStopRequested() && !mayReturn)
            QThread::msleep(1);
        return QStringLiteral("returned");
    });
    registry.add(deaf, [] { hearing.acquire(); });
}

} // namespace

//! A worker inside an application, with a broker inside of it, too.
class TestWorker : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<Client> client;
    std::unique_ptr<Worker> worker;
    int homes = 0;

    QString home() const { return qEnvironmentVariable("DROVER_HOME") + QStringLiteral("/%1").arg(homes); }
    WorkerSettings settings() const
    {
        return WorkerSettings().functions(enter).home(home()).name(QStringLiteral("app")).slotCount(1);
    }
    void make(const WorkerSettings &chosen)
    {
        worker = std::make_unique<Worker>(chosen);
        worker->activate();
    }
    template <typename F, typename... A> auto result(const F &function, A... arguments)
    {
        return resultOf(client->submit(function, arguments...));
    }

private Q_SLOTS:
    void init();
    void cleanup();
    void functionsOfTheApplicationRunInIt();
    void recursionWorksOnOneSlot();
    void itTellsWhatBecomesOfIt();
    void whatRunsIsFinishedBeforeItIsInactive();
    void whatDoesNotEndInTimeRunsAgainLater();
    void aFunctionThatDoesNotListenIsGivenUp();
    void itLeavesWhenItIsIdle();
    void itIsActivatedAgain();
    void destroyingItHandsItsTasksOn();
    void whatCannotBeOfferedIsAnError_data();
    void whatCannotBeOfferedIsAnError();
    void aNameThatIsTakenIsAnError();
    void pluginsRunInProcesses();
};

void TestWorker::init()
{
    ++homes;
    mayReturn = false;
    QVERIFY(QDir().mkpath(home()));
    client = std::make_unique<Client>(QUrl(QStringLiteral("embedded:")), ClientSettings().home(home()));
}

void TestWorker::cleanup()
{
    hearing.release(100);
    worker.reset();
    client.reset();
    hearing.acquire(hearing.available());
}

void TestWorker::functionsOfTheApplicationRunInIt()
{
    make(settings());
    QCOMPARE(result(lab::add, 2, 3).value(), 5);
    QCOMPARE(result(process).value(), QCoreApplication::applicationPid());
    QVERIFY(result(ownThread).value());
}

void TestWorker::recursionWorksOnOneSlot()
{
    make(settings());
    QCOMPARE(result(lab::fib, 9).value(), 34);
}

void TestWorker::itTellsWhatBecomesOfIt()
{
    worker = std::make_unique<Worker>(settings());
    QList<Worker::State> states;
    connect(worker.get(), &Worker::stateChanged, this, [&states](Worker::State state) { states.append(state); });
    const QSignalSpy activated(worker.get(), &Worker::activated);
    const QSignalSpy deactivated(worker.get(), &Worker::deactivated);
    QCOMPARE(worker->state(), Worker::State::Inactive);
    worker->deactivate();
    worker->activate();
    worker->activate();
    QTRY_COMPARE(activated.size(), 1);
    QVERIFY(worker->port() > 0);
    QCOMPARE(worker->fingerprint().size(), 32);
    worker->deactivate();
    QTRY_COMPARE(deactivated.size(), 1);
    QCOMPARE(worker->port(), 0);
    using enum Worker::State;
    QCOMPARE(states, (QList<Worker::State>{Activating, Active, Deactivating, Inactive}));
    QCOMPARE(activated.size(), 1);
}

void TestWorker::whatRunsIsFinishedBeforeItIsInactive()
{
    make(settings());
    const auto running = client->submit(nap, 300);
    const auto waiting = client->submit(lab::add, 1, 1, Options().priority(-1));
    QVERIFY(reaches(*client, running.id(), State::Started));
    const QSignalSpy deactivated(worker.get(), &Worker::deactivated);
    worker->deactivate();
    QTRY_COMPARE_WITH_TIMEOUT(deactivated.size(), 1, patienceMs);
    QVERIFY(running.isFinished());
    QCOMPARE(running.result().value(), 300);
    QVERIFY(reaches(*client, waiting.id(), State::Pending));
}

void TestWorker::whatDoesNotEndInTimeRunsAgainLater()
{
    make(settings());
    const auto task = client->submit(untilStopped);
    QVERIFY(reaches(*client, task.id(), State::Started));
    const QSignalSpy deactivated(worker.get(), &Worker::deactivated);
    worker->deactivate(50ms);
    QTRY_COMPARE_WITH_TIMEOUT(deactivated.size(), 1, patienceMs);
    QVERIFY(!task.isFinished());
    mayReturn = true;
    worker->activate();
    QCOMPARE(resultOf(task).value(), QStringLiteral("returned"));
}

void TestWorker::aFunctionThatDoesNotListenIsGivenUp()
{
    make(settings());
    const auto task = client->submit(deaf, Options().timeout(100ms));
    const auto ended = resultOf(task);
    QVERIFY(!ended);
    QCOMPARE(ended.error().reason(), Reason::Timeout);
    QCOMPARE(result(lab::add, 2, 2).value(), 4); // the slot is free
    hearing.release(1);
}

void TestWorker::itLeavesWhenItIsIdle()
{
    make(settings().idleExit(400ms));
    const QSignalSpy idle(worker.get(), &Worker::idle);
    const QSignalSpy deactivated(worker.get(), &Worker::deactivated);
    QTRY_COMPARE_WITH_TIMEOUT(deactivated.size(), 1, patienceMs);
    QCOMPARE(idle.size(), 1);
    QCOMPARE(worker->state(), Worker::State::Inactive);
}

void TestWorker::itIsActivatedAgain()
{
    make(settings());
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(result(lab::add, i, 1).value(), i + 1);
        const QSignalSpy deactivated(worker.get(), &Worker::deactivated);
        worker->deactivate();
        QTRY_COMPARE_WITH_TIMEOUT(deactivated.size(), 1, patienceMs);
        worker->activate();
    }
}

void TestWorker::destroyingItHandsItsTasksOn()
{
    make(settings());
    const auto task = client->submit(untilStopped);
    QVERIFY(reaches(*client, task.id(), State::Started));
    worker.reset();
    QVERIFY(!task.isFinished());
    mayReturn = true;
    make(settings());
    QCOMPARE(resultOf(task).value(), QStringLiteral("returned"));
}

void TestWorker::whatCannotBeOfferedIsAnError_data()
{
    QTest::addColumn<bool>("functions");
    QTest::addColumn<QStringList>("plugins");
    QTest::newRow("nothing") << false << QStringList();
    QTest::newRow("both") << true << QStringList{QStringLiteral("a.so")};
    QTest::newRow("a plugin that is not there") << false << QStringList{QStringLiteral("no-such.so")};
}

void TestWorker::whatCannotBeOfferedIsAnError()
{
    QFETCH(bool, functions);
    QFETCH(QStringList, plugins);
    worker = std::make_unique<Worker>(
        WorkerSettings().home(home()).functions(functions ? enter : WorkerSettings::Functions()).plugins(plugins));
    QList<Error> errors;
    connect(worker.get(), &Worker::failed, this, [&errors](const Error &why) { errors.append(why); });
    worker->activate();
    QVERIFY(errors.isEmpty());
    QTRY_COMPARE(errors.size(), 1);
    QCOMPARE(errors.first().code(), ErrorCode::InvalidArgument);
    QCOMPARE(worker->state(), Worker::State::Inactive);
}

void TestWorker::aNameThatIsTakenIsAnError()
{
    make(settings());
    Worker second(settings());
    QList<Error> errors;
    connect(&second, &Worker::failed, this, [&errors](const Error &why) { errors.append(why); });
    second.activate();
    QTRY_COMPARE(errors.size(), 1);
    QCOMPARE(errors.first().code(), ErrorCode::Conflict);
    QCOMPARE(result(lab::add, 2, 3).value(), 5);
}

void TestWorker::pluginsRunInProcesses()
{
    qputenv("DROVER_PROGRAM", DROVER_FILE);
    make(WorkerSettings().plugins({QStringLiteral(LAB_PLUGIN)}).home(home()).slotCount(1));
    QCOMPARE(result(lab::add, 2, 3).value(), 5);
    const QSignalSpy deactivated(worker.get(), &Worker::deactivated);
    worker->deactivate();
    QTRY_COMPARE_WITH_TIMEOUT(deactivated.size(), 1, patienceMs);
}

DROVER_TEST_MAIN(TestWorker)

#include "tst_worker.moc"
