// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/blobtraffic.h"
#include "protocol/blobs.h"
#include "testing/main.h"

using namespace drover;

namespace {

constexpr quint64 limit = 10 * blobWindow;

QByteArray hashOf(char seed)
{
    return QByteArray(sha256Size, seed);
}

Payload valueOf(const QByteArray &hash, quint64 size = 5)
{
    return Payload(ContentType::Cbor, {}, {{Segment::Blob, hash, size, {}}});
}

} // namespace

//! Script: what sessions say and the disk answers is given by hand.
class BlobTrafficTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_traffic = std::make_unique<BlobTraffic>(limit);
        m_actions.clear();
    }
    void aPutIsWrittenFinishedAndAnswered();
    void aPutOverTheLimitIsRefusedByItsFirstPart();
    void wrongPartsCloseTheSession_data();
    void wrongPartsCloseTheSession();
    void tooManyPutsAreRefused();
    void partsOfARefusedPutAreIgnored();
    void aFailedWriteIsTold();
    void onlyWhoPutItMayNameItAndOnce();
    void whatNothingNamesIsRemovedWithItsSession();
    void whatARecordNamesStays();
    void aFileThatTwoPutIsRemovedWithTheSecond();
    void aValueThatIsBeingFinishedIsNotRemovedUnderIt();
    void aLostSessionAbandonsItsPuts();
    void aGetReadsWithinTheWindow();
    void aGetEndsWithItsLastPart();
    void aFileCutShortIsAnError();
    void anUnreadableFileIsAnError();
    void aClosedGetIsSilent();
    void aNumberUsedBeforeClosesTheSession();

private:
    template <typename A> QList<A> take()
    {
        QList<A> found;
        for (const BlobAction &action : m_actions) {
            if (const auto *wanted = std::get_if<A>(&action))
                found.append(*wanted);
        }
        return found;
    }
    void put(SessionId session, quint64 number, const QByteArray &bytes, const QByteArray &hash, quint64 size = 5,
             quint64 offset = 0)
    {
        m_actions.clear();
        m_traffic->handle(session, BlobPut{number, size, offset, bytes, hash}, m_actions);
    }
    //! As put() of a whole value, and the disk has done it.
    void store(SessionId session, quint64 number, const QByteArray &hash)
    {
        put(session, number, "value", hash);
        finished(take<FinishBlob>().first().put);
    }
    void finished(quint64 id)
    {
        m_actions.clear();
        m_traffic->handle(BlobWritten{id, 5, false, {}}, m_actions);
        m_traffic->handle(BlobWritten{id, 0, true, {}}, m_actions);
    }
    void gone(SessionId session)
    {
        m_actions.clear();
        m_traffic->gone(session, m_actions);
    }
    BlobStored answer() { return std::get<BlobStored>(take<SendBlob>().last().message); }
    void open(quint64 size, quint64 offset = 0)
    {
        m_actions.clear();
        m_traffic->open(1, BlobGet{1, Id({1}), hashOf('h'), offset}, size, m_actions);
    }

    std::unique_ptr<BlobTraffic> m_traffic;
    BlobActions m_actions;
};

void BlobTrafficTest::aPutIsWrittenFinishedAndAnswered()
{
    put(1, 1, "val", {});
    QCOMPARE(take<AppendBlob>().size(), 1);
    const quint64 id = take<AppendBlob>().first().put;
    put(1, 1, "ue", hashOf('h'), 5, 3);
    QCOMPARE(take<AppendBlob>().first().bytes, QByteArray("ue"));
    QCOMPARE(take<FinishBlob>().first().hash, hashOf('h'));
    m_actions.clear();
    m_traffic->handle(BlobWritten{id, 3, false, {}}, m_actions);
    QCOMPARE(answer(), (BlobStored{1, 3, false, {}}));
    m_traffic->handle(BlobWritten{id, 2, false, {}}, m_actions);
    m_traffic->handle(BlobWritten{id, 0, true, {}}, m_actions);
    QCOMPARE(answer(), (BlobStored{1, 5, true, {}}));
}

void BlobTrafficTest::aPutOverTheLimitIsRefusedByItsFirstPart()
{
    put(1, 1, "value", {}, limit + 1);
    QCOMPARE(answer().error.code(), ErrorCode::TooLarge);
    QVERIFY(answer().error.message().contains(QString::number(limit)));
    QVERIFY(answer().error.message().contains(QString::number(limit + 1)));
    QVERIFY(take<AppendBlob>().isEmpty());
}

void BlobTrafficTest::wrongPartsCloseTheSession_data()
{
    QTest::addColumn<BlobPut>("part");
    const quint64 much = 2 * blobWindow;
    QTest::newRow("a gap") << BlobPut{1, 5, 1, "alue", hashOf('h')};
    QTest::newRow("beyond the end") << BlobPut{1, 5, 0, "values", hashOf('h')};
    QTest::newRow("no hash at the end") << BlobPut{1, 5, 0, "value", {}};
    QTest::newRow("a hash before the end") << BlobPut{1, 6, 0, "value", hashOf('h')};
    QTest::newRow("a short hash") << BlobPut{1, 5, 0, "value", "hash"};
    QTest::newRow("a long part") << BlobPut{1, much, 0, QByteArray(blobChunk + 1, 'v'), {}};
}
void BlobTrafficTest::wrongPartsCloseTheSession()
{
    QFETCH(const BlobPut, part);
    m_traffic->handle(1, part, m_actions);
    QCOMPARE(take<CloseSession>().size(), 1);
    QVERIFY(take<AppendBlob>().isEmpty());
}

void BlobTrafficTest::tooManyPutsAreRefused()
{
    for (quint64 number = 1; number <= quint64(maxOpenBlobs); ++number) {
        put(1, number, "v", {});
        QCOMPARE(take<AppendBlob>().size(), 1);
    }
    put(1, maxOpenBlobs + 1, "v", {});
    QCOMPARE(answer().error.code(), ErrorCode::TooLarge);
    put(2, 1, "v", {});
    QCOMPARE(take<AppendBlob>().size(), 1);
}

void BlobTrafficTest::partsOfARefusedPutAreIgnored()
{
    put(1, 1, "value", {}, limit + 1);
    put(1, 1, "value", {}, limit + 1, 5);
    QVERIFY(m_actions.empty());
}

void BlobTrafficTest::aFailedWriteIsTold()
{
    put(1, 1, "value", hashOf('h'));
    const quint64 id = take<AppendBlob>().first().put;
    m_actions.clear();
    const Error full(ErrorCode::StorageFailed, QStringLiteral("full"));
    m_traffic->handle(BlobWritten{id, 5, false, full}, m_actions);
    QCOMPARE(answer().error, full);
    QVERIFY(!m_traffic->hasPut(1, valueOf(hashOf('h'))));
}

void BlobTrafficTest::onlyWhoPutItMayNameItAndOnce()
{
    store(1, 1, hashOf('h'));
    const Payload value = valueOf(hashOf('h'));
    QVERIFY(m_traffic->hasPut(1, Payload::cbor("inline")));
    QVERIFY(!m_traffic->hasPut(2, value));
    QVERIFY(!m_traffic->hasPut(1, valueOf(hashOf('x'))));
    QVERIFY(m_traffic->hasPut(1, value));
    m_traffic->named(1, value, m_actions);
    QVERIFY(!m_traffic->hasPut(1, value));
}

void BlobTrafficTest::whatNothingNamesIsRemovedWithItsSession()
{
    store(1, 1, hashOf('h'));
    gone(1);
    QCOMPARE(take<RemoveBlob>().size(), 1);
    QCOMPARE(take<RemoveBlob>().first().hash, hashOf('h'));
}

void BlobTrafficTest::whatARecordNamesStays()
{
    store(1, 1, hashOf('h'));
    m_traffic->keep(hashOf('h'));
    m_actions.clear();
    m_traffic->named(1, valueOf(hashOf('h')), m_actions);
    gone(1);
    QVERIFY(take<RemoveBlob>().isEmpty());
}

void BlobTrafficTest::aFileThatTwoPutIsRemovedWithTheSecond()
{
    store(1, 1, hashOf('h'));
    store(2, 1, hashOf('h'));
    gone(1);
    QVERIFY(take<RemoveBlob>().isEmpty());
    gone(2);
    QCOMPARE(take<RemoveBlob>().size(), 1);
}

// The disk may have finished the second one when the first is dropped.
void BlobTrafficTest::aValueThatIsBeingFinishedIsNotRemovedUnderIt()
{
    store(1, 1, hashOf('h'));
    put(2, 1, "value", hashOf('h'));
    const quint64 id = take<FinishBlob>().first().put;
    gone(1);
    QVERIFY(take<RemoveBlob>().isEmpty());
    gone(2);
    QVERIFY(take<RemoveBlob>().isEmpty());
    finished(id);
    QCOMPARE(take<RemoveBlob>().size(), 1);
}

void BlobTrafficTest::aLostSessionAbandonsItsPuts()
{
    put(1, 1, "val", {});
    const quint64 id = take<AppendBlob>().first().put;
    gone(1);
    QCOMPARE(take<AbandonBlob>().first().put, id);
    m_actions.clear();
    m_traffic->handle(BlobWritten{id, 3, false, {}}, m_actions);
    QVERIFY(m_actions.empty());
}

void BlobTrafficTest::aGetReadsWithinTheWindow()
{
    open(3 * blobWindow, 10);
    QList<ReadBlob> reads = take<ReadBlob>();
    QCOMPARE(reads.size(), blobWindow / blobChunk);
    QCOMPARE(reads.first().offset, quint64(10));
    m_actions.clear();
    m_traffic->handle(1, BlobRead{1, 10 + 2 * blobChunk}, m_actions);
    reads = take<ReadBlob>();
    QCOMPARE(reads.size(), 2);
    QCOMPARE(reads.first().offset, 10 + blobWindow);
    m_actions.clear();
    m_traffic->handle(1, BlobRead{1, quint64(-1)}, m_actions); // a lie is worth what was sent
    QCOMPARE(take<ReadBlob>().size(), blobWindow / blobChunk);
}

void BlobTrafficTest::aGetEndsWithItsLastPart()
{
    open(5);
    const ReadBlob read = take<ReadBlob>().first();
    QCOMPARE(read.size, 5);
    m_actions.clear();
    m_traffic->handle(BlobPart{read.get, 0, "value", {}}, m_actions);
    QCOMPARE(std::get<BlobData>(take<SendBlob>().first().message), (BlobData{1, 0, "value", {}}));
    m_actions.clear();
    m_traffic->handle(1, BlobRead{1, 5}, m_actions);
    QVERIFY(m_actions.empty());
}

void BlobTrafficTest::aFileCutShortIsAnError()
{
    open(5);
    const ReadBlob read = take<ReadBlob>().first();
    m_actions.clear();
    m_traffic->handle(BlobPart{read.get, 0, "val", {}}, m_actions);
    QCOMPARE(std::get<BlobData>(take<SendBlob>().first().message).error.code(), ErrorCode::StorageFailed);
}

void BlobTrafficTest::anUnreadableFileIsAnError()
{
    open(5);
    const ReadBlob read = take<ReadBlob>().first();
    m_actions.clear();
    m_traffic->handle(BlobPart{read.get, 0, {}, Error(ErrorCode::NotFound, QStringLiteral("gone"))}, m_actions);
    QCOMPARE(std::get<BlobData>(take<SendBlob>().first().message).error.code(), ErrorCode::NotFound);
}

void BlobTrafficTest::aClosedGetIsSilent()
{
    open(5);
    const ReadBlob read = take<ReadBlob>().first();
    m_actions.clear();
    m_traffic->handle(1, BlobClose{1, false}, m_actions);
    m_traffic->handle(BlobPart{read.get, 0, "value", {}}, m_actions);
    QVERIFY(m_actions.empty());
}

void BlobTrafficTest::aNumberUsedBeforeClosesTheSession()
{
    open(5);
    open(5);
    QCOMPARE(take<CloseSession>().size(), 1);
}

Q_DECLARE_METATYPE(drover::BlobPut)

DROVER_TEST_MAIN(BlobTrafficTest)
#include "tst_blobtraffic.moc"
