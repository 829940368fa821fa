// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/place.h"

#include "lab.h"
#include "testplugin/test.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonValue>

#include <map>

using namespace drover;
using namespace drover::testing;

namespace {

//! Makes one call and says what came of it.
using Case = std::function<QString(Client &)>;

constexpr Function<int(QString, int)> otherAdd{"lab.add", arg("x"), arg("y")};

template <typename T> QString textOf(const T &value)
{
    if constexpr (std::is_same_v<T, QByteArray>)
        return QString::fromLatin1(value.toHex());
    else
        return QVariant::fromValue(value).toString();
}

template <typename R> QString said(const Result<R> &result)
{
    if (!result) {
        const Error &error = result.error();
        return QStringLiteral("%1 %2 [%3] %4")
            .arg(toString(error.code()), toString(error.reason()), error.typeName(), error.message());
    }
    if constexpr (std::is_void_v<R>)
        return QStringLiteral("nothing");
    else
        return textOf(*result);
}

template <typename F, typename... A> Case calling(const F &function, const A &...arguments)
{
    return [=](Client &client) { return said(testing::resultOf(client.submitGiven(function, arguments...))); };
}

Case named(const char *function, const QVariantList &arguments)
{
    return [=](Client &client) { return said(testing::resultOf(client.submit(QLatin1String(function), arguments))); };
}

QByteArray allBytes()
{
    QByteArray bytes;
    for (int i = 0; i < 256; ++i)
        bytes.append(char(i));
    return bytes;
}

} // namespace

Q_DECLARE_METATYPE(Case)

//! One table of calls: each gives the same over all kinds of brokers.
class TestParity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void sameAnswerEverywhere_data();
    void sameAnswerEverywhere();
    void cleanupTestCase() { m_places.clear(); }

private:
    std::map<QString, std::unique_ptr<Place>> m_places;
};

void TestParity::initTestCase()
{
    for (const QString &scheme : Place::schemes()) {
        m_places[scheme] = std::make_unique<Place>(scheme);
        QVERIFY2(m_places[scheme]->start(), qPrintable(scheme));
        m_places[scheme]->client().addCodec(QStringLiteral("test.unknown"), test::reversed, test::reversed);
    }
}

void TestParity::sameAnswerEverywhere_data()
{
    QTest::addColumn<Case>("call");
    QTest::addColumn<QString>("answer");
    const QString noAnswer; // only that it is the same

    QTest::newRow("add") << calling(lab::add, 2, 3) << QStringLiteral("5");
    QTest::newRow("add, by name") << named("lab.add", {2, 3}) << QStringLiteral("5");
    QTest::newRow("add, greatest") << calling(lab::add, INT_MAX, 0) << QStringLiteral("2147483647");
    QTest::newRow("power") << calling(lab::power, 2, 10) << QStringLiteral("1024");
    QTest::newRow("power, default") << calling(lab::power, 7) << QStringLiteral("7");
    QTest::newRow("power, default, by name") << named("lab.power", {7}) << QStringLiteral("7");
    const QStringList words{QStringLiteral("a"), QStringLiteral("\u00e4\u6f22"), QString()};
    QTest::newRow("join, default") << calling(lab::join, words) << QStringLiteral("a, \u00e4\u6f22, ");
    QTest::newRow("join") << calling(lab::join, words, QStringLiteral("-")) << QStringLiteral("a-\u00e4\u6f22-");
    QTest::newRow("join, by name") << named("lab.join", {words, QStringLiteral("")}) << QStringLiteral("a\u00e4\u6f22");
    QTest::newRow("join of nothing") << calling(lab::join, QStringList()) << QString();
    QTest::newRow("recursion") << calling(lab::fib, 7) << QStringLiteral("13");
    QTest::newRow("bytes") << calling(test::echo, allBytes()) << QString::fromLatin1(allBytes().toHex());
    QTest::newRow("raw bytes") << calling(test::echo, allBytes(), Options().raw())
                               << QString::fromLatin1(allBytes().toHex());
    QTest::newRow("no raw bytes") << calling(test::echo, QByteArray(), Options().raw()) << QString();
    QTest::newRow("nothing") << calling(test::noop) << QStringLiteral("nothing");
    QTest::newRow("no result wanted") << calling(test::noop, Options().noResult()) << QStringLiteral("nothing");
    QTest::newRow("no result wanted of a function with one")
        << calling(lab::add, 2, 3, Options().noResult()) << noAnswer;
    QTest::newRow("codec") << calling(test::echo, QByteArray("abc"), Options().codec("test.reverse")) << noAnswer;

    QTest::newRow("exception") << calling(test::raise, QStringLiteral("it broke: \u00e4"))
                               << QStringLiteral("task_failed exception [std::runtime_error] it broke: \u00e4");
    QTest::newRow("error of a nested task") << calling(lab::fib, 1) << QStringLiteral("1");
    QTest::newRow("wrong type by name") << named("lab.add", {2, QStringLiteral("x")})
                                        << QStringLiteral(
                                               "task_failed rejected [] lab.add: parameter 'y' is int, got \"x\"");
    QTest::newRow("wrong element by name") << named("lab.join", {QVariantList{1}}) << noAnswer;
    QTest::newRow("too few by name") << named("lab.add", {2}) << noAnswer;
    QTest::newRow("too many by name") << named("lab.add", {2, 3, 4}) << noAnswer;
    QTest::newRow("too great by name") << named("lab.add", {2, qint64(1) << 40}) << noAnswer;
    QTest::newRow("too few") << calling(lab::add, 2) << noAnswer;
    QTest::newRow("another signature") << calling(otherAdd, QStringLiteral("2"), 3) << noAnswer;
    QTest::newRow("unknown codec") << calling(test::echo, QByteArray("abc"), Options().codec("test.unknown"))
                                   << noAnswer;
    QTest::newRow("priority out of range") << named("lab.add", {2, QVariant()}) << noAnswer;
}

void TestParity::sameAnswerEverywhere()
{
    QFETCH(Case, call);
    QFETCH(QString, answer);
    const QString loopback = call(m_places[QStringLiteral("loopback:")]->client());
    if (!answer.isEmpty())
        QCOMPARE(loopback, answer);
    QVERIFY(!loopback.contains(QLatin1String("timeout")));
    for (const QString &scheme : {QStringLiteral("embedded:"), QStringLiteral("local:")}) {
        const QString there = call(m_places[scheme]->client());
        QVERIFY2(there == loopback, qPrintable(QStringLiteral("%1\n%2\nloopback:\n%3").arg(scheme, there, loopback)));
    }
}

DROVER_TEST_MAIN(TestParity)

#include "tst_parity.moc"
