// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/sessionbatches.h"
#include "testing/main.h"

using namespace drover;

namespace {

BatchPlan planOf(int count, int *read)
{
    BatchPlan plan;
    plan.total = count;
    plan.next = [count, read]() -> std::optional<Result<Submission>> {
        if (*read == count)
            return std::nullopt;
        ++*read;
        return Result<Submission>(Submission{});
    };
    return plan;
}

} // namespace

//! Reading batches into the window, and asking for what was missed; sent and answered by hand.
class TestSessionBatches : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aSetHoldsNumbersInAnyOrder();
    void aSetForgetsNothingWhenItShrinks();
    void theHeadIsSaidBeforeTheItems();
    void noMoreIsReadThanTheWindowTakes();
    void twoBatchesShareTheWindow();
    void aLimitHoldsBackUntilItemsEnd();
    void whatWasMissedIsAskedForAFewAtATime();
    void aSettledResultThatNeverCameIsAskedFor();
    void anAttachedBatchAsksForWhatEndedBefore();
    void holesOfAnAttachedBatchAreToldAtItsEnd();
    void aBatchIsClosedWhenAllIsTold();
    void refusedItemsAreSaid();
    void resultsNobodyReadsAreNotKept();

private:
    std::shared_ptr<BatchCore> map(int count, const MapOptions &options = {});
    void accept(const std::shared_ptr<BatchCore> &core, quint32 first, quint32 last);
    void finish(const std::shared_ptr<BatchCore> &core, quint32 number);
    void tell(const std::shared_ptr<BatchCore> &core, quint64 submitted, quint64 succeeded, qint64 total);
    template <typename M> QList<M> sent() const;

    std::vector<SessionBatches::Message> m_sent;
    std::unique_ptr<SubmitWindow> m_window;
    std::unique_ptr<SessionBatches> m_batches;
    int m_read = 0;
};

void TestSessionBatches::init()
{
    m_sent.clear();
    m_read = 0;
    m_window = std::make_unique<SubmitWindow>(8);
    m_batches =
        std::make_unique<SessionBatches>([this](const SessionBatches::Message &message) { m_sent.push_back(message); },
                                         [this] { m_batches->fill(*m_window); });
    m_batches->connected();
}

template <typename M> QList<M> TestSessionBatches::sent() const
{
    QList<M> all;
    for (const auto &message : m_sent) {
        if (const auto *wanted = std::get_if<M>(&message))
            all.append(*wanted);
    }
    return all;
}

std::shared_ptr<BatchCore> TestSessionBatches::map(int count, const MapOptions &options)
{
    auto core = std::make_shared<BatchCore>(batchOf(IdGenerator().next()), planOf(count, &m_read), options, nullptr);
    m_batches->open(core);
    return core;
}

void TestSessionBatches::accept(const std::shared_ptr<BatchCore> &core, quint32 first, quint32 last)
{
    for (quint32 number = first; number <= last; ++number) {
        m_window->take(number);
        m_batches->accepted(itemId(core->id(), number));
        m_batches->fill(*m_window);
    }
}

void TestSessionBatches::finish(const std::shared_ptr<BatchCore> &core, quint32 number)
{
    TaskResult result;
    result.id = itemId(core->id(), number);
    result.ok = true;
    result.value = Payload::cbor(QByteArray(1, char(number % 24)));
    m_batches->handle(result);
}

void TestSessionBatches::tell(const std::shared_ptr<BatchCore> &core, quint64 submitted, quint64 succeeded,
                              qint64 total)
{
    BatchChanged changed;
    changed.id = core->id();
    changed.found = true;
    changed.batch.id = core->id();
    changed.batch.submitted = submitted;
    changed.batch.succeeded = succeeded;
    changed.batch.total = total;
    m_batches->handle(changed);
}

void TestSessionBatches::aSetHoldsNumbersInAnyOrder()
{
    ItemSet set;
    QVERIFY(!set.insert(0));
    for (const quint32 number : {64u, 1u, 65u, 200u})
        QVERIFY(set.insert(number));
    QVERIFY(!set.insert(64));
    QCOMPARE(set.count(), 4u);
    QCOMPARE(set.firstMissing(), 2u);
    for (const quint32 number : {0u, 2u, 63u, 66u, 199u, 201u, 100'000u})
        QVERIFY2(!set.contains(number), qPrintable(QString::number(number)));
    for (const quint32 number : {1u, 64u, 65u, 200u})
        QVERIFY2(set.contains(number), qPrintable(QString::number(number)));
}

void TestSessionBatches::aSetForgetsNothingWhenItShrinks()
{
    ItemSet set;
    for (quint32 number = 1; number <= 1000; number += 2)
        set.insert(number);
    for (quint32 number = 2; number <= 1000; number += 2)
        QVERIFY(set.insert(number));
    QCOMPARE(set.count(), 1000u);
    QCOMPARE(set.firstMissing(), 1001u);
    QVERIFY(set.contains(1) && set.contains(1000) && !set.contains(1001) && !set.insert(500));
}

void TestSessionBatches::theHeadIsSaidBeforeTheItems()
{
    const auto core = map(3, MapOptions().name(QStringLiteral("few")));
    const auto heads = sent<BatchHead>();
    QCOMPARE(heads.size(), 1);
    QCOMPARE(heads.first().name, QStringLiteral("few"));
    QCOMPARE(heads.first().total, 3);
    QCOMPARE(sent<WatchBatch>().size(), 1);
    QCOMPARE(m_window->size(), 3);
    const SubmitWindow::Entry *entry = m_window->next(MonotonicTime());
    QCOMPARE(entry->submission.item, 1u);
    QCOMPARE(entry->submission.id, itemId(core->id(), 1));
}

void TestSessionBatches::noMoreIsReadThanTheWindowTakes()
{
    const auto core = map(100);
    QCOMPARE(m_read, 8);
    QCOMPARE(m_batches->unread(), 92u);
    accept(core, 1, 3);
    QCOMPARE(m_read, 11);
    QVERIFY(!core->life()->isAccepted());
    accept(core, 4, 100);
    QCOMPARE(m_batches->unread(), 0u);
    QVERIFY(core->life()->isAccepted());
}

void TestSessionBatches::twoBatchesShareTheWindow()
{
    const auto first = map(100);
    const auto second = map(100);
    accept(first, 1, 8);
    QCOMPARE(first->read() + second->read(), 16u);
    QVERIFY(second->read() >= 4);
}

void TestSessionBatches::aLimitHoldsBackUntilItemsEnd()
{
    const auto core = map(100, MapOptions().limit(2));
    QCOMPARE(m_read, 2);
    accept(core, 1, 2);
    QCOMPARE(m_read, 2);
    finish(core, 2);
    QCOMPARE(m_read, 3);
}

void TestSessionBatches::whatWasMissedIsAskedForAFewAtATime()
{
    constexpr quint32 count = 2 * SessionBatches::askedAtOnce;
    const auto core = map(count);
    accept(core, 1, count);
    finish(core, 2);
    m_batches->disconnected();
    m_sent.clear();
    m_batches->connected();
    QCOMPARE(sent<BatchHead>().size(), 1);
    QVERIFY(sent<Watch>().isEmpty());
    tell(core, count, 1, count);
    QCOMPARE(sent<Watch>().size(), SessionBatches::askedAtOnce);
    QVERIFY(sent<Watch>().first().result);
    QCOMPARE(sent<Watch>().at(1).id, itemId(core->id(), 3));
    TaskInfo running;
    running.id = itemId(core->id(), 1);
    running.state = State::Started;
    m_batches->changed(running, false);
    QCOMPARE(sent<Unwatch>().size(), 1);
    QCOMPARE(sent<Watch>().size(), SessionBatches::askedAtOnce + 1);
    finish(core, 3);
    QCOMPARE(sent<Watch>().size(), SessionBatches::askedAtOnce + 2);
}

void TestSessionBatches::aSettledResultThatNeverCameIsAskedFor()
{
    const auto core = map(2);
    accept(core, 1, 2);
    finish(core, 1);
    m_batches->settled(itemId(core->id(), 1));
    QVERIFY(sent<Watch>().isEmpty());
    m_batches->settled(itemId(core->id(), 2));
    QCOMPARE(sent<Watch>().size(), 1);
    QCOMPARE(sent<Watch>().first().id, itemId(core->id(), 2));
}

void TestSessionBatches::anAttachedBatchAsksForWhatEndedBefore()
{
    const auto core = std::make_shared<BatchCore>(batchOf(IdGenerator().next()), nullptr);
    m_batches->open(core);
    tell(core, 3, 1, 10);
    QVERIFY(sent<Watch>().isEmpty()); // nobody reads results yet
    core->want();
    QVERIFY(sent<WatchBatch>().last().results);
    tell(core, 3, 1, 10);
    QCOMPARE(sent<Watch>().size(), 3);
    finish(core, 2);
    finish(core, 7);
    QCOMPARE(core->finished().count(), 2u);
    QVERIFY(!core->isOver());
}

void TestSessionBatches::holesOfAnAttachedBatchAreToldAtItsEnd()
{
    const auto core = std::make_shared<BatchCore>(batchOf(IdGenerator().next()), nullptr);
    m_batches->open(core);
    core->want();
    tell(core, 1, 0, 2);
    Unknown unknown;
    unknown.id = itemId(core->id(), 1);
    unknown.error = Error(ErrorCode::NotFound, QStringLiteral("no such task"));
    m_batches->handle(unknown);
    QCOMPARE(core->finished().count(), 0u); // it may still come
    finish(core, 2);
    tell(core, 2, 2, 2);
    m_batches->handle(unknown);
    QVERIFY(core->isOver());
    const auto all = core->takeAll();
    QCOMPARE(all.size(), size_t(2));
    QCOMPARE(all.front().result.bytes.error().code(), ErrorCode::NotFound);
}

void TestSessionBatches::aBatchIsClosedWhenAllIsTold()
{
    const auto core = map(1);
    accept(core, 1, 1);
    finish(core, 1);
    QVERIFY(core->isOver());
    QVERIFY(sent<UnwatchBatch>().isEmpty());
    tell(core, 1, 1, 1);
    QCOMPARE(sent<UnwatchBatch>().size(), 1);
    QVERIFY(!core->wake);
}

void TestSessionBatches::refusedItemsAreSaid()
{
    const auto core = map(2);
    m_window->take(1);
    m_batches->refused(itemId(core->id(), 1), Error(ErrorCode::NotPermitted, QStringLiteral("no")));
    QCOMPARE(sent<BatchHead>().last().refused, 1u);
    const auto taken = core->takeNext();
    QVERIFY(taken && taken->index == 0);
    QCOMPARE(taken->result.bytes.error().code(), ErrorCode::NotPermitted);
    accept(core, 2, 2);
    QVERIFY(core->life()->isAccepted());
}

void TestSessionBatches::resultsNobodyReadsAreNotKept()
{
    const auto core = map(20);
    core->dropResults();
    accept(core, 1, 10);
    finish(core, 1);
    QVERIFY(!core->takeNext());
    accept(core, 11, 20);
    QVERIFY(sent<UnwatchBatch>().isEmpty()); // the total is not known to be kept
    tell(core, 20, 1, 20);
    QCOMPARE(sent<UnwatchBatch>().size(), 1);
}

DROVER_TEST_MAIN(TestSessionBatches)

#include "tst_sessionbatches.moc"
