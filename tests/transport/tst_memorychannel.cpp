// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "channellog.h"
#include "testing/main.h"
#include "transport/memorychannel.h"

#include <QtCore/QSemaphore>
#include <QtCore/QThread>

using namespace drover;

class MemoryChannelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { std::tie(m_one, m_two) = makeMemoryPair(); }
    void framesArriveInOrderLater();
    void bytesToSendShrinksWhenTaken();
    void oneWakeUpServesManyFrames();
    void closeDeliversWhatWasSentAndTheReason();
    void abortLosesWhatWasSent();
    void destroyedEndIsSeenAsClosed();
    void nothingIsReceivedAfterClose();
    void eitherEndMayDieInsideReceived_data();
    void eitherEndMayDieInsideReceived();
    void mayDieInsideClosed();
    void bothMayCloseAtOnce();
    void tooLargeFrameClosesWithTheLimit();
    void nestedLoopInReceivedKeepsTheOrder();
    void framesCrossThreadsInOrder();
    void endsMayDieWhileTheOtherSends();

private:
    std::unique_ptr<Channel> m_one;
    std::unique_ptr<Channel> m_two;
};

void MemoryChannelTest::framesArriveInOrderLater()
{
    ChannelLog one(m_one.get());
    ChannelLog two(m_two.get());
    m_one->send("a");
    m_one->send(QByteArray());
    m_one->send("c");
    m_two->send("back");
    QVERIFY(two.frames.isEmpty());
    QTRY_COMPARE(two.frames, (QList<QByteArray>{"a", QByteArray(), "c"}));
    QTRY_COMPARE(one.frames, (QList<QByteArray>{"back"}));
    QVERIFY(m_one->isOpen() && m_two->isOpen());
    QVERIFY(m_one->peerFingerprint().isEmpty());
    QVERIFY(!m_one->peerAddress().isEmpty());
}

void MemoryChannelTest::bytesToSendShrinksWhenTaken()
{
    ChannelLog one(m_one.get());
    m_one->send(QByteArray(1000, 'x'));
    m_one->send(QByteArray(500, 'x'));
    QCOMPARE(m_one->bytesToSend(), 1500);
    QCOMPARE(m_two->bytesToSend(), 0);
    QTRY_COMPARE(m_one->bytesToSend(), 0);
    QTRY_VERIFY(one.sentCount > 0);
}

void MemoryChannelTest::oneWakeUpServesManyFrames()
{
    ChannelLog one(m_one.get());
    ChannelLog two(m_two.get());
    for (int i = 0; i < 1000; ++i)
        m_one->send("x");
    QTRY_COMPARE(two.frames.size(), 1000);
    QTRY_COMPARE(one.sentCount, 1);
}

void MemoryChannelTest::closeDeliversWhatWasSentAndTheReason()
{
    ChannelLog one(m_one.get());
    ChannelLog two(m_two.get());
    m_one->send("last words");
    m_one->close(QStringLiteral("done here"));
    QVERIFY(!m_one->isOpen());
    QVERIFY(one.closed.isEmpty());
    m_one->send("too late");
    QTRY_COMPARE(two.closeCode(), toString(ErrorCode::Unavailable));
    QCOMPARE(two.closeMessage(), QStringLiteral("done here"));
    QVERIFY(two.closed.first().isTransient());
    QVERIFY(!m_two->isOpen());
    QCOMPARE(two.frames, (QList<QByteArray>{"last words"}));
    QTRY_COMPARE(one.closeCode(), toString(ErrorCode::None));
}

void MemoryChannelTest::abortLosesWhatWasSent()
{
    ChannelLog one(m_one.get());
    ChannelLog two(m_two.get());
    m_one->send("lost");
    m_one->abort();
    QTRY_COMPARE(two.closeCode(), toString(ErrorCode::Unavailable));
    QVERIFY(two.frames.isEmpty());
    QTRY_COMPARE(one.closeCode(), toString(ErrorCode::None));
}

void MemoryChannelTest::destroyedEndIsSeenAsClosed()
{
    ChannelLog two(m_two.get());
    m_one->send("last words");
    m_one.reset();
    m_two->send("nobody there");
    QTRY_COMPARE(two.closeCode(), toString(ErrorCode::Unavailable));
    QCOMPARE(two.frames, (QList<QByteArray>{"last words"}));
    QCOMPARE(m_two->bytesToSend(), 0);
}

void MemoryChannelTest::nothingIsReceivedAfterClose()
{
    ChannelLog two(m_two.get());
    connect(m_two.get(), &Channel::received, this, [this] { m_two->close(); });
    m_one->send("a");
    m_one->send("b");
    QTRY_COMPARE(two.closeCode(), toString(ErrorCode::None));
    QCOMPARE(two.frames, (QList<QByteArray>{"a"}));
}

void MemoryChannelTest::eitherEndMayDieInsideReceived_data()
{
    QTest::addColumn<bool>("receiver");
    QTest::addColumn<bool>("sender");
    QTest::addColumn<int>("frames");
    QTest::newRow("receiver") << true << false << 1;
    QTest::newRow("sender") << false << true << 2;
    QTest::newRow("both") << true << true << 1;
}

void MemoryChannelTest::eitherEndMayDieInsideReceived()
{
    QFETCH(const bool, receiver);
    QFETCH(const bool, sender);
    QFETCH(const int, frames);
    int count = 0;
    connect(m_two.get(), &Channel::received, this, [&] {
        ++count;
        if (sender)
            m_one.reset();
        if (receiver)
            m_two.reset();
    });
    m_one->send("a");
    m_one->send("b");
    QTRY_COMPARE(count, frames);
    QCoreApplication::processEvents();
    QCOMPARE(count, frames);
}

void MemoryChannelTest::mayDieInsideClosed()
{
    connect(m_two.get(), &Channel::closed, this, [this] { m_two.reset(); });
    m_one->close();
    QTRY_VERIFY(!m_two);
}

void MemoryChannelTest::bothMayCloseAtOnce()
{
    ChannelLog one(m_one.get());
    ChannelLog two(m_two.get());
    m_one->close();
    m_two->close();
    m_one->abort();
    QTRY_COMPARE(one.closeCode(), toString(ErrorCode::None));
    QTRY_COMPARE(two.closeCode(), toString(ErrorCode::None));
}

void MemoryChannelTest::tooLargeFrameClosesWithTheLimit()
{
    ChannelLog one(m_one.get());
    ChannelLog two(m_two.get());
    m_one->send(QByteArray(maxFrameSize + 1, Qt::Uninitialized));
    QTRY_COMPARE(one.closeCode(), toString(ErrorCode::TooLarge));
    QVERIFY(one.closeMessage().contains(QStringLiteral("32 MiB")));
    QTRY_VERIFY(two.closeMessage().contains(QStringLiteral("32 MiB")));
    QVERIFY(two.frames.isEmpty());
}

void MemoryChannelTest::nestedLoopInReceivedKeepsTheOrder()
{
    QList<QByteArray> order;
    connect(m_two.get(), &Channel::received, this, [&](const QByteArray &frame) {
        order += frame;
        if (order.size() == 1) {
            m_one->send("c");
            QTRY_COMPARE(order.size(), 3);
        }
    });
    m_one->send("a");
    m_one->send("b");
    QTRY_COMPARE(order, (QList<QByteArray>{"a", "b", "c"}));
}

void MemoryChannelTest::framesCrossThreadsInOrder()
{
    constexpr int count = 20000;
    QThread thread;
    m_two->moveToThread(&thread);
    Channel *echo = m_two.get();
    connect(echo, &Channel::received, echo, [echo](const QByteArray &frame) { echo->send(frame); });
    connect(&thread, &QThread::finished, echo, [this] { m_two.reset(); });
    thread.start();
    ChannelLog one(m_one.get());
    for (int i = 0; i < count; ++i)
        m_one->send(QByteArray::number(i));
    QTRY_COMPARE_WITH_TIMEOUT(one.frames.size(), count, 30000);
    for (int i = 0; i < count; ++i)
        QCOMPARE(one.frames.at(i), QByteArray::number(i));
    thread.quit();
    QVERIFY(thread.wait());
    QTRY_COMPARE(one.closeCode(), toString(ErrorCode::Unavailable));
}

void MemoryChannelTest::endsMayDieWhileTheOtherSends()
{
    for (int i = 0; i < 50; ++i) {
        init();
        QSemaphore started;
        const std::unique_ptr<QThread> thread(QThread::create([this, &started] {
            started.release();
            for (int n = 0; n < 200; ++n)
                m_two->send("x");
            m_two.reset();
        }));
        m_two->moveToThread(thread.get());
        thread->start();
        started.acquire();
        for (int n = 0; n < i; ++n)
            m_one->send("y");
        QCoreApplication::processEvents();
        m_one.reset();
        QVERIFY(thread->wait());
    }
}

DROVER_TEST_MAIN(MemoryChannelTest)

#include "tst_memorychannel.moc"
