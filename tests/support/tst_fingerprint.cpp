// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "support/fingerprint.h"
#include "testing/main.h"

using namespace drover;

namespace {

const QString plain = QStringLiteral("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");

} // namespace

class FingerprintTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textIsInGroupsOfFour();
    void anyGroupingIsRead_data();
    void anyGroupingIsRead();
    void garbageIsRefused_data();
    void garbageIsRefused();
    void prefixNeedsSixteenDigits_data();
    void prefixNeedsSixteenDigits();
};

void FingerprintTest::textIsInGroupsOfFour()
{
    const QString text = fingerprintText(QByteArray::fromHex(plain.toLatin1()));
    QCOMPARE(text.left(14), QStringLiteral("0011 2233 4455"));
    QCOMPARE(text.count(u' '), 15);
    QVERIFY(fingerprintText({}).isEmpty());
}

void FingerprintTest::anyGroupingIsRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << plain;
    QTest::newRow("upper case") << plain.toUpper();
    QTest::newRow("own form") << fingerprintText(QByteArray::fromHex(plain.toLatin1()));
    QTest::newRow("pairs with colons") << QString::fromLatin1(QByteArray::fromHex(plain.toLatin1()).toHex(':'));
    QTest::newRow("dashes and spaces around") << QStringLiteral("  0011-2233") + plain.mid(8) + QStringLiteral("\n");
}

void FingerprintTest::anyGroupingIsRead()
{
    QFETCH(const QString, text);
    const auto bytes = fingerprintFromText(text);
    QVERIFY(bytes);
    QCOMPARE(bytes->toHex(), plain.toLatin1());
}

void FingerprintTest::garbageIsRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("one digit short") << plain.chopped(1);
    QTest::newRow("one digit long") << plain + u'0';
    QTest::newRow("no hex digit") << plain.chopped(1) + u'g';
    QTest::newRow("digits of another script") << plain.chopped(1) + QChar(0x0665);
    QTest::newRow("a word") << QStringLiteral("drover");
}

void FingerprintTest::garbageIsRefused()
{
    QFETCH(const QString, text);
    const auto bytes = fingerprintFromText(text);
    QVERIFY(!bytes);
    QCOMPARE(toString(bytes.error().code()), toString(ErrorCode::InvalidArgument));
}

void FingerprintTest::prefixNeedsSixteenDigits_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("digits");
    QTest::newRow("sixteen") << QStringLiteral("0011 2233:4455-6677") << plain.left(16);
    QTest::newRow("upper case") << QStringLiteral("8899AABBCCDDEEFF") << QStringLiteral("8899aabbccddeeff");
    QTest::newRow("all") << plain << plain;
    QTest::newRow("fifteen") << plain.left(15) << QString();
    QTest::newRow("too many") << plain + u'1' << QString();
    QTest::newRow("empty") << QString() << QString();
}

void FingerprintTest::prefixNeedsSixteenDigits()
{
    QFETCH(const QString, text);
    QFETCH(const QString, digits);
    QCOMPARE(fingerprintPrefixFromText(text).value_or(QString()), digits);
}

DROVER_TEST_MAIN(FingerprintTest)

#include "tst_fingerprint.moc"
