// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "testing/main.h"
#include "transport/framedecoder.h"

using namespace drover;

namespace {

QByteArray stream(const QList<QByteArray> &frames)
{
    QByteArray result;
    for (const QByteArray &frame : frames)
        appendFrame(result, frame);
    return result;
}

} // namespace

class FrameDecoderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lengthIsLittleEndian();
    void framesComeOutHoweverTheyAreCut_data();
    void framesComeOutHoweverTheyAreCut();
    void garbageIsRefusedOrWaitsForMore_data();
    void garbageIsRefusedOrWaitsForMore();
    void longStreamIsCutWithoutAnEnd();
};

void FrameDecoderTest::lengthIsLittleEndian()
{
    QCOMPARE(stream({"abc"}), QByteArray("\x03\0\0\0abc", 7));
    QCOMPARE(stream({QByteArray(258, 'x')}).left(4), QByteArray("\x02\x01\0\0", 4));
}

void FrameDecoderTest::framesComeOutHoweverTheyAreCut_data()
{
    QTest::addColumn<QList<QByteArray>>("frames");
    QTest::addColumn<int>("step");
    const QList<QByteArray> mixed{"a", QByteArray(), QByteArray(1000, 'b'), "c", QByteArray(5, '\0')};
    QTest::newRow("one") << QList<QByteArray>{"hello"} << 1000;
    QTest::newRow("empty frame") << QList<QByteArray>{QByteArray()} << 1000;
    QTest::newRow("all at once") << mixed << 10000;
    QTest::newRow("byte by byte") << mixed << 1;
    QTest::newRow("inside lengths") << mixed << 3;
    QTest::newRow("large") << QList<QByteArray>{QByteArray(3'000'000, 'd'), "e"} << 65536;
}

void FrameDecoderTest::framesComeOutHoweverTheyAreCut()
{
    QFETCH(const QList<QByteArray>, frames);
    QFETCH(const int, step);
    const QByteArray bytes = stream(frames);
    FrameDecoder decoder;
    QList<QByteArray> result;
    for (qsizetype i = 0; i < bytes.size(); i += step) {
        decoder.feed(bytes.mid(i, step));
        while (const auto frame = decoder.next().value())
            result += *frame;
    }
    QCOMPARE(result, frames);
    QVERIFY(decoder.isEmpty());
}

void FrameDecoderTest::garbageIsRefusedOrWaitsForMore_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("refused");
    QTest::newRow("nothing") << QByteArray() << false;
    QTest::newRow("half a length") << QByteArray("\x01\0", 2) << false;
    QTest::newRow("at the limit") << QByteArray("\x64\0\0\0", 4) << false;
    QTest::newRow("one above the limit") << QByteArray("\x65\0\0\0", 4) << true;
    QTest::newRow("greatest length") << QByteArray(4, '\xff') << true;
    QTest::newRow("sign bit") << QByteArray("\0\0\0\x80", 4) << true;
    QTest::newRow("text") << QByteArray("GET / HTTP/1.1\r\n\r\n") << true;
}

void FrameDecoderTest::garbageIsRefusedOrWaitsForMore()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, refused);
    FrameDecoder decoder(100);
    decoder.feed(bytes);
    for (int i = 0; i < 2; ++i) {
        const auto frame = decoder.next();
        QCOMPARE(!frame, refused);
        if (refused)
            QCOMPARE(toString(frame.error().code()), toString(ErrorCode::TooLarge));
        else
            QVERIFY(!frame->has_value());
        decoder.feed("m");
    }
    QCOMPARE(decoder.isEmpty(), false);
}

void FrameDecoderTest::longStreamIsCutWithoutAnEnd()
{
    // Never at a boundary when it is fed, so that the buffer can only shrink by compaction.
    FrameDecoder decoder;
    const QByteArray frame(50'000, 'x');
    const QByteArray bytes = stream({frame});
    decoder.feed(bytes.left(10));
    for (int i = 0; i < 5000; ++i) {
        decoder.feed(bytes.mid(10) + bytes.left(10));
        QCOMPARE(decoder.next()->value(), frame);
    }
}

DROVER_TEST_MAIN(FrameDecoderTest)

#include "tst_framedecoder.moc"
