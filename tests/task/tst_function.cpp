// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/command.h"
#include "task/function.h"
#include "task/function_codec.h"
#include "task/typetext.h"
#include "testing/main.h"

using namespace drover;

namespace {

enum class Colour { Red = 3 };

constexpr Function<int(int, int)> add{"lab.add", arg("x"), arg("y")};
constexpr Function<int(int, int)> power{"lab.power", arg("a"), arg("b", 1)};
constexpr auto described = power.describedAs("a to the b");
constexpr Function<QString(const QStringList &, const QString &)> join{"lab.join", arg("words"), arg("with", ", ")};
constexpr Function<void()> nothing{"lab.nothing"};
constexpr Function<double(bool, double, qint64, Colour, std::optional<int>, QList<int>)> all{
    "lab.all", arg("a", true), arg("b", 1), arg("c", -5), arg("d", Colour::Red), arg("e", {}), arg("f", {})};
constexpr Function<int(int, QString)> unnamed{"lab.unnamed"};

} // namespace

class TestFunction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signaturesArePrintedAsTheyAreWritten_data();
    void signaturesArePrintedAsTheyAreWritten();
    void theHashIsThatOfTheSignature();
    void theHashIsFrozen();
    void defaultsAreFilledInByTheCaller();
    void missingArgumentsAreNamed();
    void integersOutOfRangeAreNamed();
    void textOfAnyKindIsAString();
    void decodingFillsInDefaultsOfCallsByName();
    void wordsOfAShellAreRead_data();
    void wordsOfAShellAreRead();
    void wordsThatDoNotFitAreNamed_data();
    void wordsThatDoNotFitAreNamed();
    void valuesWithoutTheirTypeAreFitted_data();
    void valuesWithoutTheirTypeAreFitted();
};

void TestFunction::signaturesArePrintedAsTheyAreWritten_data()
{
    QTest::addColumn<Signature>("signature");
    QTest::addColumn<QString>("text");
    QTest::newRow("power") << power.signature() << "lab.power(int a, int b = 1) -> int";
    QTest::newRow("join") << join.signature() << "lab.join(list<string> words, string with = \", \") -> string";
    QTest::newRow("nothing") << nothing.signature() << "lab.nothing() -> void";
    QTest::newRow("all") << all.signature()
                         << "lab.all(bool a = true, double b = 1, int64 c = -5, enum d = 3, optional<int> e = null, "
                            "list<int> f = []) -> double";
    QTest::newRow("unnamed") << unnamed.signature() << "lab.unnamed(int 1, string 2) -> int";
    QTest::newRow("command") << runCommand.signature() << "drover.run(command command) -> commandresult";
}

void TestFunction::signaturesArePrintedAsTheyAreWritten()
{
    QFETCH(Signature, signature);
    QTEST(signature.toString(), "text");
}

void TestFunction::theHashIsThatOfTheSignature()
{
    QCOMPARE(power.signatureHash(), power.signature().hash());
    QCOMPARE(join.signatureHash(), join.signature().hash());
    QCOMPARE(nothing.signatureHash(), nothing.signature().hash());
    QCOMPARE(all.signatureHash(), all.signature().hash());
    QCOMPARE(described.signatureHash(), power.signatureHash());
    QCOMPARE(described.signature().doc(), QStringLiteral("a to the b"));
    QVERIFY(power.signatureHash() != add.signatureHash());
}

void TestFunction::theHashIsFrozen()
{
    QCOMPARE(fnv1a(""), 0xcbf29ce484222325u);
    QCOMPARE(fnv1a("foobar"), 0x85944171f73967e8u);
    QCOMPARE(add.signatureHash(), fnv1a("lab.add(int,int)->int"));
}

void TestFunction::defaultsAreFilledInByTheCaller()
{
    QCOMPARE(power.encode(5)->toHex(), QByteArray("820501"));
    QCOMPARE(power.encode(5, 2)->toHex(), QByteArray("820502"));
    const auto decoded = *all.decode(*all.encode());
    QVERIFY((decoded == std::tuple(true, 1.0, qint64(-5), Colour::Red, std::optional<int>(), QList<int>())));
    QCOMPARE(std::get<1>(*join.decode(*join.encode(QStringList()))), QStringLiteral(", "));
}

void TestFunction::missingArgumentsAreNamed()
{
    const Result<QByteArray> bytes = add.encode(1);
    QVERIFY(!bytes);
    QCOMPARE(bytes.error().code(), ErrorCode::InvalidArgument);
    QCOMPARE(bytes.error().message(), QStringLiteral("lab.add: parameter 'y' (int) is missing and has no default"));
    QCOMPARE(bytes.error().details().value(QStringLiteral("parameter")).toString(), QStringLiteral("y"));
}

void TestFunction::integersOutOfRangeAreNamed()
{
    QVERIFY(power.encode(qint64(7), quint8(2)));
    const Result<QByteArray> bytes = power.encode(qint64(1) << 40);
    QVERIFY(!bytes);
    QCOMPARE(bytes.error().message(), QStringLiteral("lab.power: parameter 'a' is int, got 1099511627776"));
    QVERIFY(!power.encode(0x80000000u));
}

void TestFunction::textOfAnyKindIsAString()
{
    const QByteArray expected = *unnamed.encode(1, QStringLiteral("a"));
    QCOMPARE(*unnamed.encode(1, "a"), expected);
    QCOMPARE(*unnamed.encode(1, u"a"), expected);
    QCOMPARE(*unnamed.encode(1, QLatin1String("a")), expected);
    QCOMPARE(*unnamed.encode(1, QStringView(u"a")), expected);
}

void TestFunction::decodingFillsInDefaultsOfCallsByName()
{
    QVERIFY((*power.decode(*encodeValue(QVariantList{5})) == std::tuple(5, 1)));
    QVERIFY((*power.decode(*encodeValue(QVariantList{5, 6})) == std::tuple(5, 6)));
    const auto few = power.decode(*encodeValue(QVariantList()));
    QCOMPARE(few.error().reason(), Reason::Rejected);
    QCOMPARE(few.error().message(), QStringLiteral("lab.power: parameter 'a' (int) is missing and has no default"));
    const auto many = power.decode(*encodeValue(QVariantList{1, 2, 3}));
    QCOMPARE(many.error().message(), QStringLiteral("lab.power: takes at most 2 arguments, got more"));
    const auto wrong = power.decode(*encodeValue(QVariantList{1, QStringLiteral("x")}));
    QCOMPARE(wrong.error().message(), QStringLiteral("lab.power: parameter 'b' is int, got \"x\""));
    QVERIFY(!power.decode(QByteArray::fromHex("0102")));
    QVERIFY(!power.decode(QByteArray::fromHex("82010203")));
    QVERIFY(!power.decode(QByteArray()));
}

void TestFunction::wordsOfAShellAreRead_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("word");
    QTest::addColumn<QVariant>("value");
    const auto row = [](const char *type, const char *word, const QVariant &value) {
        QTest::addRow("%s %s", type, word) << QString::fromUtf8(type) << QString::fromUtf8(word) << value;
    };
    row("int", "5", qlonglong(5));
    row("int", "-2147483648", qlonglong(-2147483648));
    row("uint64", "18446744073709551615", QVariant());
    row("int64", "9223372036854775807", qlonglong(9223372036854775807));
    row("double", "2", 2.0);
    row("double", "1e3", 1000.0);
    row("bool", "true", true);
    row("string", "a word", QStringLiteral("a word"));
    row("string", "5", QStringLiteral("5"));
    row("bytes", "ab", QByteArray("ab"));
    row("list<int>", "[1,2]", QVariantList{qlonglong(1), qlonglong(2)});
    row("map<string,list<double>>", "{\"a\":[1]}", QVariantMap{{QStringLiteral("a"), QVariantList{1.0}}});
    row("tuple<int,string>", "[1,\"a\"]", QVariantList{qlonglong(1), QStringLiteral("a")});
    row("optional<int>", "null", QVariant());
    row("optional<string>", "x", QStringLiteral("x"));
    row("variant<int,string>", "x", QVariantList{qlonglong(1), QStringLiteral("x")});
    row("variant<int,string>", "7", QVariantList{qlonglong(0), qlonglong(7)});
    row("duration", "1.5s", qlonglong(1500000000));
    row("duration", "20ms", qlonglong(20000000));
    row("uuid", "6ba7b810-9dad-11d1-80b4-00c04fd430c8", QUuid(QStringLiteral("6ba7b810-9dad-11d1-80b4-00c04fd430c8")));
    row("datetime", "2026-01-02T03:04:05Z", QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC));
    row("any", "[1]", QVariantList{qlonglong(1)});
    row("any", "word", QStringLiteral("word"));
    row("lab::Point{x:int,label:string}", "{\"x\":1}", QVariantMap{{QStringLiteral("x"), qlonglong(1)}});
}

void TestFunction::wordsOfAShellAreRead()
{
    QFETCH(QString, type);
    QFETCH(QString, word);
    QFETCH(QVariant, value);
    const Result<QVariant> read = convertText(type, word);
    if (type == u"uint64") {
        QCOMPARE(read->toULongLong(), std::numeric_limits<quint64>::max());
        return;
    }
    QVERIFY2(read, qPrintable(read ? QString() : read.error().message()));
    QCOMPARE(*read, value);
    QCOMPARE(read->metaType(), value.metaType());
}

void TestFunction::wordsThatDoNotFitAreNamed_data()
{
    QTest::addColumn<Signature>("signature");
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("message");
    const auto words = [](auto... word) { return QStringList{QString::fromUtf8(word)...}; };
    QTest::newRow("text") << add.signature() << words("2", "x") << "lab.add: parameter 'y' is int, got \"x\"";
    QTest::newRow("too large") << add.signature() << words("2", "2147483648")
                               << "lab.add: parameter 'y' is int, got \"2147483648\"";
    QTest::newRow("fraction") << add.signature() << words("2.5", "1") << "lab.add: parameter 'x' is int, got \"2.5\"";
    QTest::newRow("few") << add.signature() << words("2")
                         << "lab.add: parameter 'y' (int) is missing and has no default";
    QTest::newRow("many") << add.signature() << words("1", "2", "3") << "lab.add: takes at most 2 arguments, got more";
    QTest::newRow("no list") << join.signature() << words("a")
                             << "lab.join: parameter 'words' is list<string>, got \"a\"";
    QTest::newRow("list of other") << join.signature() << words("[1]")
                                   << "lab.join: parameter 'words' is list<string>, got \"[1]\"";
    QTest::newRow("bool") << all.signature() << words("1") << "lab.all: parameter 'a' is bool, got \"1\"";
    QTest::newRow("empty") << add.signature() << words("", "1") << "lab.add: parameter 'x' is int, got \"\"";
    QTest::newRow("two in one") << add.signature() << words("1,2", "1") << "lab.add: parameter 'x' is int, got \"1,2\"";
}

void TestFunction::wordsThatDoNotFitAreNamed()
{
    QFETCH(Signature, signature);
    QFETCH(QStringList, words);
    const Result<QVariantList> parsed = signature.parse(words);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code(), ErrorCode::InvalidArgument);
    QTEST(parsed.error().message(), "message");
}

void TestFunction::valuesWithoutTheirTypeAreFitted_data()
{
    QTest::addColumn<QVariantList>("given");
    QTest::addColumn<bool>("fits");
    QTest::newRow("int") << QVariantList{5} << true;
    QTest::newRow("whole double") << QVariantList{5.0} << true;
    QTest::newRow("fraction") << QVariantList{5.5} << false;
    QTest::newRow("text") << QVariantList{QStringLiteral("5")} << false;
    QTest::newRow("null") << QVariantList{QVariant()} << false;
    QTest::newRow("huge") << QVariantList{qulonglong(-1)} << false;
    QTest::newRow("list") << QVariantList{QVariant(QVariantList{5})} << false;
}

void TestFunction::valuesWithoutTheirTypeAreFitted()
{
    QFETCH(QVariantList, given);
    const Result<QVariantList> complete = power.signature().complete(given);
    QTEST(complete.has_value(), "fits");
    if (complete)
        QCOMPARE(*complete, (QVariantList{qlonglong(5), qlonglong(1)}));
}

DROVER_TEST_MAIN(TestFunction)
#include "tst_function.moc"
