// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "protocol/cborreader.h"
#include "testing/main.h"

#include <cmath>
#include <limits>

using namespace drover;
using Type = CborReader::Type;

namespace {

QByteArray hex(const char *text)
{
    return QByteArray::fromHex(text);
}

//! Reads one item as what \a type says; the value as text, or the error.
QString readAs(Type type, CborReader &reader)
{
    QString value;
    switch (type) {
    case Type::Unsigned: value = QString::number(reader.unsignedInt()); break;
    case Type::Negative: value = QString::number(reader.signedInt()); break;
    case Type::Bytes: value = QString::fromLatin1(reader.bytes().toByteArray().toHex()); break;
    case Type::Text: value = reader.text(); break;
    case Type::Array: value = QString::number(reader.array()); break;
    case Type::Map: value = QString::number(reader.map()); break;
    case Type::Tag: value = QString::number(reader.tag()); break;
    case Type::Bool: value = QString::number(reader.boolean()); break;
    case Type::Null: reader.null(); break;
    case Type::Double: value = QString::number(reader.real()); break;
    default: reader.skip(); break;
    }
    return reader.ok() ? value : reader.error().message();
}

} // namespace

Q_DECLARE_METATYPE(drover::CborReader::Type)

class TestCborReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itemsAreReadOrRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<Type>("type");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *bytes, Type type, const char *expected) {
            QTest::addRow("%s as %d", bytes, int(type)) << hex(bytes) << type << QString::fromUtf8(expected);
        };
        row("00", Type::Unsigned, "0");
        row("17", Type::Unsigned, "23");
        row("1818", Type::Unsigned, "24");
        row("1bffffffffffffffff", Type::Unsigned, "18446744073709551615");
        row("1b0000000000000001", Type::Unsigned, "1"); // longer than needed
        row("20", Type::Negative, "-1");
        row("3b7fffffffffffffff", Type::Negative, "-9223372036854775808");
        row("1b7fffffffffffffff", Type::Negative, "9223372036854775807");
        row("4201ff", Type::Bytes, "01ff");
        row("40", Type::Bytes, "");
        row("62c3a4", Type::Text, "\xc3\xa4");
        row("83", Type::Array, "expected as many items as announced, found an array at byte 0");
        row("83010203", Type::Array, "3");
        row("a10102", Type::Map, "1");
        row("c0", Type::Tag, "0");
        row("f4", Type::Bool, "0");
        row("f5", Type::Bool, "1");
        row("f6", Type::Null, "");
        row("f93c00", Type::Double, "1");
        row("fa3f800000", Type::Double, "1");
        row("fb3ff0000000000000", Type::Double, "1");

        row("", Type::Unsigned, "expected an unsigned integer, found the end at byte 0");
        row("20", Type::Unsigned, "expected an unsigned integer, found a negative integer at byte 0");
        row("18", Type::Unsigned, "expected an unsigned integer, found an unsigned integer at byte 0");
        row("19ff", Type::Unsigned, "expected an unsigned integer, found an unsigned integer at byte 0");
        row("1c", Type::Unsigned, "expected an unsigned integer, found an unsigned integer at byte 0");
        row("1f", Type::Unsigned, "expected an unsigned integer, found an unsigned integer at byte 0");
        row("3b8000000000000000", Type::Negative, "expected a number in range, found a negative integer at byte 0");
        row("1b8000000000000000", Type::Negative, "expected a number in range, found an unsigned integer at byte 0");
        row("61", Type::Text, "expected as many bytes as announced, found text at byte 0");
        row("5b7fffffffffffffff00", Type::Bytes, "expected as many bytes as announced, found bytes at byte 0");
        row("5bffffffffffffffff00", Type::Bytes, "expected as many bytes as announced, found bytes at byte 0");
        row("62c328", Type::Text, "expected valid UTF-8, found text at byte 0");
        row("63eda080", Type::Text, "expected valid UTF-8, found text at byte 0");
        row("5f4100ff", Type::Bytes, "expected bytes, found bytes at byte 0"); // indefinite
        row("9f01ff", Type::Array, "expected an array, found an array at byte 0");
        row("9bffffffffffffffff", Type::Array, "expected as many items as announced, found an array at byte 0");
        row("bb8000000000000000", Type::Map, "expected as many items as announced, found a map at byte 0");
        row("a101", Type::Map, "expected as many items as announced, found a map at byte 0");
        row("01", Type::Bool, "expected a boolean, found an unsigned integer at byte 0");
        row("f7", Type::Bool, "expected a boolean, found an unknown item at byte 0");
        row("f4", Type::Null, "expected null, found a boolean at byte 0");
        row("f93c", Type::Double, "expected a floating-point number, found a floating-point number at byte 0");
        row("ff", Type::Double, "expected a floating-point number, found an unknown item at byte 0");
    }
    void itemsAreReadOrRefused()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const Type, type);
        QFETCH(const QString, expected);
        CborReader reader(bytes);
        QCOMPARE(readAs(type, reader), expected);
        QVERIFY(reader.ok() == (reader.error().code() == ErrorCode::None));
    }

    void skipPassesOverOneWholeItem_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("fits");
        const auto row = [](const char *bytes, bool fits) { QTest::addRow("%.40s", bytes) << hex(bytes) << fits; };
        row("00", true);
        row("1bffffffffffffffff", true);
        row("3bffffffffffffffff", true);
        row("43010203", true);
        row("63c32800", true); // text is not looked into
        row("8301820203a10405", true);
        row("a201806161f6", true);
        row("c1c2c300", true);
        row("f7", true);
        row("f8ff", true);
        row("f93c00", true);
        row("", false);
        row("81", false);
        row("820181", false);
        row("c1", false);
        row("9f00ff", false);
        row("ff", false);
        row("f810", false); // a simple value in a longer form
        row("fc", false);
        row("bbffffffffffffffff00", false);
        const QByteArray deep = QByteArray(CborReader::maxDepth, '\x81') + '\0';
        QTest::newRow("deep") << deep << true;
        QTest::newRow("too deep") << '\x81' + deep << false;
        QTest::newRow("a million deep") << QByteArray(1000000, '\x81') << false;
        QTest::newRow("a million tags") << QByteArray(1000000, '\xc1') << false;
    }
    void skipPassesOverOneWholeItem()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const bool, fits);
        const QByteArray more = bytes + (fits ? QByteArray("\x17") : QByteArray());
        CborReader reader(more);
        reader.skip();
        QCOMPARE(reader.ok(), fits);
        if (fits)
            QCOMPARE(reader.unsignedInt(), 23u);
        QVERIFY(reader.atEnd());
    }

    void theFirstFailureSticks()
    {
        const QByteArray bytes = hex("0161620304");
        CborReader reader(bytes);
        QCOMPARE(reader.unsignedInt(), 1u);
        QCOMPARE(reader.array(), 0u);
        QCOMPARE(reader.text(), QString());
        QCOMPARE(reader.unsignedInt(), 0u);
        reader.skip();
        reader.failedIn(2);
        reader.failedIn(7);
        QVERIFY(reader.atEnd());
        QCOMPARE(reader.error().message(), QStringLiteral("field 7, field 2: expected an array, found text at byte 1"));
        QVERIFY(reader.error().code() == ErrorCode::ProtocolError);
    }

    void boundsAreKept()
    {
        CborReader small(QByteArrayView("\x18\xff", 2));
        small.unsignedInt(254);
        QVERIFY(!small.ok());
        CborReader low(QByteArrayView("\x38\x80", 2));
        low.signedInt(-128, 127);
        QVERIFY(!low.ok());
        CborReader fits(QByteArrayView("\x38\x7f", 2));
        QCOMPARE(fits.signedInt(-128, 127), -128);
        QVERIFY(fits.ok());
    }

    void floatsOfAllWidthsAreRead()
    {
        CborReader half(QByteArrayView("\xf9\x7c\x00", 3));
        QCOMPARE(half.real(), std::numeric_limits<double>::infinity());
        CborReader single(QByteArrayView("\xfa\x7f\xc0\x00\x00", 5));
        QVERIFY(std::isnan(single.real()));
    }
};

DROVER_TEST_MAIN(TestCborReader)
#include "tst_cborreader.moc"
