// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "discovery/announcement.h"

#include "discovery/peers.h"
#include "testing/main.h"

#include <QtCore/QCborArray>
#include <QtCore/QCborValue>

namespace drover {

class AnnouncementTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBackAsItWasWritten_data();
    void comesBackAsItWasWritten();
    void theLongestFitsOneDatagram();
    void bytesAreFrozen();
    void isRefusedOrReadWhenOneItemIsOther_data();
    void isRefusedOrReadWhenOneItemIsOther();
    void garbageIsRefused_data();
    void garbageIsRefused();
    void everyCutAndEveryFlippedByteIsSurvived();
    void moreItemsAtTheEndAreSkipped();
    void namesAreCleaned_data();
    void namesAreCleaned();
};

static QCborArray items()
{
    return QCborValue::fromCbor(announcementOf(7).toBytes()).toArray();
}

void AnnouncementTest::comesBackAsItWasWritten_data()
{
    QTest::addColumn<bool>("goodbye");
    QTest::addColumn<bool>("query");
    QTest::addColumn<quint16>("port");
    QTest::addColumn<QString>("name");
    QTest::newRow("plain") << false << false << quint16(1) << QStringLiteral("wren");
    QTest::newRow("goodbye") << true << false << quint16(80) << QStringLiteral("wren");
    QTest::newRow("query") << false << true << quint16(65535) << QStringLiteral("wren");
    QTest::newRow("no name") << false << false << quint16(65535) << QString();
    QTest::newRow("64 characters") << false << false << quint16(9) << QString(64, u'x');
    QTest::newRow("umlauts") << false << false << quint16(9) << QString(64, QChar(0xe4));
}

void AnnouncementTest::comesBackAsItWasWritten()
{
    QFETCH(bool, goodbye);
    QFETCH(bool, query);
    QFETCH(quint16, port);
    QFETCH(QString, name);
    Announcement announcement = announcementOf(1, name);
    announcement.goodbye = goodbye;
    announcement.query = query;
    announcement.port = port;
    const Result<Announcement> read = Announcement::fromBytes(announcement.toBytes());
    QVERIFY2(read, read ? "" : qPrintable(read.error().message()));
    QCOMPARE(*read, announcement);
    QVERIFY(read->namesPeer());
}

void AnnouncementTest::theLongestFitsOneDatagram()
{
    Announcement announcement = announcementOf(1, QString(1000, QChar(0x4e00)));
    announcement.service = QString(1000, u'w');
    announcement.port = 65535;
    announcement.protocolVersion = 0xffffffff;
    const QByteArray bytes = announcement.toBytes();
    QVERIFY(bytes.size() <= 400);
    const Result<Announcement> read = Announcement::fromBytes(bytes);
    QVERIFY(read);
    QCOMPARE(read->name.size(), Announcement::maxName);
    QCOMPARE(read->service.size(), Announcement::maxService);
}

void AnnouncementTest::bytesAreFrozen()
{
    QCOMPARE(announcementOf(7).toBytes().toHex(),
             QByteArrayLiteral("89"
                               "6664726f766572"
                               "01"
                               "00"
                               "66776f726b6572"
                               "647772656e"
                               "5820")
                 + QByteArray(64, '0').replace("00", "07")
                 + QByteArrayLiteral("50"
                                     "070102030405060708090a0b0c0d0e07"
                                     "190fa7"
                                     "01"));
}

void AnnouncementTest::isRefusedOrReadWhenOneItemIsOther_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<QCborValue>("value");
    QTest::addColumn<ErrorCode>("code");
    const auto row = [](const char *name, int index, const QCborValue &value,
                        ErrorCode code = ErrorCode::ProtocolError) { QTest::newRow(name) << index << value << code; };
    row("other magic", 0, QStringLiteral("plover"));
    row("magic is a number", 0, 1);
    row("later format", 1, 2, ErrorCode::VersionMismatch);
    row("negative format", 1, -1);
    row("unknown flags are ignored", 2, 0xf0, ErrorCode::None);
    row("flags as text", 2, QStringLiteral("1"));
    row("service in capitals", 3, QStringLiteral("Worker"));
    row("service of 15", 3, QString(15, u'a'), ErrorCode::None);
    row("service of 16", 3, QString(16, u'a'));
    row("no service and no query", 3, QString());
    row("name is null", 4, QCborValue());
    row("name of 65 is cut", 4, QString(65, u'x'), ErrorCode::None);
    row("fingerprint of 31", 5, QByteArray(31, 'x'));
    row("fingerprint of 33", 5, QByteArray(33, 'x'));
    row("fingerprint as text", 5, QString(32, u'x'));
    row("incarnation of 15", 6, QByteArray(15, 'x'));
    row("null incarnation", 6, QByteArray(16, '\0'));
    row("port 0", 7, 0);
    row("port 65536", 7, 65536);
    row("port is a double", 7, 80.5);
    row("protocol 0", 8, 0, ErrorCode::None);
    row("protocol of 33 bits", 8, Q_INT64_C(0x100000000));
}

void AnnouncementTest::isRefusedOrReadWhenOneItemIsOther()
{
    QFETCH(int, index);
    QFETCH(QCborValue, value);
    QFETCH(ErrorCode, code);
    QCborArray array = items();
    array[index] = value;
    const Result<Announcement> read = Announcement::fromBytes(array.toCborValue().toCbor());
    QCOMPARE(toString(read ? ErrorCode::None : read.error().code()), toString(code));
    if (read)
        QVERIFY(read->name.size() <= Announcement::maxName);
}

void AnnouncementTest::garbageIsRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<ErrorCode>("code");
    const QByteArray good = announcementOf(1).toBytes();
    const QByteArray start = QByteArray::fromHex("896664726f7665720100");
    QTest::newRow("empty") << QByteArray() << ErrorCode::ProtocolError;
    QTest::newRow("text") << QByteArrayLiteral("M-SEARCH * HTTP/1.1\r\n") << ErrorCode::ProtocolError;
    QTest::newRow("zeros") << QByteArray(1200, '\0') << ErrorCode::ProtocolError;
    QTest::newRow("ones") << QByteArray(1200, '\xff') << ErrorCode::ProtocolError;
    QTest::newRow("a map") << QByteArray::fromHex("a10102") << ErrorCode::ProtocolError;
    QTest::newRow("an array without length") << "\x9f" + good.mid(1) + "\xff" << ErrorCode::ProtocolError;
    QTest::newRow("eight items") << QByteArray("\x88" + good.mid(1)) << ErrorCode::ProtocolError;
    QTest::newRow("a text of 2^62 bytes")
        << start + QByteArray::fromHex("7b4000000000000000") << ErrorCode::ProtocolError;
    QTest::newRow("a text of 2^30 bytes") << start + QByteArray::fromHex("7a40000000") << ErrorCode::ProtocolError;
    QTest::newRow("a text longer than the rest")
        << start + QByteArray::fromHex("7904b0") + "worker" << ErrorCode::ProtocolError;
    QTest::newRow("not UTF-8") << start + QByteArray::fromHex("62c328") << ErrorCode::ProtocolError;
    QTest::newRow("text in chunks") << start + QByteArray::fromHex("7f6161ff") << ErrorCode::ProtocolError;
    QTest::newRow("nested deeply") << QByteArray(1200, '\x81') << ErrorCode::ProtocolError;
    QTest::newRow("1201 bytes") << good + QByteArray(1201 - good.size(), '\0') << ErrorCode::TooLarge;
}

void AnnouncementTest::garbageIsRefused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(ErrorCode, code);
    const Result<Announcement> read = Announcement::fromBytes(bytes);
    QVERIFY(!read);
    QCOMPARE(toString(read.error().code()), toString(code));
    QVERIFY(!read.error().message().isEmpty());
}

void AnnouncementTest::everyCutAndEveryFlippedByteIsSurvived()
{
    const QByteArray good = announcementOf(1).toBytes();
    for (qsizetype at = 0; at < good.size(); ++at) {
        QVERIFY(!Announcement::fromBytes(good.first(at)));
        for (int value = 0; value < 256; ++value) {
            QByteArray bytes = good;
            bytes[at] = char(value);
            if (const Result<Announcement> read = Announcement::fromBytes(bytes))
                QVERIFY(read->query || read->port > 0);
        }
    }
}

void AnnouncementTest::moreItemsAtTheEndAreSkipped()
{
    QCborArray array = items();
    array.append(QStringLiteral("later"));
    array.append(QCborArray{1, 2});
    QCOMPARE(Announcement::fromBytes(array.toCborValue().toCbor()).value(), announcementOf(7));
}

void AnnouncementTest::namesAreCleaned_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("clean");
    QTest::newRow("plain") << QStringLiteral("Wren 3, lab") << QStringLiteral("Wren 3, lab");
    QTest::newRow("escape sequence") << QStringLiteral("a\x1b[31mb") << QStringLiteral("a[31mb");
    QTest::newRow("line ends") << QStringLiteral("a\r\nb\u2028c\u2029d") << QStringLiteral("abcd");
    QTest::newRow("null") << QStringLiteral("a\0b") << QStringLiteral("ab");
    QTest::newRow("C1 control") << QStringLiteral("a\u009b1mb") << QStringLiteral("a1mb");
    QTest::newRow("right-to-left override") << QStringLiteral("a\u202eb") << QStringLiteral("ab");
    QTest::newRow("only control") << QStringLiteral("\t\r\n") << QString();
    QTest::newRow("spaces around") << QStringLiteral("  a ") << QStringLiteral("a");
    QTest::newRow("a pair at the end is not split")
        << QString(63, u'x') + QStringLiteral("\U0001F426") << QString(63, u'x');
    QTest::newRow("a pair that just fits")
        << QString(62, u'x') + QStringLiteral("\U0001F426") << QString(62, u'x') + QStringLiteral("\U0001F426");
    QTest::newRow("half a pair") << QString(QChar(0xd83d)) + QStringLiteral("a") << QStringLiteral("\uFFFDa");
}

void AnnouncementTest::namesAreCleaned()
{
    QFETCH(QString, name);
    QFETCH(QString, clean);
    QCOMPARE(cleanName(name), clean);
}

} // namespace drover

Q_DECLARE_METATYPE(drover::ErrorCode)

DROVER_TEST_MAIN(drover::AnnouncementTest)

#include "tst_announcement.moc"
