// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "gadgets.h"
#include "task/value.h"
#include "testing/main.h"

#include <QtCore/QPointer>

#include <deque>
#include <set>
#include <unordered_map>

using namespace drover;
using namespace std::chrono_literals;

namespace {

struct Row
{
    QString type;
    std::function<QString()> check; // empty when it went well
};

template <typename T> QString roundTrip(const T &value)
{
    const Result<QByteArray> bytes = encodeValue(value);
    if (!bytes)
        return bytes.error().message();
    const Result<T> back = decodeValue<T>(*bytes);
    if (!back)
        return back.error().message();
    if (!(*back == value))
        return QStringLiteral("another value came back");
    // whatever is cut off is refused, and none of it crashes
    for (qsizetype size = 0; size < bytes->size(); size += 1 + size / 16) {
        if (decodeValue<T>(bytes->first(size)))
            return QStringLiteral("the first %1 bytes were taken for the whole").arg(size);
    }
    return decodeValue<T>(*bytes + '\0') ? QStringLiteral("a trailing byte was taken") : QString();
}

template <typename T> Row row(const T &value)
{
    return {typeText<T>(), [value] { return roundTrip(value); }};
}

enum class Small : quint8 { Zero, Most = 255 };

lab::Shape shape()
{
    lab::Shape shape;
    shape.kind = lab::Shape::Kind::Square;
    shape.centre.x = -4;
    shape.centre.label = QStringLiteral("m");
    shape.corners = {shape.centre, lab::Point()};
    shape.tags = QStringList{QStringLiteral("a"), QStringLiteral("b")};
    shape.extra = QVariantMap{{QStringLiteral("k"), QVariantList{qlonglong(1), true}}};
    return shape;
}

} // namespace

class TestValue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valuesComeBackAsTheyWent_data();
    void valuesComeBackAsTheyWent();
    void typesAreNamedCanonically_data();
    void typesAreNamedCanonically();
    void numbersTakeTheFormThatFits();
    void aVariantKeepsWhatItHolds_data();
    void aVariantKeepsWhatItHolds();
    void aVariantOfAnUnknownTypeIsRefused();
    void typesWithFieldsGrowAtTheEnd();
    void gadgetsIgnoreUnknownPropertiesAndKeepMissingOnes();
    void durationsThatDoNotFitExactlyAreRefused();
};

Q_DECLARE_METATYPE(Row)

void TestValue::valuesComeBackAsTheyWent_data()
{
    QTest::addColumn<Row>("row");
    const QString text = QStringLiteral("Grüße 😀");
    const QUuid uuid = QUuid::createUuidV5(QUuid(), text);
    const QDateTime time(QDate(2026, 2, 28), QTime(23, 59, 59, 999), Qt::OffsetFromUTC, -3600);

    QTest::newRow("bool") << row(true);
    QTest::newRow("int8") << row(qint8(-128));
    QTest::newRow("uint16") << row(quint16(65535));
    QTest::newRow("int") << row(std::numeric_limits<int>::min());
    QTest::newRow("uint") << row(std::numeric_limits<uint>::max());
    QTest::newRow("int64 least") << row(std::numeric_limits<qint64>::min());
    QTest::newRow("int64 most") << row(std::numeric_limits<qint64>::max());
    QTest::newRow("long") << row(42L);
    QTest::newRow("uint64") << row(std::numeric_limits<quint64>::max());
    QTest::newRow("double") << row(0.1);
    QTest::newRow("infinity") << row(std::numeric_limits<double>::infinity());
    QTest::newRow("float") << row(1.25f);
    QTest::newRow("enum") << row(Small::Most);
    QTest::newRow("string") << row(text);
    QTest::newRow("empty string") << row(QString(QStringLiteral("")));
    QTest::newRow("long string") << row(QString(100000, u'ä'));
    QTest::newRow("std string") << row(text.toStdString());
    QTest::newRow("bytes") << row(QByteArray("\0\xff\x80", 3));
    QTest::newRow("string list") << row(QStringList{text, QString()});
    QTest::newRow("uuid") << row(uuid);
    QTest::newRow("null uuid") << row(QUuid());
    QTest::newRow("id") << row(*Id::fromBytes(uuid.toRfc4122()));
    QTest::newRow("url") << row(QUrl(QStringLiteral("https://x.example/ä?q=%20#f")));
    QTest::newRow("empty url") << row(QUrl());
    QTest::newRow("datetime") << row(time);
    QTest::newRow("datetime utc") << row(time.toUTC());
    QTest::newRow("no datetime") << row(QDateTime());
    QTest::newRow("ms") << row(1500ms);
    QTest::newRow("negative duration") << row(-3h);
    QTest::newRow("unlimited") << row(std::chrono::milliseconds::max());
    QTest::newRow("seconds as double") << row(std::chrono::duration<double>(0.5));
    QTest::newRow("list") << row(QList<int>{1, -2, 3});
    QTest::newRow("empty list") << row(QList<int>());
    QTest::newRow("set") << row(QSet<QString>{text, QString()});
    QTest::newRow("map") << row(QMap<QString, int>{{text, 1}, {QString(), 2}});
    QTest::newRow("map by number") << row(QMap<int, QByteArray>{{-1, "x"}});
    QTest::newRow("hash") << row(QHash<QString, QList<double>>{{text, {1.5}}});
    QTest::newRow("vector of bool") << row(std::vector<bool>{true, false});
    QTest::newRow("deque") << row(std::deque<quint8>{1, 255});
    QTest::newRow("std set") << row(std::set<std::string>{"a", "b"});
    QTest::newRow("std map") << row(std::map<int, std::vector<int>>{{1, {2, 3}}});
    QTest::newRow("unordered map") << row(std::unordered_map<std::string, int>{{"a", 1}});
    QTest::newRow("array") << row(std::array<int, 3>{1, 2, 3});
    QTest::newRow("pair") << row(std::pair(1, text));
    QTest::newRow("tuple") << row(std::tuple(1, text, true));
    QTest::newRow("empty tuple") << row(std::tuple<>());
    QTest::newRow("optional") << row(std::optional(5));
    QTest::newRow("nothing") << row(std::optional<QString>());
    QTest::newRow("variant") << row(std::variant<int, QString>(text));
    QTest::newRow("variant of nothing") << row(std::variant<std::monostate, int>());
    QTest::newRow("json value") << row(QJsonValue(1.5));
    QTest::newRow("json null") << row(QJsonValue());
    QTest::newRow("json object") << row(QJsonObject{{QStringLiteral("a"), QJsonArray{1, true, QJsonValue()}}});
    QTest::newRow("json array") << row(QJsonArray{QStringLiteral("x"), QJsonObject()});
    QTest::newRow("json document") << row(QJsonDocument(QJsonObject{{QStringLiteral("a"), 1}}));
    QTest::newRow("variant list") << row(QVariantList{qlonglong(1), text, QVariant(), uuid});
    QTest::newRow("variant map") << row(QVariantMap{{text, QVariantList{true}}});
    QTest::newRow("gadget") << row(shape());
    QTest::newRow("list of gadgets") << row(QList<lab::Point>{lab::Point(), shape().centre});
    QTest::newRow("fields") << row(lab::Triple{1, text, 2.5});
    QTest::newRow("nested") << row(QMap<QString, std::optional<std::vector<std::tuple<int, QStringList>>>>{
        {text, std::vector{std::tuple(1, QStringList{text})}}, {QString(), std::nullopt}});
}

void TestValue::valuesComeBackAsTheyWent()
{
    QFETCH(Row, row);
    QCOMPARE(row.check(), QString());
}

void TestValue::typesAreNamedCanonically_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("expected");
    QTest::newRow("void") << typeText<void>() << "void";
    QTest::newRow("int") << typeText<int>() << "int";
    QTest::newRow("uint") << typeText<uint>() << "uint";
    QTest::newRow("long long") << typeText<long long>() << "int64";
    QTest::newRow("uchar") << typeText<uchar>() << "uint8";
    QTest::newRow("strings") << typeText<QStringList>() << "list<string>";
    QTest::newRow("std strings") << typeText<std::vector<std::string>>() << "list<string>";
    QTest::newRow("hash") << typeText<QHash<QString, int>>() << "map<string,int>";
    QTest::newRow("pair") << typeText<std::pair<int, QString>>() << "tuple<int,string>";
    QTest::newRow("optional") << typeText<std::optional<double>>() << "optional<double>";
    QTest::newRow("variant") << typeText<std::variant<int, QByteArray>>() << "variant<int,bytes>";
    QTest::newRow("duration") << typeText<std::chrono::hours>() << "duration";
    QTest::newRow("any") << typeText<QVariantMap>() << "map<string,any>";
    QTest::newRow("json") << typeText<QJsonArray>() << "json";
    QTest::newRow("fields") << typeText<lab::Pair>() << "tuple<int,string>";
    QTest::newRow("gadget") << typeText<lab::Shape>()
                            << "lab::Shape{kind:enum,centre:lab::Point{x:int,label:string},"
                               "corners:list<lab::Point{x:int,label:string}>,tags:list<string>,extra:any}";
}

void TestValue::typesAreNamedCanonically()
{
    QFETCH(QString, type);
    QTEST(type, "expected");
}

void TestValue::numbersTakeTheFormThatFits()
{
    QCOMPARE(*decodeValue<double>(*encodeValue(3)), 3.0);
    QCOMPARE(*decodeValue<double>(*encodeValue(-3)), -3.0);
    QCOMPARE(*decodeValue<double>(*encodeValue(0.5f)), 0.5);
    QCOMPARE(*decodeValue<qint64>(*encodeValue(quint8(7))), qint64(7));
    QVERIFY(!decodeValue<int>(*encodeValue(3.0)));
}

void TestValue::aVariantKeepsWhatItHolds_data()
{
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<QVariant>("expected");
    QTest::newRow("int") << QVariant(5) << QVariant(qlonglong(5));
    QTest::newRow("negative") << QVariant(-5) << QVariant(qlonglong(-5));
    QTest::newRow("huge") << QVariant(qulonglong(-1)) << QVariant(qulonglong(-1));
    QTest::newRow("null") << QVariant() << QVariant();
    QTest::newRow("bool") << QVariant(false) << QVariant(false);
    QTest::newRow("double") << QVariant(1.0) << QVariant(1.0);
    QTest::newRow("bytes") << QVariant(QByteArray("a")) << QVariant(QByteArray("a"));
    QTest::newRow("strings") << QVariant(QStringList{QStringLiteral("a")})
                             << QVariant(QVariantList{QStringLiteral("a")});
    QTest::newRow("enum") << QVariant::fromValue(lab::Shape::Kind::Square) << QVariant(qlonglong(7));
    QTest::newRow("list<int>") << QVariant::fromValue(QList<int>{1}) << QVariant(QVariantList{qlonglong(1)});
    QTest::newRow("gadget") << QVariant::fromValue(lab::Point())
                            << QVariant(QVariantMap{{QStringLiteral("x"), qlonglong(0)},
                                                    {QStringLiteral("label"), QString()}});
    QTest::newRow("url") << QVariant(QUrl(QStringLiteral("a:b"))) << QVariant(QUrl(QStringLiteral("a:b")));
    QTest::newRow("json") << QVariant(QJsonObject{{QStringLiteral("a"), true}})
                          << QVariant(QVariantMap{{QStringLiteral("a"), true}});
}

void TestValue::aVariantKeepsWhatItHolds()
{
    QFETCH(QVariant, value);
    QFETCH(QVariant, expected);
    const QVariant back = *decodeValue<QVariant>(*encodeValue(value));
    QCOMPARE(back, expected);
    QCOMPARE(back.metaType(), expected.metaType());
}

void TestValue::aVariantOfAnUnknownTypeIsRefused()
{
    const Result<QByteArray> bytes = encodeValue(QVariantList{1, QVariant::fromValue(QPointer<QObject>())});
    QVERIFY(!bytes);
    QCOMPARE(bytes.error().code(), ErrorCode::InvalidArgument);
    QVERIFY2(bytes.error().message().contains(QStringLiteral("QPointer<QObject>")),
             qPrintable(bytes.error().message()));
}

void TestValue::typesWithFieldsGrowAtTheEnd()
{
    const lab::Triple grown{1, QStringLiteral("a"), 2.5};
    const lab::Pair old{1, QStringLiteral("a")};
    QCOMPARE(*decodeValue<lab::Pair>(*encodeValue(grown)), old);
    QCOMPARE(decodeValue<lab::Triple>(*encodeValue(old))->third, 1.5);
}

void TestValue::gadgetsIgnoreUnknownPropertiesAndKeepMissingOnes()
{
    const QVariantMap map{{QStringLiteral("x"), 3}, {QStringLiteral("later"), QVariantList{1, 2}}};
    const Result<lab::Point> point = decodeValue<lab::Point>(*encodeValue(map));
    QVERIFY2(point, qPrintable(point ? QString() : point.error().message()));
    QCOMPARE(point->x, 3);
    QCOMPARE(point->label, QString());
}

void TestValue::durationsThatDoNotFitExactlyAreRefused()
{
    QCOMPARE(*decodeValue<std::chrono::milliseconds>(*encodeValue(2s)), 2000ms);
    QCOMPARE(*decodeValue<std::chrono::seconds>(*encodeValue(2000ms)), 2s);
    QVERIFY(!decodeValue<std::chrono::seconds>(*encodeValue(1500ms)));
    QCOMPARE(*decodeValue<std::chrono::nanoseconds>(*encodeValue(std::chrono::hours::max())),
             std::chrono::nanoseconds::max());
}

DROVER_TEST_MAIN(TestValue)
#include "tst_value.moc"
