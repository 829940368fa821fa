// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "gadgets.h"
#include "task/value.h"
#include "testing/main.h"

using namespace drover;

using Decode = std::function<Result<void>(const QByteArray &)>;
Q_DECLARE_METATYPE(Decode)

namespace {

template <typename T> Decode as()
{
    return [](const QByteArray &bytes) -> Result<void> {
        const Result<T> value = decodeValue<T>(bytes);
        return value ? Result<void>() : fail(value.error());
    };
}

} // namespace

class TestValueReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatDoesNotFitIsRefusedByName_data();
    void whatDoesNotFitIsRefusedByName();
    void noiseIsRefusedByAllTypes();
};

void TestValueReader::whatDoesNotFitIsRefusedByName_data()
{
    QTest::addColumn<Decode>("decode");
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<QString>("message"); // what it contains

    QTest::newRow("nothing") << as<int>() << QByteArray() << "expected int, got nothing";
    QTest::newRow("text for int") << as<int>() << QByteArray("6178") << "expected int, got \"x\"";
    QTest::newRow("double for int") << as<int>() << QByteArray("fb3ff8000000000000") << "expected int, got 1.5";
    QTest::newRow("bool for int") << as<int>() << QByteArray("f5") << "got true";
    QTest::newRow("null for string") << as<QString>() << QByteArray("f6") << "expected string, got null";
    QTest::newRow("int for string") << as<QString>() << QByteArray("05") << "expected string, got 5";
    QTest::newRow("bytes for string") << as<QString>() << QByteArray("4161") << "got bytes";
    QTest::newRow("list for string") << as<QString>() << QByteArray("80") << "got a list";
    QTest::newRow("map for list") << as<QList<int>>() << QByteArray("a0") << "expected list<int>, got a map";
    QTest::newRow("int above") << as<int>() << QByteArray("1a80000000") << "expected int, got 2147483648";
    QTest::newRow("int below") << as<int>() << QByteArray("3a80000000") << "expected int, got -2147483649";
    QTest::newRow("int64 above") << as<qint64>() << QByteArray("1b8000000000000000") << "got 9223372036854775808";
    QTest::newRow("below int64") << as<qint64>() << QByteArray("3b8000000000000000") << "below -2^63";
    QTest::newRow("below any") << as<QVariant>() << QByteArray("3bffffffffffffffff") << "below -2^63";
    QTest::newRow("negative for uint") << as<uint>() << QByteArray("20") << "expected uint, got -1";
    QTest::newRow("enum above") << as<Qt::CursorShape>() << QByteArray("1bffffffffffffffff") << "expected enum";
    QTest::newRow("element") << as<QList<int>>() << QByteArray("83016178f6") << "got \"x\" at [1]";
    QTest::newRow("deep element") << as<QMap<QString, QList<int>>>() << QByteArray("a16161816178")
                                  << "got \"x\" at [0][0]";
    QTest::newRow("property") << as<lab::Point>() << QByteArray("a161786179") << "got \"y\" at .x";
    QTest::newRow("pair of one") << as<std::pair<int, int>>() << QByteArray("8101") << "too few elements";
    QTest::newRow("pair of three") << as<std::pair<int, int>>() << QByteArray("83010203") << "more than 2 elements";
    QTest::newRow("alternative") << as<std::variant<int, bool>>() << QByteArray("820201") << "alternative 2 of 2";
    QTest::newRow("trailing") << as<int>() << QByteArray("0102") << "1 bytes too many";
    QTest::newRow("wrong tag") << as<QUrl>() << QByteArray("d8256161") << "tag 37";
    QTest::newRow("short uuid") << as<QUuid>() << QByteArray("d825416b") << "1 bytes";
    QTest::newRow("bad uuid") << as<QUuid>() << QByteArray("6178") << "expected uuid, got \"x\"";
    QTest::newRow("bad time") << as<QDateTime>() << QByteArray("c06178") << "expected datetime, got \"x\"";
    QTest::newRow("not UTF-8") << as<QString>() << QByteArray("61ff") << "malformed bytes";
    QTest::newRow("long text") << as<QString>() << QByteArray("7b7fffffffffffffff61") << "malformed bytes";
    QTest::newRow("long bytes") << as<QByteArray>() << QByteArray("5affffffff61") << "malformed bytes";
    QTest::newRow("long chunk") << as<QByteArray>() << QByteArray("5f5b00000000ffffffff61ff") << "malformed bytes";
    QTest::newRow("long list") << as<QList<int>>() << QByteArray("9b7fffffffffffffff01") << "malformed bytes";
    QTest::newRow("long map") << as<QVariantMap>() << QByteArray("bb7fffffffffffffff01") << "malformed bytes";
    QTest::newRow("long any") << as<QVariant>() << QByteArray("9bffffffffffffffff01") << "malformed bytes";
    QTest::newRow("odd map") << as<QVariantMap>() << QByteArray("bf6161ff") << "expected map<string,any>";
    QTest::newRow("no end") << as<QList<int>>() << QByteArray("9f01") << "expected list<int>";
    QTest::newRow("lone break") << as<QVariant>() << QByteArray("ff") << "expected any";
    QTest::newRow("reserved") << as<QVariant>() << QByteArray("1c") << "malformed bytes";
    QTest::newRow("deep list") << as<QVariant>() << QByteArray(2 * 100000, '8').replace("88", "81")
                               << "nested deeper than 64";
    QTest::newRow("deep json") << as<QJsonValue>() << QByteArray(2 * 100000, '8').replace("88", "81")
                               << "nested deeper than 64";
    QTest::newRow("many tags") << as<QVariant>() << QByteArray(2 * 100000, 'c').replace("cc", "c9") << "too many tags";
    QTest::newRow("deep skipped") << as<lab::Point>()
                                  << QByteArray("a16179") + QByteArray(2 * 100000, '8').replace("88", "81")
                                  << "malformed bytes";
}

void TestValueReader::whatDoesNotFitIsRefusedByName()
{
    QFETCH(Decode, decode);
    QFETCH(QByteArray, hex);
    QFETCH(QString, message);
    const Result<void> result = decode(QByteArray::fromHex(hex));
    QVERIFY(!result);
    QCOMPARE(result.error().code(), ErrorCode::InvalidArgument);
    QVERIFY2(result.error().message().contains(message), qPrintable(result.error().message()));
}

void TestValueReader::noiseIsRefusedByAllTypes()
{
    quint64 state = 1;
    const QList<Decode> decoders{as<QVariant>(),
                                 as<lab::Shape>(),
                                 as<QMap<QString, QList<int>>>(),
                                 as<QJsonDocument>(),
                                 as<std::variant<int, QString>>(),
                                 as<lab::Triple>(),
                                 as<QList<QDateTime>>()};
    for (int i = 0; i < 20000; ++i) {
        QByteArray noise;
        const int size = i % 24;
        for (int k = 0; k < size; ++k) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            noise.append(char(state >> 56));
        }
        for (const Decode &decode : decoders)
            (void)decode(noise); // any answer is right; a crash, a hang or a sanitizer's word is not
    }
}

DROVER_TEST_MAIN(TestValueReader)
#include "tst_valuereader.moc"
