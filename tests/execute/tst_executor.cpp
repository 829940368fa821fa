// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "execute/executorfunctions.h"
#include "execute/executorpool.h"
#include "protocol/messages.h"
#include "testing/main.h"

#include <QtCore/QCoreApplication>
#include <QtTest/QSignalSpy>

#include <csignal>

using namespace drover;
using namespace std::chrono_literals;

namespace {

QString beside(const char *name)
{
    return QCoreApplication::applicationDirPath() + u'/' + QLatin1String(name);
}

ExecutorPoolOptions poolOptions(const QStringList &plugins)
{
    ExecutorPoolOptions options;
    options.program = beside("executor_program");
    for (const QString &plugin : plugins)
        options.plugins.append(beside(qPrintable(plugin + QStringLiteral(".so"))));
    options.firstPause = 10ms;
    return options;
}

//! A pool and what its executors said.
class Bench : public QObject
{
public:
    explicit Bench(const QStringList &plugins = {QStringLiteral("executor_plugin")}) : pool(poolOptions(plugins))
    {
        connect(&pool, &ExecutorPool::ready, this, [this](quint32 id, const QList<Signature> &all) {
            ready.append(id);
            functions = all;
        });
        connect(&pool, &ExecutorPool::received, this, [this](quint32, const QByteArray &frame) { read(frame); });
        connect(&pool, &ExecutorPool::died, this, [this](quint32 id, int signal, int) { deaths.append({id, signal}); });
    }

    template <typename R, typename... P, typename... A>
    LeaseRef assign(const Function<R(P...)> &function, A... arguments)
    {
        Assign message;
        message.id = ids.next();
        message.token = {1, 1};
        message.function = function.name();
        message.signatureHash = function.signatureHash();
        message.arguments = Payload::cbor(*function.encode(arguments...));
        pool.send(1, message);
        pool.flush();
        return {message.id, message.token};
    }

    template <typename M> void send(const M &message)
    {
        pool.send(1, message);
        pool.flush();
    }

    void answer(const Submit &submit, int value)
    {
        TaskResult result;
        result.id = submit.id;
        result.ok = true;
        result.value = Payload::cbor(*encodeValue(value));
        send(result);
    }

    ExecutorPool pool;
    IdGenerator ids;
    QList<quint32> ready;
    QList<Signature> functions;
    QList<Finished> finished;
    QList<StreamItem> items;
    QList<Submit> submits;
    QStringList log; //!< names of all messages, in order
    QList<QPair<quint32, int>> deaths;

private:
    void read(const QByteArray &frame)
    {
        FrameReader reader(frame);
        while (const auto message = reader.next()) {
            log.append(toString(message->kind));
            if (message->kind == Kind::Finished)
                finished.append(*decode<Finished>(*message));
            else if (message->kind == Kind::StreamItems)
                items.append(decode<StreamItems>(*message)->items);
            else if (message->kind == Kind::Submit)
                submits.append(*decode<Submit>(*message));
        }
    }
};

int intOf(const Finished &finished)
{
    return *decodeValue<int>(*finished.value.inlineBytes());
}

} // namespace

class TestExecutor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itTellsItsFunctions()
    {
        Bench bench;
        bench.pool.start(1);
        QTRY_COMPARE(bench.ready.size(), 1);
        QVERIFY(bench.functions.contains(testing::add.signature()));
    }

    void itRunsACall()
    {
        Bench bench;
        bench.pool.start(1);
        QTRY_COMPARE(bench.ready.size(), 1);
        const LeaseRef ref = bench.assign(testing::add, 2, 3);
        QTRY_COMPARE(bench.finished.size(), 1);
        const Finished &finished = bench.finished.first();
        QCOMPARE(finished.id, ref.id);
        QVERIFY(finished.ok);
        QCOMPARE(intOf(finished), 5);
        QVERIFY(finished.startedMs > 0);
    }

    void manyCallsComeBackInOrder()
    {
        Bench bench;
        bench.pool.start(1);
        QTRY_COMPARE(bench.ready.size(), 1);
        for (int i = 0; i < 1000; ++i)
            bench.assign(testing::add, i, 1);
        QTRY_COMPARE(bench.finished.size(), 1000);
        for (int i = 0; i < 1000; ++i)
            QCOMPARE(intOf(bench.finished.at(i)), i + 1);
    }

    void anExceptionIsAnErrorWithItsType()
    {
        Bench bench;
        bench.pool.start(1);
        QTRY_COMPARE(bench.ready.size(), 1);
        bench.assign(testing::fails);
        QTRY_COMPARE(bench.finished.size(), 1);
        const Error &error = bench.finished.first().error;
        QCOMPARE(error.reason(), Reason::Exception);
        QCOMPARE(error.typeName(), QStringLiteral("std::runtime_error"));
        QCOMPARE(error.message(), QStringLiteral("it went wrong"));
    }

    void abortEndsTheProcessAfterTheResultsBeforeIt()
    {
        Bench bench;
        bench.pool.start(1);
        QTRY_COMPARE(bench.ready.size(), 1);
        bench.assign(testing::add, 1, 1);
        bench.assign(testing::aborts);
        QTRY_COMPARE(bench.deaths.size(), 1);
        QCOMPARE(bench.deaths.first().second, SIGABRT);
        QCOMPARE(bench.finished.size(), 1);
        bench.pool.start(2);
        QTRY_COMPARE(bench.ready.size(), 2);
    }

    void aKilledExecutorIsReported()
    {
        Bench bench;
        bench.pool.start(1);
        QTRY_COMPARE(bench.ready.size(), 1);
        bench.assign(testing::hang);
        QTRY_COMPARE(bench.items.size(), 1);
        ::kill(pid_t(bench.pool.processId(1)), SIGKILL);
        QTRY_COMPARE(bench.deaths.size(), 1);
        QCOMPARE(bench.deaths.first().second, SIGKILL);
    }

    void noiseOnStandardOutputDoesNotBreakThePipe()
    {
        Bench bench;
        bench.pool.start(1);
        QTRY_COMPARE(bench.ready.size(), 1);
        bench.assign(testing::noise);
        bench.assign(testing::add, 2, 3);
        QTRY_COMPARE(bench.finished.size(), 2);
        QVERIFY(bench.finished.at(0).ok);
        QCOMPARE(intOf(bench.finished.at(1)), 5);
    }

    void aPluginThatCrashesOnLoadIsLeftOutAndTriedAgain()
    {
        Bench bench({QStringLiteral("executor_plugin"), QStringLiteral("crashing_plugin")});
        QSignalSpy due(&bench.pool, &ExecutorPool::pluginDue);
        bench.pool.start(1);
        QTRY_COMPARE(bench.deaths.size(), 1);
        bench.pool.start(2);
        QTRY_VERIFY(bench.ready.size() == 1 || bench.deaths.size() == 2); // the pause may be over already
        QTRY_VERIFY(due.size() > 0);
    }

    void aProgramThatIsNotThereIsReported()
    {
        ExecutorPoolOptions options;
        options.program = beside("no-such-program");
        ExecutorPool pool(options);
        QSignalSpy died(&pool, &ExecutorPool::died);
        pool.start(1);
        QTRY_COMPARE(died.size(), 1);
    }

    void aStopReachesARunningTask()
    {
        Bench bench;
        bench.pool.start(1);
        QTRY_COMPARE(bench.ready.size(), 1);
        const LeaseRef ref = bench.assign(testing::waitForStop);
        QTRY_COMPARE(bench.items.size(), 1);
        bench.send(Stop{ref.id, ref.token, false});
        QTRY_COMPARE(bench.finished.size(), 1);
        QVERIFY(!bench.finished.first().ok);
    }

    void whatHasNotStartedIsGivenBack()
    {
        Bench bench;
        bench.pool.start(1);
        QTRY_COMPARE(bench.ready.size(), 1);
        const LeaseRef first = bench.assign(testing::waitForStop);
        QTRY_COMPARE(bench.items.size(), 1);
        const LeaseRef second = bench.assign(testing::add, 1, 1);
        bench.send(TakeBack{second.id, second.token});
        QTRY_COMPARE(bench.log.last(), QStringLiteral("Returned"));
        bench.send(TakeBack{first.id, first.token});
        bench.send(Stop{first.id, first.token, false});
        QTRY_COMPARE(bench.finished.size(), 1);
        QCOMPARE(bench.log.count(QStringLiteral("Returned")), 1);
    }

    void nestedTasksBlockAndResumeTheirParent()
    {
        Bench bench;
        bench.pool.start(1);
        QTRY_COMPARE(bench.ready.size(), 1);
        const LeaseRef ref = bench.assign(testing::parent, 10);
        QTRY_COMPARE(bench.log,
                     QStringList({QStringLiteral("Submit"), QStringLiteral("Submit"), QStringLiteral("Blocked")}));
        QCOMPARE(bench.submits.at(1).parent->task, ref.id);
        QCOMPARE(bench.submits.at(1).parent->callNumber, quint32(2));
        bench.log.clear();
        bench.answer(bench.submits.at(0), 11);
        QTRY_COMPARE(bench.log, QStringList({QStringLiteral("Resumed"), QStringLiteral("Blocked")}));
        bench.log.clear();
        bench.send(Duplicate{bench.submits.at(1).seq, bench.submits.at(1).id, ref.id});
        bench.submits[1].id = ref.id;
        bench.answer(bench.submits.at(1), 12);
        QTRY_COMPARE(bench.log, QStringList({QStringLiteral("Resumed"), QStringLiteral("Finished")}));
        QCOMPARE(intOf(bench.finished.first()), 23);
    }

    void aRefusedSubmitIsTheResultOfTheCall()
    {
        Bench bench;
        bench.pool.start(1);
        QTRY_COMPARE(bench.ready.size(), 1);
        bench.assign(testing::parent, 10);
        QTRY_COMPARE(bench.submits.size(), 2);
        for (const Submit &submit : std::as_const(bench.submits))
            bench.send(
                SubmitRefused{submit.seq, submit.id, Error(ErrorCode::InvalidArgument, QStringLiteral("too deep"))});
        QTRY_COMPARE(bench.finished.size(), 1);
        QCOMPARE(bench.finished.first().error.message(), QStringLiteral("too deep"));
    }

    void itemsAreNumberedAndComeBeforeTheResult()
    {
        Bench bench;
        bench.pool.start(1);
        QTRY_COMPARE(bench.ready.size(), 1);
        bench.assign(testing::items);
        QTRY_COMPARE(bench.finished.size(), 1);
        QCOMPARE(bench.log.last(), QStringLiteral("Finished"));
        QCOMPARE(bench.items.size(), 3);
        QCOMPARE(bench.items.at(0).kind, StreamItem::Progress);
        QCOMPARE(bench.items.at(1), (StreamItem{2, StreamItem::Log, "a line"}));
        QCOMPARE(bench.items.at(2).kind, StreamItem::Value);
    }

    void aRetiredExecutorEndsEvenWhileATaskHangs()
    {
        Bench bench;
        bench.pool.start(1);
        QTRY_COMPARE(bench.ready.size(), 1);
        bench.assign(testing::hang);
        QTRY_COMPARE(bench.items.size(), 1);
        bench.pool.retire(1);
        QTRY_VERIFY(bench.pool.isEmpty());
        QVERIFY(bench.deaths.isEmpty());
    }
};

DROVER_TEST_MAIN(TestExecutor)

#include "tst_executor.moc"
