// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/attemptstream.h"

#include "testing/main.h"

using namespace drover;

namespace {

QString text(const AttemptStream::Batch &batch)
{
    QStringList parts;
    for (const StreamItem &item : batch.items)
        parts.append(QStringLiteral("%1%2").arg(item.kind == StreamItem::Lost ? QStringLiteral("lost ") : QString(),
                                                QString::number(item.seq) + u'=' + QString::fromUtf8(item.data)));
    if (batch.end)
        parts.append(QStringLiteral("end"));
    return parts.join(u' ');
}

} // namespace

class TestAttemptStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aReaderGetsAllInOrderAndTheEnd()
    {
        AttemptStream stream;
        stream.append(StreamItem::Output, "a");
        stream.attach(0, 100);
        stream.append(StreamItem::Log, "b");
        stream.end();
        QCOMPARE(text(stream.take()), QStringLiteral("1=a 2=b end"));
        QVERIFY(stream.take().isEmpty());
        QVERIFY(!stream.isRead());
        stream.acknowledge(3);
        QVERIFY(stream.isRead());
    }

    void nothingIsGivenWithoutAReader()
    {
        AttemptStream stream;
        stream.append(StreamItem::Output, "a");
        stream.end();
        QVERIFY(stream.take().isEmpty());
        QVERIFY(!stream.isRead());
    }

    void creditEndsABatchAndMoreCreditGoesOn()
    {
        AttemptStream stream;
        stream.attach(1, 2);
        for (const char *data : {"aa", "bb", "cc"})
            stream.append(StreamItem::Output, data);
        stream.end();
        QCOMPARE(text(stream.take()), QStringLiteral("1=aa"));
        QVERIFY(stream.take().isEmpty());
        stream.setCredit(1);
        QVERIFY(stream.take().isEmpty());
        stream.setCredit(6);
        QCOMPARE(text(stream.take()), QStringLiteral("2=bb 3=cc end"));
    }

    void aReaderCanResumeInTheMiddle()
    {
        AttemptStream stream;
        for (const char *data : {"a", "b", "c"})
            stream.append(StreamItem::Output, data);
        stream.attach(3, 100);
        QCOMPARE(text(stream.take()), QStringLiteral("3=c"));
    }

    void withoutAReaderTheOldestGoAndAreCounted()
    {
        AttemptStream stream(200);
        for (const char *data : {"a", "b", "c", "d", "e"})
            stream.append(StreamItem::Output, data);
        stream.attach(0, 100);
        QCOMPARE(text(stream.take()), QStringLiteral("lost 2=2 3=c 4=d 5=e"));
    }

    void whatWasGivenIsKeptUntilItIsAcknowledged()
    {
        AttemptStream stream;
        stream.attach(0, 100);
        for (const char *data : {"a", "b", "c"})
            stream.append(StreamItem::Output, data);
        QCOMPARE(text(stream.take()), QStringLiteral("1=a 2=b 3=c"));
        stream.acknowledge(2);
        stream.hold();
        stream.append(StreamItem::Output, "d");
        QVERIFY(stream.take().isEmpty());
        stream.attach(2, 100);
        stream.end();
        QCOMPARE(text(stream.take()), QStringLiteral("2=b 3=c 4=d end"));
        stream.attach(5, 100);
        QCOMPARE(text(stream.take()), QStringLiteral("end"));
    }

    void whatOneReaderAcknowledgedIsLostToALaterOne()
    {
        AttemptStream stream;
        stream.attach(0, 100);
        stream.append(StreamItem::Output, "a");
        stream.take();
        stream.acknowledge(2);
        stream.attach(0, 100);
        stream.end();
        QCOMPARE(text(stream.take()), QStringLiteral("lost 1=1 end"));
    }

    void aProducerThatKeepsToItsAllowanceLosesNothing()
    {
        AttemptStream stream(1000);
        const StreamItem item{0, StreamItem::Value, QByteArray(100, 'x')};
        quint64 told = 0;
        const auto produce = [&] {
            int count = 0;
            for (; told < stream.allowance(); ++count) {
                stream.append(item.kind, item.data);
                told += item.cost();
            }
            return count;
        };
        stream.attach(0, 100'000);
        QCOMPARE(produce(), 7);
        QVERIFY(stream.isFull());
        AttemptStream::Batch batch = stream.take();
        QVERIFY(batch.items.first().kind != StreamItem::Lost);
        QCOMPARE(produce(), 0); // given, but it may be asked for again
        stream.acknowledge(batch.items.last().seq + 1);
        QVERIFY(produce() > 0);
        QCOMPARE(stream.take().items.first().seq, batch.items.last().seq + 1);
    }

    void withAReaderItIsFullAndLosesNothing()
    {
        AttemptStream stream(200);
        stream.attach(0, 1);
        QVERIFY(!stream.isFull());
        for (const char *data : {"a", "b", "c", "d"})
            stream.append(StreamItem::Output, data);
        QVERIFY(stream.isFull());
        stream.setCredit(100);
        QCOMPARE(text(stream.take()), QStringLiteral("1=a 2=b 3=c 4=d"));
        QVERIFY(stream.isFull());
        stream.acknowledge(5);
        QVERIFY(!stream.isFull());
    }

    void aBatchIsBounded()
    {
        AttemptStream stream;
        stream.attach(0, 1'000'000);
        for (int i = 0; i < 4; ++i)
            stream.append(StreamItem::Output, QByteArray(30'000, 'x'));
        QCOMPARE(stream.take(48 * 1024).items.size(), 2);
        QCOMPARE(stream.take(48 * 1024).items.size(), 2);
    }
};

DROVER_TEST_MAIN(TestAttemptStream)

#include "tst_attemptstream.moc"
