// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "session/blobdownloads.h"
#include "testing/main.h"

using namespace drover;

//! Script: what the downloads ask is collected, what a broker would send is given by hand.
class BlobDownloadsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_sent.clear();
        m_done.clear();
        m_written.clear();
        m_downloads =
            std::make_unique<BlobDownloads>([this](const BlobDownloads::Message &message) { m_sent.append(message); });
    }
    void aValueIsAskedForAndWritten();
    void whatWasReadIsConfirmed();
    void aWrongHashIsRefused();
    void wrongPartsAreRefused_data();
    void wrongPartsAreRefused();
    void aFailedWriteClosesIt();
    void aLostLinkGoesOnWhereItWas();
    void onlySoManyAreOpen();
    void aCancelledOneIsClosedAndNeverTold();
    void doneMayDestroyThem();

private:
    quint64 add(const QByteArray &value)
    {
        return m_downloads->add(
            m_task, QCryptographicHash::hash(value, QCryptographicHash::Sha256), quint64(value.size()),
            [this](const QByteArray &bytes) -> Result<void> {
                if (!m_full.message().isEmpty())
                    return fail(m_full);
                m_written += bytes;
                return {};
            },
            [this](Result<void> result) { m_done.append(result); });
    }
    void give(quint64 number, quint64 offset, const QByteArray &bytes)
    {
        m_downloads->handle({number, offset, bytes, {}});
    }

    const TaskId m_task = Id({7});
    Error m_full;
    QByteArray m_written;
    QList<BlobDownloads::Message> m_sent;
    QList<Result<void>> m_done;
    std::unique_ptr<BlobDownloads> m_downloads;
};

void BlobDownloadsTest::aValueIsAskedForAndWritten()
{
    const quint64 number = add("value");
    QVERIFY(m_sent.isEmpty());
    m_downloads->connected();
    const QByteArray hash = QCryptographicHash::hash("value", QCryptographicHash::Sha256);
    QCOMPARE(std::get<BlobGet>(m_sent.first()), (BlobGet{number, m_task, hash, 0}));
    give(number, 0, "va");
    QVERIFY(m_done.isEmpty());
    give(number, 2, "lue");
    QCOMPARE(m_done, QList<Result<void>>{{}});
    QCOMPARE(m_written, QByteArray("value"));
    QVERIFY(m_downloads->isEmpty());
}

void BlobDownloadsTest::whatWasReadIsConfirmed()
{
    m_downloads->connected();
    const QByteArray part(blobChunk, 'p');
    const quint64 number = add(part.repeated(5));
    m_sent.clear();
    give(number, 0, part);
    QVERIFY(m_sent.isEmpty());
    give(number, blobChunk, part);
    QCOMPARE(std::get<BlobRead>(m_sent.takeFirst()), (BlobRead{number, 2 * blobChunk}));
}

void BlobDownloadsTest::aWrongHashIsRefused()
{
    m_downloads->connected();
    const quint64 number = add("value");
    give(number, 0, "other");
    QCOMPARE(m_done.size(), 1);
    QCOMPARE(m_done.first().error().code(), ErrorCode::ProtocolError);
}

void BlobDownloadsTest::wrongPartsAreRefused_data()
{
    QTest::addColumn<quint64>("offset");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("a gap") << quint64(1) << QByteArray("alue");
    QTest::newRow("beyond the end") << quint64(0) << QByteArray("values");
}
void BlobDownloadsTest::wrongPartsAreRefused()
{
    QFETCH(const quint64, offset);
    QFETCH(const QByteArray, bytes);
    m_downloads->connected();
    const quint64 number = add("value");
    give(number, offset, bytes);
    QCOMPARE(m_done.size(), 1);
    QCOMPARE(m_done.first().error().code(), ErrorCode::ProtocolError);
    QVERIFY(std::holds_alternative<BlobClose>(m_sent.last()));
    QVERIFY(m_written.isEmpty());
}

void BlobDownloadsTest::aFailedWriteClosesIt()
{
    m_full = Error(ErrorCode::StorageFailed, QStringLiteral("full"));
    m_downloads->connected();
    give(add("value"), 0, "value");
    QCOMPARE(m_done.first().error(), m_full);
    QVERIFY(std::holds_alternative<BlobClose>(m_sent.last()));
    m_full = {};
}

void BlobDownloadsTest::aLostLinkGoesOnWhereItWas()
{
    m_downloads->connected();
    const quint64 number = add("value");
    give(number, 0, "va");
    m_downloads->disconnected();
    m_sent.clear();
    m_downloads->connected();
    QCOMPARE(std::get<BlobGet>(m_sent.first()).offset, quint64(2));
    give(number, 2, "lue");
    QCOMPARE(m_done, QList<Result<void>>{{}});
    QCOMPARE(m_written, QByteArray("value"));
}

void BlobDownloadsTest::onlySoManyAreOpen()
{
    m_downloads->connected();
    for (int i = 0; i <= maxOpenBlobs; ++i)
        add("value");
    QCOMPARE(m_sent.size(), maxOpenBlobs);
    give(1, 0, "value");
    QCOMPARE(m_sent.size(), maxOpenBlobs + 1);
}

void BlobDownloadsTest::aCancelledOneIsClosedAndNeverTold()
{
    m_downloads->connected();
    const quint64 number = add("value");
    m_downloads->cancel(number);
    QCOMPARE(std::get<BlobClose>(m_sent.last()), (BlobClose{number, false}));
    give(number, 0, "value");
    QVERIFY(m_done.isEmpty());
}

void BlobDownloadsTest::doneMayDestroyThem()
{
    m_downloads->connected();
    m_downloads->add(
        m_task, QCryptographicHash::hash("v", QCryptographicHash::Sha256), 1,
        [](const QByteArray &) { return Result<void>(); }, [&](Result<void>) { m_downloads.reset(); });
    give(1, 0, "v");
    QVERIFY(!m_downloads);
}

DROVER_TEST_MAIN(BlobDownloadsTest)
#include "tst_blobdownloads.moc"
