// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/place.h"
#include "client/taskhandle.h"
#include "testplugin/test.h"

#include <map>

using namespace drover;
using namespace drover::testing;
using namespace std::chrono_literals;

//! Each option has its effect or is refused by its name, with every kind of broker.
class TestOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { Place::addRows(); }
    void init();
    void cleanupTestCase() { m_places.clear(); }
    void itHasAnEffectOrIsRefused_data();
    void itHasAnEffectOrIsRefused();
    void optionsOutOfRangeAreRefused_data();
    void optionsOutOfRangeAreRefused();

private:
    using Effect = void (TestOptions::*)();
    static Effect effectOf(Options::Feature feature);
    void queue();
    void priority();
    void timeout();
    void retries();
    void backoff();
    void tags();
    void noResult();
    void raw();
    void idempotencyKey();
    void eta();
    void expires();
    void detached();
    void codec();
    void delay();
    void softTimeout();
    void deadline();
    void ackEarly();
    void exclusive();
    void retryOn();
    void resultTtl();
    bool childSurvives(const Options &options, bool detached);

    Client &client() { return m_place->client(); }
    TaskInfo shown(TaskId id) { return testing::resultOf(client().show(id)).value_or(TaskInfo()); }

    std::map<QString, std::unique_ptr<Place>> m_places;
    Place *m_place = nullptr;
};

void TestOptions::init()
{
    QFETCH_GLOBAL(QString, scheme);
    auto &place = m_places[scheme];
    if (!place) {
        place = std::make_unique<Place>(scheme);
        QVERIFY(place->start());
        place->client().addCodec(QStringLiteral("test.reverse"), test::reversed, test::reversed);
    }
    m_place = place.get();
}

TestOptions::Effect TestOptions::effectOf(Options::Feature feature)
{
    switch (feature) {
    case Options::Queue: return &TestOptions::queue;
    case Options::Priority: return &TestOptions::priority;
    case Options::Timeout: return &TestOptions::timeout;
    case Options::Retries: return &TestOptions::retries;
    case Options::Backoff: return &TestOptions::backoff;
    case Options::Tags: return &TestOptions::tags;
    case Options::NoResult: return &TestOptions::noResult;
    case Options::Raw: return &TestOptions::raw;
    case Options::IdempotencyKey: return &TestOptions::idempotencyKey;
    case Options::Eta: return &TestOptions::eta;
    case Options::Expires: return &TestOptions::expires;
    case Options::Detached: return &TestOptions::detached;
    case Options::Codec: return &TestOptions::codec;
    case Options::Delay: return &TestOptions::delay;
    case Options::SoftTimeout: return &TestOptions::softTimeout;
    case Options::Deadline: return &TestOptions::deadline;
    case Options::AckEarly: return &TestOptions::ackEarly;
    case Options::Exclusive: return &TestOptions::exclusive;
    case Options::RetryOn: return &TestOptions::retryOn;
    case Options::ResultTtl: return &TestOptions::resultTtl;
    }
    return nullptr; // an option without a row: the compiler warns above
}

void TestOptions::itHasAnEffectOrIsRefused_data()
{
    QTest::addColumn<Options>("options"); // with this option in use
    QTest::addColumn<QString>("name");
    const QDateTime later = QDateTime::currentDateTimeUtc().addSecs(3600);
    const auto row = [](const char *name, const Options &options) {
        QTest::newRow(name) << options << QString::fromLatin1(name);
    };
    row("queue", Options().queue("slow"));
    row("priority", Options().priority(5));
    row("timeout", Options().timeout(1s));
    row("retries", Options().retries(1));
    row("backoff", Options().backoff(1ms));
    row("tags", Options().tags("here"));
    row("noResult", Options().noResult());
    row("raw", Options().raw());
    row("idempotencyKey", Options().idempotencyKey("key"));
    row("eta", Options().eta(later));
    row("expires", Options().expires(later));
    row("detached", Options().detached());
    row("codec", Options().codec("test.reverse"));
    row("delay", Options().delay(1ms));
    row("softTimeout", Options().softTimeout(1s));
    row("deadline", Options().deadline(1h));
    row("ackEarly", Options().ackEarly());
    row("exclusive", Options().exclusive());
    row("retryOn", Options().retryOn(Reason::Exception));
    row("resultTtl", Options().resultTtl(1h));
}

void TestOptions::itHasAnEffectOrIsRefused()
{
    QFETCH(Options, options);
    QFETCH(QString, name);
    const auto feature = Options::Feature(int(options.used()));
    QVERIFY2(qPopulationCount(quint32(options.used())) == 1, "a row is about one option");
    if (client().backend()->enforces().testFlag(feature)) {
        (this->*effectOf(feature))();
        return;
    }
    const auto task = client().submit(test::echo, QByteArray("x"), options);
    const auto result = testing::resultOf(task);
    QCOMPARE(result.error().code(), ErrorCode::Unsupported);
    QVERIFY2(result.error().message().contains(name), qPrintable(result.error().message()));
    QCOMPARE(acceptanceOf(task).error().code(), ErrorCode::Unsupported);
}

void TestOptions::queue()
{
    const auto task = client().submit(test::noop, Options().queue("slow"));
    QVERIFY(testing::resultOf(task).has_value());
    QVERIFY(reaches(client(), task.id(), State::Success));
    QCOMPARE(shown(task.id()).queue, QStringLiteral("slow"));
}

void TestOptions::priority()
{
    const auto busy = client().submit(test::block, 60'000);
    QVERIFY(reaches(client(), busy.id(), State::Started));
    const auto probe = client().submit(test::noop, Options().priority(9));
    QVERIFY(acceptanceOf(probe).has_value());
    QVERIFY(reaches(client(), probe.id(), State::Pending)); // the worker holds nothing in advance any more
    QStringList order;
    for (const int value : {-5, 0, 5}) {
        const auto task = client().submit(test::block, 60, Options().priority(value));
        task.then(this, [&order, value](const Result<int> &) { order.append(QString::number(value)); });
        QVERIFY(acceptanceOf(task).has_value());
    }
    busy.cancel();
    QTRY_COMPARE_WITH_TIMEOUT(order.join(QLatin1Char(' ')), QStringLiteral("5 0 -5"), patienceMs);
}

void TestOptions::timeout()
{
    const auto result = testing::resultOf(client().submit(test::stubborn, 60'000, Options().timeout(100ms)));
    QCOMPARE(result.error().code(), ErrorCode::TaskFailed);
    QCOMPARE(result.error().reason(), Reason::Timeout);
}

void TestOptions::retries()
{
    const auto options = Options().backoff(1ms);
    const auto few = client().submit(test::succeedAt, 3, Options(options).retries(1));
    QCOMPARE(testing::resultOf(few).error().message(), QStringLiteral("not yet"));
    QVERIFY(reaches(client(), few.id(), State::Failure));
    QCOMPARE(shown(few.id()).attempts.size(), 2);
    const auto enough = client().submit(test::succeedAt, 3, Options(options).retries(2));
    QCOMPARE(testing::resultOf(enough).value_or(0), 3);
}

void TestOptions::backoff()
{
    const auto task = client().submit(test::succeedAt, 2, Options().retries(1).backoff(300ms));
    QVERIFY(reaches(client(), task.id(), State::Retry));
    QCOMPARE(testing::resultOf(task).value_or(0), 2);
    QVERIFY(reaches(client(), task.id(), State::Success));
    const auto attempts = shown(task.id()).attempts;
    QCOMPARE(attempts.size(), 2);
    const qint64 waited = attempts.last().startedMs - attempts.first().finishedMs;
    QVERIFY2(waited >= 290, qPrintable(QString::number(waited))); // clocks count whole milliseconds
}

void TestOptions::tags()
{
    QVERIFY(testing::resultOf(client().submit(test::noop, Options().tags("here"))).has_value());
    const auto task = client().submit(test::noop, Options().tags("here", "nowhere"));
    QVERIFY(acceptanceOf(task).has_value());
    QVERIFY(testing::resultOf(client().submit(test::noop)).has_value()); // it holds up nobody
    const TaskInfo info = shown(task.id());
    QCOMPARE(info.state, State::Pending);
    QVERIFY2(info.why.contains(QLatin1String("nowhere")), qPrintable(info.why));
    task.cancel();
    QCOMPARE(testing::resultOf(task).error().code(), ErrorCode::Revoked);
}

void TestOptions::noResult()
{
    const auto task = client().submit(test::echo, QByteArray("value"), Options().noResult());
    QVERIFY(QTest::qWaitFor([&] { return task.isFinished(); }, patienceMs));
    QVERIFY(task.task()->outcome().has_value());
    QCOMPARE(task.task()->outcome()->size(), 0);
    const auto failed = testing::resultOf(client().submit(test::raise, QStringLiteral("x"), Options().noResult()));
    QCOMPARE(failed.error().reason(), Reason::Exception);
}

void TestOptions::raw()
{
    const auto task = client().submit(test::echo, QByteArray("\0\xff", 2), Options().raw());
    QCOMPARE(testing::resultOf(task).value_or(QByteArray()), QByteArray("\0\xff", 2));
    QCOMPARE(task.task()->outcome()->type(), ContentType::Raw);
}

void TestOptions::idempotencyKey()
{
    const auto first = client().submit(test::sleep, 1, Options().idempotencyKey("k"));
    const auto second = client().submit(test::sleep, 1, Options().idempotencyKey("k"));
    const auto other = client().submit(test::sleep, 2, Options().idempotencyKey("k"));
    QVERIFY(acceptanceOf(first).has_value() && acceptanceOf(second).has_value());
    QCOMPARE(second.id(), first.id());
    QCOMPARE(acceptanceOf(other).error().code(), ErrorCode::Conflict);
}

void TestOptions::eta()
{
    const QDateTime at = QDateTime::currentDateTimeUtc().addMSecs(400);
    const auto task = client().submit(test::noop, Options().eta(at));
    QVERIFY(acceptanceOf(task).has_value());
    QCOMPARE(shown(task.id()).state, State::Scheduled);
    QVERIFY(testing::resultOf(task).has_value());
    QVERIFY(QDateTime::currentDateTimeUtc() >= at);
}

void TestOptions::expires()
{
    const QDateTime soon = QDateTime::currentDateTimeUtc().addMSecs(200);
    const auto task = client().submit(test::noop, Options().tags("nowhere").expires(soon));
    const auto result = testing::resultOf(task);
    QCOMPARE(result.error().code(), ErrorCode::Revoked);
    QCOMPARE(result.error().reason(), Reason::Expired);
    const auto inTime = client().submit(test::noop, Options().expires(QDateTime::currentDateTimeUtc().addSecs(60)));
    QVERIFY(testing::resultOf(inTime).has_value());
}

bool TestOptions::childSurvives(const Options &options, bool detached)
{
    const auto parent = client().submit(test::parent, 300, detached, options);
    TaskId child;
    const std::unique_ptr<TaskHandle> handle(client().watch(parent.id(), nullptr));
    connect(handle.get(), &TaskHandle::received, this, [&](quint32, const QList<StreamItem> &items) {
        for (const StreamItem &item : items) {
            if (item.kind == StreamItem::Value)
                child = TaskId::fromString(decodeValue<QString>(item.data).value()).value_or(TaskId());
        }
    });
    handle->openStream();
    if (!QTest::qWaitFor([&] { return !child.isNull() && shown(child).state == State::Started; }, patienceMs))
        return false;
    parent.cancel();
    return testing::resultOf(client().attach<int>(child)).has_value();
}

void TestOptions::detached()
{
    QVERIFY(!childSurvives(Options(), false));
    QVERIFY(childSurvives(Options(), true));
}

void TestOptions::codec()
{
    const auto task = client().submit(test::echo, QByteArray("abc"), Options().codec("test.reverse"));
    QCOMPARE(testing::resultOf(task).value_or(QByteArray()), QByteArray("abc"));
    QCOMPARE(task.task()->outcome()->type(), ContentType::Named);
    QCOMPARE(task.task()->outcome()->codec(), QStringLiteral("test.reverse"));
}

void TestOptions::delay()
{
    const auto task = client().submit(test::noop, Options().delay(400ms));
    QVERIFY(acceptanceOf(task).has_value());
    QCOMPARE(shown(task.id()).state, State::Scheduled);
    QVERIFY(testing::resultOf(task).has_value());
    QVERIFY(reaches(client(), task.id(), State::Success));
    const TaskInfo info = shown(task.id());
    QVERIFY(info.startedMs - info.submittedMs >= 390); // clocks count whole milliseconds
}

void TestOptions::softTimeout()
{
    const auto told = client().submit(test::untilAsked, 60'000, Options().softTimeout(100ms));
    QCOMPARE(testing::resultOf(told).value_or(-1), int(Reason::Timeout)); // what it gives then still counts
    const auto ended = client().submit(test::block, 60'000, Options().softTimeout(100ms));
    QCOMPARE(testing::resultOf(ended).error().reason(), Reason::Timeout);
    const auto killed = client().submit(test::stubborn, 60'000, Options().softTimeout(100ms).timeout(200ms));
    QCOMPARE(testing::resultOf(killed).error().reason(), Reason::Timeout);
}

void TestOptions::deadline()
{
    const auto waits = client().submit(test::noop, Options().tags("nowhere").deadline(200ms));
    QCOMPARE(testing::resultOf(waits).error().reason(), Reason::Deadline);
    const auto runs = client().submit(test::stubborn, 60'000, Options().deadline(300ms));
    QCOMPARE(testing::resultOf(runs).error().reason(), Reason::Deadline);
    QVERIFY(reaches(client(), runs.id(), State::Failure));
    QVERIFY(testing::resultOf(client().submit(test::noop, Options().deadline(1h))).has_value());
}

void TestOptions::ackEarly()
{
    QCOMPARE(testing::resultOf(client().submit(test::sleep, 1, Options().ackEarly())).value_or(0), 1);
    const auto once = client().submit(test::abort, Options().ackEarly());
    QCOMPARE(testing::resultOf(once).error().reason(), Reason::Crashed);
    QVERIFY(reaches(client(), once.id(), State::Failure));
    QCOMPARE(shown(once.id()).attempts.size(), 1); // another task would have got two more
}

void TestOptions::exclusive()
{
    QCOMPARE(testing::resultOf(client().submit(test::sleep, 1, Options().exclusive())).value_or(0), 1);
}

void TestOptions::retryOn()
{
    const auto options = Options().retries(2).backoff(1ms);
    const auto other = client().submit(test::succeedAt, 3, Options(options).retryOn(Reason::Timeout));
    QCOMPARE(testing::resultOf(other).error().message(), QStringLiteral("not yet"));
    const auto named =
        client().submit(test::succeedAt, 3, Options(options).retryOn(Reason::Timeout, Reason::Exception));
    QCOMPARE(testing::resultOf(named).value_or(0), 3);
}

void TestOptions::resultTtl()
{
    const auto task = client().submit(test::echo, QByteArray("x"), Options().resultTtl(300ms));
    QVERIFY(testing::resultOf(task).has_value());
    QVERIFY(reaches(client(), task.id(), State::Success));
    const auto code = [&] {
        const auto result = testing::resultOf(client().attach<QByteArray>(task.id()));
        return result ? ErrorCode::None : result.error().code();
    };
    QTRY_COMPARE_WITH_TIMEOUT(code(), ErrorCode::Expired, patienceMs);
    QCOMPARE(shown(task.id()).state, State::Success);
}

void TestOptions::optionsOutOfRangeAreRefused_data()
{
    QTest::addColumn<Options>("options");
    QTest::addColumn<QString>("name");
    QTest::newRow("no queue") << Options().queue("") << QStringLiteral("queue");
    QTest::newRow("priority") << Options().priority(101) << QStringLiteral("priority");
    QTest::newRow("timeout") << Options().timeout(0ms) << QStringLiteral("timeout");
    QTest::newRow("retries") << Options().retries(-1) << QStringLiteral("retries");
    QTest::newRow("backoff") << Options().backoff(-1ms) << QStringLiteral("backoff");
    QTest::newRow("softTimeout") << Options().softTimeout(0ms) << QStringLiteral("softTimeout");
    QTest::newRow("softTimeout too long") << Options().softTimeout(2s).timeout(1s) << QStringLiteral("softTimeout");
    QTest::newRow("deadline") << Options().deadline(-1ms) << QStringLiteral("deadline");
    QTest::newRow("delay") << Options().delay(-1ms) << QStringLiteral("delay");
    QTest::newRow("delay with eta") << Options().delay(1s).eta(QDateTime::currentDateTimeUtc())
                                    << QStringLiteral("delay");
    QTest::newRow("ackEarly with retries") << Options().ackEarly().retries(1) << QStringLiteral("ackEarly");
    QTest::newRow("resultTtl") << Options().resultTtl(0ms) << QStringLiteral("resultTtl");
    QTest::newRow("raw with a codec") << Options().raw().codec("test.reverse") << QStringLiteral("codec");
}

void TestOptions::optionsOutOfRangeAreRefused()
{
    QFETCH(Options, options);
    QFETCH(QString, name);
    const auto result = testing::resultOf(client().submit(test::echo, QByteArray("x"), options));
    QCOMPARE(result.error().code(), ErrorCode::InvalidArgument);
    QVERIFY2(result.error().message().contains(name), qPrintable(result.error().message()));
}

Q_DECLARE_METATYPE(drover::Options)

DROVER_TEST_MAIN(TestOptions)

#include "tst_options.moc"
