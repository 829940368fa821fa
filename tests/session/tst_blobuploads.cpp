// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "session/blobuploads.h"
#include "testing/main.h"

#include <optional>

using namespace drover;

//! Script: what the uploads send is collected, what a broker would say is given by hand.
class BlobUploadsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_sent.clear();
        m_done.clear();
        m_uploads =
            std::make_unique<BlobUploads>([this](const BlobUploads::Message &message) { m_sent.append(message); });
    }
    void nothingIsSentWithoutALink();
    void aValueGoesInPartsWithinTheWindow();
    void theHashIsThatOfTheWhole();
    void anEmptyValueIsOnePart();
    void valuesTakeTurns();
    void onlySoManyAreOpen();
    void aLostLinkBeginsAgain();
    void aRefusalIsTold();
    void doneBeforeAllIsSentCountsForNothing();
    void whatCannotBeReadIsSaidSo();
    void aCancelledOneIsClosedAndNeverTold();
    void doneMayDestroyThem();

private:
    quint64 add(const QByteArray &value)
    {
        const quint64 number = m_uploads->add(
            quint64(value.size()),
            [value](quint64 offset, qsizetype size) { return value.mid(qsizetype(offset), size); },
            [this](Result<QByteArray> hash) { m_done.append(hash); });
        return number;
    }
    QList<BlobPut> takeParts()
    {
        QList<BlobPut> parts;
        for (const BlobUploads::Message &message : std::exchange(m_sent, {})) {
            if (const auto *part = std::get_if<BlobPut>(&message))
                parts.append(*part);
        }
        return parts;
    }
    void say(quint64 number, quint64 offset, bool done = false, Error error = {})
    {
        BlobStored message;
        message.number = number;
        message.offset = offset;
        message.done = done;
        message.error = std::move(error);
        m_uploads->handle(message);
    }

    QList<BlobUploads::Message> m_sent;
    QList<Result<QByteArray>> m_done;
    std::unique_ptr<BlobUploads> m_uploads;
};

void BlobUploadsTest::nothingIsSentWithoutALink()
{
    add("value");
    QVERIFY(m_sent.isEmpty());
    m_uploads->connected();
    QCOMPARE(takeParts().size(), 1);
}

void BlobUploadsTest::aValueGoesInPartsWithinTheWindow()
{
    m_uploads->connected();
    const QByteArray value(3 * qsizetype(blobWindow), 'v');
    const quint64 number = add(value);
    quint64 sent = 0;
    quint64 stored = 0;
    while (m_done.isEmpty()) {
        for (const BlobPut &part : takeParts()) {
            QCOMPARE(part.offset, sent);
            QCOMPARE(part.size, quint64(value.size()));
            QVERIFY(part.bytes.size() <= blobChunk);
            sent += quint64(part.bytes.size());
        }
        QVERIFY(sent > stored);
        QVERIFY(sent <= stored + blobWindow);
        stored = qMin(stored + blobChunk, sent);
        say(number, stored, stored == quint64(value.size()));
    }
    QCOMPARE(sent, quint64(value.size()));
    QVERIFY(m_uploads->isEmpty());
}

void BlobUploadsTest::theHashIsThatOfTheWhole()
{
    m_uploads->connected();
    const QByteArray value = QByteArray(blobChunk, 'a') + "end";
    const quint64 number = add(value);
    const QList<BlobPut> parts = takeParts();
    QCOMPARE(parts.size(), 2);
    QVERIFY(parts.first().hash.isEmpty());
    const QByteArray hash = QCryptographicHash::hash(value, QCryptographicHash::Sha256);
    QCOMPARE(parts.last().hash, hash);
    say(number, quint64(value.size()), true);
    QCOMPARE(m_done, QList<Result<QByteArray>>{hash});
}

void BlobUploadsTest::anEmptyValueIsOnePart()
{
    m_uploads->connected();
    add({});
    const QList<BlobPut> parts = takeParts();
    QCOMPARE(parts.size(), 1);
    QCOMPARE(parts.first().hash.size(), sha256Size);
}

void BlobUploadsTest::valuesTakeTurns()
{
    add(QByteArray(3 * blobChunk, 'a'));
    add(QByteArray(2 * blobChunk, 'b'));
    m_uploads->connected();
    QList<quint64> order;
    for (const BlobPut &part : takeParts())
        order.append(part.number);
    QCOMPARE(order, (QList<quint64>{1, 2, 1, 2, 1}));
}

void BlobUploadsTest::onlySoManyAreOpen()
{
    m_uploads->connected();
    for (int i = 0; i <= maxOpenBlobs; ++i)
        add("value");
    QCOMPARE(takeParts().size(), maxOpenBlobs);
    say(1, 5, true);
    QCOMPARE(takeParts().size(), 1);
}

void BlobUploadsTest::aLostLinkBeginsAgain()
{
    m_uploads->connected();
    const quint64 number = add(QByteArray(2 * blobChunk, 'v'));
    const QList<BlobPut> before = takeParts();
    say(number, blobChunk);
    m_uploads->disconnected();
    m_uploads->connected();
    QCOMPARE(takeParts(), before);
}

void BlobUploadsTest::aRefusalIsTold()
{
    m_uploads->connected();
    const quint64 number = add("value");
    const Error why(ErrorCode::TooLarge, QStringLiteral("because"));
    say(number, 0, false, why);
    QCOMPARE(m_done.size(), 1);
    QCOMPARE(m_done.first().error(), why);
    say(number, 0, false, why);
    QCOMPARE(m_done.size(), 1);
}

void BlobUploadsTest::doneBeforeAllIsSentCountsForNothing()
{
    m_uploads->connected();
    const quint64 number = add(QByteArray(2 * qsizetype(blobWindow), 'v'));
    say(number, 0, true);
    QVERIFY(m_done.isEmpty());
}

void BlobUploadsTest::whatCannotBeReadIsSaidSo()
{
    m_uploads->connected();
    const quint64 number = m_uploads->add(
        10, [](quint64, qsizetype) { return QByteArray("short"); },
        [this](Result<QByteArray> hash) { m_done.append(hash); });
    QCOMPARE(takeParts().first().bytes.size(), 10);
    say(number, 0, false, Error(ErrorCode::ProtocolError, QStringLiteral("hash")));
    QCOMPARE(m_done.first().error().code(), ErrorCode::StorageFailed);
}

void BlobUploadsTest::aCancelledOneIsClosedAndNeverTold()
{
    m_uploads->connected();
    const quint64 number = add("value");
    m_sent.clear();
    m_uploads->cancel(number);
    QCOMPARE(m_sent.size(), 1);
    QCOMPARE(std::get<BlobClose>(m_sent.first()), (BlobClose{number, true}));
    say(number, 5, true);
    QVERIFY(m_done.isEmpty());
}

void BlobUploadsTest::doneMayDestroyThem()
{
    m_uploads->connected();
    bool told = false;
    m_uploads->add(
        0, [](quint64, qsizetype) { return QByteArray(); },
        [&](Result<QByteArray>) {
            told = true;
            m_uploads.reset();
        });
    add("value");
    say(1, 0, true);
    QVERIFY(told);
}

DROVER_TEST_MAIN(BlobUploadsTest)
#include "tst_blobuploads.moc"
