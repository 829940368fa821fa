// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "protocol/cborwriter.h"
#include "testing/main.h"

#include <QtCore/QCborStreamWriter>

#include <limits>

using drover::CborWriter;

class TestCborWriter : public QObject
{
    Q_OBJECT

    template <typename Write> static QByteArray ours(Write write)
    {
        QByteArray out;
        {
            CborWriter writer(out);
            write(writer);
        }
        return out;
    }

    template <typename Write> static QByteArray qts(Write write)
    {
        QByteArray out;
        QCborStreamWriter writer(&out);
        write(writer);
        return out;
    }

private Q_SLOTS:
    void integersAreAsQtWritesThem_data()
    {
        QTest::addColumn<quint64>("value");
        for (const quint64 edge : {0ull, 23ull, 24ull, 255ull, 256ull, 65535ull, 65536ull, 4294967295ull, 4294967296ull,
                                   9223372036854775807ull, 9223372036854775808ull, 18446744073709551615ull})
            QTest::addRow("%llu", edge) << edge;
    }
    void integersAreAsQtWritesThem()
    {
        QFETCH(const quint64, value);
        QCOMPARE(ours([&](auto &w) { w.unsignedInt(value); }), qts([&](auto &w) { w.append(value); }));
        const auto number = qint64(value);
        QCOMPARE(ours([&](auto &w) { w.signedInt(number); }), qts([&](auto &w) { w.append(number); }));
        const auto negative = qint64(~value);
        QCOMPARE(ours([&](auto &w) { w.signedInt(negative); }), qts([&](auto &w) { w.append(negative); }));
        QCOMPARE(ours([&](auto &w) { w.tag(value); }), qts([&](auto &w) { w.append(QCborTag(value)); }));
        if (value < quint64(std::numeric_limits<qint64>::max())) {
            QCOMPARE(ours([&](auto &w) { w.array(value); }), qts([&](auto &w) { w.startArray(value); }));
            QCOMPARE(ours([&](auto &w) { w.map(value); }), qts([&](auto &w) { w.startMap(value); }));
        }
    }

    void textIsAsQtWritesIt_data()
    {
        QTest::addColumn<QString>("value");
        QTest::newRow("null") << QString();
        QTest::newRow("empty") << QStringLiteral("");
        QTest::newRow("ascii") << QStringLiteral("lab.add");
        QTest::newRow("nul and del") << QString(QChar(0)) + QChar(0x7f);
        QTest::newRow("latin 1") << QStringLiteral("\u00e4");
        QTest::newRow("ascii, then wide") << QStringLiteral("aaaaaaaaaaaaaaaaaaaaaa\u20ac");
        QTest::newRow("beyond the plane") << QStringLiteral("\U0001f404");
        QTest::newRow("lone surrogate") << QString(QChar(0xd83d));
        for (const int size : {23, 24, 255, 256, 65535, 65536})
            QTest::addRow("%d long", size) << QString(size, u'x');
        QTest::newRow("wide and long") << QString(70000, QChar(0x20ac));
    }
    void textIsAsQtWritesIt()
    {
        QFETCH(const QString, value);
        QCOMPARE(ours([&](auto &w) { w.text(value); }), qts([&](auto &w) { w.append(QStringView(value)); }));
        const QByteArray utf8 = value.toUtf8();
        QCOMPARE(ours([&](auto &w) { w.bytes(utf8); }), qts([&](auto &w) { w.append(utf8); }));
    }

    void theRestIsAsQtWritesIt()
    {
        QCOMPARE(ours([](auto &w) { w.boolean(true), w.boolean(false), w.null(); }),
                 qts([](auto &w) { w.append(true), w.append(false), w.append(nullptr); }));
        for (const double value : {0.0, -0.0, 1.5, 1e300, std::numeric_limits<double>::infinity()})
            QCOMPARE(ours([=](auto &w) { w.real(value); }), qts([=](auto &w) { w.append(value); }));
    }

    void whatWasInTheBufferStays()
    {
        QByteArray out("before");
        const QByteArray copy = out;
        {
            CborWriter writer(out);
            writer.unsignedInt(1);
        }
        QCOMPARE(out, QByteArray("before\x01"));
        QCOMPARE(copy, QByteArray("before"));
    }

    void aWriterThatWritesNothingChangesNothing()
    {
        QByteArray out("before");
        out.reserve(1000);
        {
            CborWriter writer(out);
        }
        QCOMPARE(out, QByteArray("before"));
    }

    void aReusedBufferTakesNoMemory()
    {
        QByteArray out;
        out.reserve(4096);
        const char *place = out.constData();
        for (int round = 0; round < 100; ++round) {
            out.resize(0);
            CborWriter writer(out);
            for (int i = 0; i < 100; ++i)
                writer.text(u"some text");
        }
        QCOMPARE(out.size(), 1000);
        QCOMPARE(static_cast<const void *>(out.constData()), static_cast<const void *>(place));
    }
};

DROVER_TEST_MAIN(TestCborWriter)
#include "tst_cborwriter.moc"
