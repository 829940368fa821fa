// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "protocol/frame.h"
#include "samples.h"
#include "testing/main.h"

using namespace drover;

class TestFrame : public QObject
{
    Q_OBJECT

    static QList<int> kindsIn(FrameReader &reader)
    {
        QList<int> kinds;
        while (const auto raw = reader.next())
            kinds.append(int(raw->kind));
        return kinds;
    }

private Q_SLOTS:
    void framesAreWalkedOrRefused_data()
    {
        QTest::addColumn<QByteArray>("frame");
        QTest::addColumn<QList<int>>("kinds");
        QTest::addColumn<QString>("error");
        const auto row = [](const char *name, const char *hex, QList<int> kinds, const char *error = "") {
            QTest::newRow(name) << QByteArray::fromHex(hex) << kinds << QString::fromLatin1(error);
        };
        row("nothing", "", {});
        row("one", "820300", {3});
        row("two", "820300820300", {3, 3});
        row("trailing items", "8503006161a10102f6", {3});
        row("unknown from 1000 on", "811903e8820300", {3});
        row("the greatest unknown", "8219ffff818101820300", {3});
        row("unknown below 1000", "8203008118638203 00", {3}, "kind 99 is not known");
        row("just below 1000", "811903e7", {}, "kind 999 is not known");
        row("kind 0", "8100", {}, "kind 0 is not known");
        row("kind too wide", "811a00010000", {}, "expected a smaller number");
        row("negative kind", "8120", {}, "expected an unsigned integer");
        row("text as a kind", "8163616263", {}, "expected an unsigned integer");
        row("an empty array", "80", {}, "expected an unsigned integer, found the end");
        row("no array", "03", {}, "expected an array, found an unsigned integer");
        row("a map", "a10300", {}, "expected an array, found a map");
        row("cut off", "82030082", {3}, "at byte 3 of a frame: expected as many items as announced");
        row("cut inside", "82031a0000", {}, "expected an item");
        row("indefinite", "9f0300ff", {}, "expected an array");
        row("huge claim", "9bffffffffffffffff03", {}, "expected as many items as announced");
        row("huge text", "82037bffffffffffffffff", {}, "expected as many bytes as announced");
        row("good, then garbage", "820300ff", {3}, "expected an array, found an unknown item");
        QTest::newRow("too deep") << "\x82\x03" + QByteArray(100, '\x81') + '\0' << QList<int>{}
                                  << QStringLiteral("fewer containers");
        QTest::newRow("over the limit of a frame")
            << QByteArray(maxIncomingFrame + 1, '\0') << QList<int>{} << QStringLiteral("over the limit of 33554432");
    }
    void framesAreWalkedOrRefused()
    {
        QFETCH(const QByteArray, frame);
        QFETCH(const QString, error);
        FrameReader reader(frame);
        QTEST(kindsIn(reader), "kinds");
        QCOMPARE(reader.failed(), !error.isEmpty());
        QVERIFY2(reader.error().message().contains(error), qPrintable(reader.error().message()));
        QVERIFY(!reader.next());
    }

    void allMessagesFitBehindEachOther()
    {
        QByteArray frame;
        QList<int> kinds;
        for (const testing::MessageCase &entry : testing::messageCases()) {
            frame += entry.full + entry.minimal;
            kinds << int(entry.kind) << int(entry.kind);
        }
        FrameReader reader(frame);
        QCOMPARE(kindsIn(reader), kinds);
        QVERIFY(!reader.failed());
    }

    void aMessageIsAViewIntoTheFrame()
    {
        const QByteArray frame = QByteArray::fromHex("8203008203182a");
        FrameReader reader(frame);
        QCOMPARE(reader.next()->item.size(), 3);
        const auto second = reader.next();
        QCOMPARE(static_cast<const void *>(second->item.data()), static_cast<const void *>(frame.constData() + 3));
        QCOMPARE(second->item.size(), 4);
    }
};

DROVER_TEST_MAIN(TestFrame)
#include "tst_frame.moc"
