// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/place.h"
#include "testing/coroutine.h"

#include "lab.h"
#include "testplugin/test.h"

#include <map>
#include <ranges>

using namespace drover;
using namespace drover::testing;

namespace {

template <typename R> using Results = Result<QList<Result<R>>>;

//! What all() of a batch gives, waited for with a turning event loop.
template <typename R> Results<R> allOf(const Batch<R> &batch)
{
    Results<R> got = fail(ErrorCode::Timeout, QStringLiteral("the batch did not end"));
    const CoroutineRun run = runCoroutine([&]() -> QCoro::Task<> { got = co_await batch.all(); });
    return run ? std::move(got) : fail(ErrorCode::Timeout, run.trouble);
}

template <typename R> QList<qint64> indexesOf(const Batch<R> &batch)
{
    QList<qint64> indexes;
    const CoroutineRun run = runCoroutine([&]() -> QCoro::Task<> {
        while (const auto item = co_await batch.next())
            indexes.append(item->index);
    });
    return run ? indexes : QList<qint64>();
}

QList<std::pair<int, int>> pairs(int count)
{
    QList<std::pair<int, int>> list;
    for (int i = 0; i < count; ++i)
        list.append({i, 1});
    return list;
}

//! Numbers from 0 on for ever; counts how many were read.
auto endless(std::shared_ptr<int> read, int value)
{
    return std::views::iota(0) | std::views::transform([read, value](int) {
               ++*read;
               return value;
           });
}

QCoro::Task<> collect(Batch<int> batch, QList<Error> *ends)
{
    while (const auto item = co_await batch.next()) {
        if (item->index < 0)
            ends->append(item->result.error());
    }
}

QCoro::Task<> collectAll(Batch<int> batch, QList<Error> *ends)
{
    const Result<QList<Result<int>>> all = co_await batch.all();
    ends->append(all ? Error() : all.error());
}

QCoro::Task<> collectAccepted(Batch<int> batch, QList<Error> *ends)
{
    const Result<void> accepted = co_await batch.accepted();
    ends->append(accepted ? Error() : accepted.error());
}

} // namespace

//! Many tasks at once, over every kind of broker.
class TestBatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { Place::addRows(); }
    void init();
    void cleanupTestCase() { m_places.clear(); }
    void allResultsComeInTheOrderOfTheRange();
    void nextGivesEachItemOnce();
    void nextAndAllShareOneReading();
    void oneFailedItemDoesNotFailTheRest();
    void anEmptyRangeHasNoResults();
    void aRangeThatThrowsEndsWithAFailedItem();
    void itemsAreCalledByName();
    void commandsAreMapped();
    void aLimitBoundsWhatIsUnfinished();
    void anEndlessRangeIsReadLazilyUntilItIsCancelled();
    void aCancelStopsWhatRunsAndRevokesTheRest();
    void whatEndedIsNotCancelled();
    void itIsNamedAndCounted();
    void changesAreTold();
    void itIsAttachedById();
    void aRunningBatchIsAttached();
    void anUnknownBatchIsNotFound();
    void aDroppedBatchIsSubmittedToItsEnd();
    void oneKeyForAllItemsIsRefused();
    void aDestroyedClientEndsAllAwaitsOnce();

private:
    Client &client() { return m_place->client(); }

    std::map<QString, std::unique_ptr<Place>> m_places;
    Place *m_place = nullptr;
};

void TestBatch::init()
{
    QFETCH_GLOBAL(QString, scheme);
    auto &place = m_places[scheme];
    if (!place) {
        place = std::make_unique<Place>(scheme);
        QVERIFY(place->start());
    }
    m_place = place.get();
}

void TestBatch::allResultsComeInTheOrderOfTheRange()
{
    const auto batch = client().map(lab::add, pairs(300));
    const auto all = allOf(batch);
    QVERIFY2(all, all ? "" : qPrintable(all.error().message()));
    QCOMPARE(all->size(), 300);
    for (int i = 0; i < 300; ++i)
        QCOMPARE(all->at(i).value_or(-1), i + 1);
    QVERIFY(batch.isFinished());
}

void TestBatch::nextGivesEachItemOnce()
{
    QList<qint64> indexes = indexesOf(client().map(lab::add, pairs(300)));
    std::ranges::sort(indexes);
    QCOMPARE(indexes.size(), 300);
    for (int i = 0; i < 300; ++i)
        QCOMPARE(indexes[i], i);
}

void TestBatch::nextAndAllShareOneReading()
{
    const auto batch = client().map(lab::add, pairs(20));
    DROVER_RUN([&]() -> QCoro::Task<> {
        const auto first = co_await batch.next();
        CO_VERIFY(first);
        CO_COMPARE(first->result.value_or(-1), int(first->index) + 1);
        const Result<QList<Result<int>>> rest = co_await batch.all();
        CO_VERIFY(rest);
        CO_COMPARE(rest->size(), 19);
        const auto end = co_await batch.next();
        CO_VERIFY(!end);
    });
}

void TestBatch::oneFailedItemDoesNotFailTheRest()
{
    const auto words = QStringList{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")};
    const auto failed = allOf(client().map(test::raise, words));
    QVERIFY(failed);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(failed->at(i).error().message(), words[i]);
    const auto mixed = allOf(client().map("lab.add", QList<QVariantList>{{1, 2}, {1, QStringLiteral("x")}, {3, 4}}));
    QVERIFY(mixed);
    QCOMPARE(mixed->at(0).value_or(0), QVariant(3));
    QCOMPARE(mixed->at(1).error().reason(), Reason::Rejected);
    QCOMPARE(mixed->at(2).value_or(0), QVariant(7));
}

void TestBatch::anEmptyRangeHasNoResults()
{
    const auto batch = client().map(lab::add, pairs(0));
    const auto all = allOf(batch);
    QVERIFY(all);
    QVERIFY(all->isEmpty());
    QVERIFY(indexesOf(batch).isEmpty());
    QTRY_COMPARE(batch.info().total, 0);
    QVERIFY(batch.info().finished());
}

void TestBatch::aRangeThatThrowsEndsWithAFailedItem()
{
    const auto batch = client().map(test::sleep, std::views::iota(0) | std::views::transform([](int i) {
                                                     if (i == 2)
                                                         throw std::runtime_error("no more numbers");
                                                     return 1;
                                                 }));
    const auto all = allOf(batch);
    QVERIFY(all);
    QCOMPARE(all->size(), 3);
    QVERIFY(all->at(0) && all->at(1));
    QCOMPARE(all->at(2).error().message(), QStringLiteral("no more numbers"));
    QTRY_VERIFY(batch.info().finished());
    QCOMPARE(batch.info().failed, 1u);
    QCOMPARE(batch.info().total, 3);
}

void TestBatch::itemsAreCalledByName()
{
    const auto all = allOf(client().map("lab.power", std::vector<QVariantList>{{2, 10}, {7}}));
    QVERIFY(all);
    QCOMPARE(all->at(0).value_or(0), QVariant(1024));
    QCOMPARE(all->at(1).value_or(0), QVariant(7));
}

void TestBatch::commandsAreMapped()
{
    QList<Command> commands;
    for (const char *word : {"one", "two", "three"})
        commands.append(Command("echo").args(word));
    const auto all = allOf(client().map(commands));
    QVERIFY(all);
    QCOMPARE(all->size(), 3);
    if (!m_place->isRemote())
        QCOMPARE(all->at(1).error().code(), ErrorCode::NotFound); // no worker, no programs
    else
        QVERIFY2(all->at(1), all->at(1) ? "" : qPrintable(all->at(1).error().message()));
    if (m_place->isRemote())
        QCOMPARE(all->at(1)->output(), QByteArray("two\n"));
}

void TestBatch::aLimitBoundsWhatIsUnfinished()
{
    const auto read = std::make_shared<int>(0);
    int finished = 0;
    int most = 0;
    const auto batch = client().map(test::sleep, endless(read, 1), MapOptions().limit(3));
    DROVER_RUN([&]() -> QCoro::Task<> {
        while (finished < 20) {
            const auto item = co_await batch.next();
            CO_VERIFY(item && item->result);
            most = qMax(most, *read - finished);
            ++finished;
        }
        const Result<CancelOutcome> cancelled = co_await batch.cancel();
        CO_VERIFY(cancelled);
        while (const auto item = co_await batch.next())
            ++finished;
    });
    QVERIFY2(most <= 4, qPrintable(QString::number(most)));
    QCOMPARE(finished, *read);
}

void TestBatch::anEndlessRangeIsReadLazilyUntilItIsCancelled()
{
    const auto read = std::make_shared<int>(0);
    const auto batch = client().map(test::sleep, endless(read, 1));
    QTRY_VERIFY(*read > 10);
    QVERIFY(testing::resultOf(batch.cancel()));
    const int atCancel = *read;
    const auto indexes = indexesOf(batch);
    QCOMPARE(*read, atCancel);
    QCOMPARE(indexes.size(), atCancel);
    QTRY_VERIFY(batch.info().finished());
    QCOMPARE(batch.info().total, atCancel);
    QCOMPARE(batch.info().done(), quint64(atCancel));
}

void TestBatch::aCancelStopsWhatRunsAndRevokesTheRest()
{
    const auto batch = client().map(test::sleep, std::vector<int>(50, 60'000));
    QVERIFY(reaches(client(), batch.taskId(0), State::Started));
    const auto outcome = testing::resultOf(batch.cancel());
    QVERIFY(outcome);
    QCOMPARE(*outcome, CancelOutcome::Requested);
    const auto all = allOf(batch);
    QVERIFY(all);
    QCOMPARE(all->size(), 50);
    for (const Result<int> &result : *all)
        QCOMPARE(result ? ErrorCode::None : result.error().code(), ErrorCode::Revoked);
    QTRY_COMPARE(batch.info().revoked, 50u);
    QVERIFY(batch.info().cancelled);
}

void TestBatch::whatEndedIsNotCancelled()
{
    const auto batch = client().map(lab::add, pairs(3));
    QVERIFY(allOf(batch));
    QTRY_VERIFY(batch.info().finished());
    const auto outcome = testing::resultOf(batch.cancel());
    QVERIFY(outcome);
    QCOMPARE(*outcome, CancelOutcome::TooLate);
    QVERIFY(!batch.info().cancelled);
}

void TestBatch::itIsNamedAndCounted()
{
    const auto batch = client().map("lab.add", QList<QVariantList>{{1, 2}, {QStringLiteral("x"), 2}, {3, 4}},
                                    MapOptions().name(QStringLiteral("sums")));
    QVERIFY(allOf(batch));
    QTRY_VERIFY(batch.info().finished());
    const BatchInfo info = batch.info();
    QCOMPARE(info.id, batch.id());
    QCOMPARE(info.name, QStringLiteral("sums"));
    QCOMPARE(info.total, 3);
    QCOMPARE(info.submitted, 3u);
    QCOMPARE(info.succeeded, 2u);
    QCOMPARE(info.failed, 1u);
    QVERIFY(info.createdMs > 0);
    QVERIFY(testing::resultOf(client().show(batch.taskId(2))));
}

void TestBatch::changesAreTold()
{
    const auto batch = client().map(lab::add, pairs(100));
    QList<BatchInfo> told;
    QObject context;
    batch.onChanged(&context, [&](const BatchInfo &info) { told.append(info); });
    QTRY_VERIFY(!told.isEmpty() && told.last().finished());
    QCOMPARE(told.last().succeeded, 100u);
}

void TestBatch::itIsAttachedById()
{
    const auto batch = client().map(lab::add, pairs(600));
    QVERIFY(allOf(batch));
    QTRY_VERIFY(batch.info().finished());
    const auto other = m_place->another();
    const auto again = (other ? *other : client()).attachBatch<int>(batch.id());
    const auto all = allOf(again);
    QVERIFY2(all, all ? "" : qPrintable(all.error().message()));
    QCOMPARE(all->size(), 600);
    for (int i = 0; i < 600; ++i)
        QCOMPARE(all->at(i).value_or(-1), i + 1);
    QCOMPARE(again.info(), batch.info());
}

void TestBatch::aRunningBatchIsAttached()
{
    const auto batch = client().map(test::sleep, std::vector<int>(30, 10));
    QTRY_VERIFY(batch.info().submitted > 0);
    const auto other = m_place->another();
    const auto again = (other ? *other : client()).attachBatch<int>(batch.id());
    QList<qint64> indexes = indexesOf(again);
    std::ranges::sort(indexes);
    QCOMPARE(indexes.size(), 30);
    QCOMPARE(indexes.last(), 29);
    QVERIFY(allOf(batch));
}

void TestBatch::anUnknownBatchIsNotFound()
{
    const TaskId id = batchOf(IdGenerator().next());
    QCOMPARE(allOf(client().attachBatch(id)).error().code(), ErrorCode::NotFound);
    DROVER_RUN([&]() -> QCoro::Task<> {
        const auto batch = client().attachBatch<int>(id);
        const auto item = co_await batch.next();
        CO_VERIFY(item);
        CO_COMPARE(item->index, -1);
        CO_COMPARE(item->result.error().code(), ErrorCode::NotFound);
        const auto end = co_await batch.next();
        CO_VERIFY(!end);
        const Result<CancelOutcome> cancelled = co_await batch.cancel();
        CO_COMPARE(cancelled ? ErrorCode::None : cancelled.error().code(), ErrorCode::NotFound);
    });
}

void TestBatch::aDroppedBatchIsSubmittedToItsEnd()
{
    constexpr int count = 5000; // more than are under way at a time
    const TaskId id = client().map(lab::add, pairs(count)).id();
    const auto batch = client().attachBatch<int>(id);
    QTRY_VERIFY_WITH_TIMEOUT(batch.info().finished(), patienceMs);
    QCOMPARE(batch.info().succeeded, quint64(count));
    QCOMPARE(client().backend()->unacknowledged(), 0);
}

void TestBatch::oneKeyForAllItemsIsRefused()
{
    const MapOptions options = MapOptions().options(Options().idempotencyKey("once"));
    const auto all = allOf(client().map(lab::add, pairs(2), options));
    QVERIFY(!all);
    QVERIFY(all.error().code() == ErrorCode::InvalidArgument || all.error().code() == ErrorCode::Unsupported);
}

void TestBatch::aDestroyedClientEndsAllAwaitsOnce()
{
    QList<Error> ends;
    std::optional<Batch<int>> batch;
    auto other = m_place->another();
    batch = (other ? *other : client()).map(test::sleep, std::vector<int>(5000, 60'000));
    collect(*batch, &ends);
    collect(*batch, &ends);
    collectAll(*batch, &ends);
    collectAccepted(*batch, &ends);
    QTRY_VERIFY(batch->info().submitted > 0);
    const qsizetype before = ends.size(); // loopback: all of it may be accepted
    const TaskId id = batch->id();
    const bool isOther = bool(other);
    if (isOther)
        other.reset();
    else
        m_place->destroyClient();
    QCOMPARE(ends.size(), 4);
    for (qsizetype i = before; i < 4; ++i)
        QCOMPARE(ends[i].code(), ErrorCode::ClientClosed);
    QCOMPARE(allOf(*batch).error().code(), ErrorCode::ClientClosed);
    QCOMPARE(testing::resultOf(batch->cancel()).error().code(), ErrorCode::ClientClosed);
    batch.reset();
    if (isOther) {
        QVERIFY(testing::resultOf(client().attachBatch<int>(id).cancel()));
    } else {
        QFETCH_GLOBAL(QString, scheme);
        m_places.erase(scheme);
    }
}

DROVER_TEST_MAIN(TestBatch)

#include "tst_batch.moc"
