// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "filler.h"
#include "protocol/message.h"
#include "protocol/optionscodec.h"
#include "protocol/payloadcodec.h"
#include "protocol/rows.h"
#include "protocol/variantcodec.h"
#include "testing/main.h"

#include <QtCore/QUrl>
#include <QtCore/QUuid>

using namespace drover;

namespace {

template <typename T> QByteArray written(const T &value)
{
    QByteArray out;
    {
        CborWriter writer(out);
        Codec<T>::write(writer, value);
    }
    return out;
}

template <typename T> Result<T> decoded(const QByteArray &bytes)
{
    CborReader reader(bytes);
    T value{};
    Codec<T>::read(reader, value);
    if (reader.ok() && !reader.atEnd())
        reader.fail("the end");
    if (!reader.ok())
        return fail(reader.error());
    return value;
}

template <typename T> QString errorOf(const char *hex)
{
    const auto value = decoded<T>(QByteArray::fromHex(hex));
    return value ? QString() : value.error().message();
}

QVariant nested(int depth)
{
    return depth == 0 ? QVariant(1) : QVariant(QVariantList{nested(depth - 1)});
}

} // namespace

Q_DECLARE_METATYPE(drover::Payload)
Q_DECLARE_METATYPE(drover::Options)

class TestCodecs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void payloadsHaveTheirBytes_data()
    {
        QTest::addColumn<Payload>("payload");
        QTest::addColumn<QByteArray>("hex");
        const QByteArray sha(32, '\x5a');
        QTest::newRow("nothing") << Payload() << QByteArray("83016080");
        QTest::newRow("cbor") << Payload::cbor("\x82\x02\x03") << QByteArray("8301608143820203");
        QTest::newRow("raw, empty") << Payload::raw({}) << QByteArray("8302608140");
        QTest::newRow("json") << Payload::json("[1]") << QByteArray("83036081435b315d");
        QTest::newRow("named") << Payload::named(QStringLiteral("npy"), "x") << QByteArray("8304636e7079814178");
        QTest::newRow("blob") << Payload(ContentType::Raw, {}, {{Segment::Blob, sha, 256, {}}})
                              << "830260818302"
                                 "5820"
                + sha.toHex() + "190100";
        QTest::newRow("file") << Payload(ContentType::Cbor, {}, {{Segment::File, "argument-1", 300000, {}}})
                              << QByteArray("830160818304"
                                            "4a617267756d656e742d31"
                                            "1a000493e0");
        QTest::newRow("result") << Payload(ContentType::Cbor, {}, {{Segment::TaskResult, {}, 0, Id({1})}})
                                << QByteArray("83016081820350010000000000000000000000000000"
                                              "00");
    }
    void payloadsHaveTheirBytes()
    {
        QFETCH(const Payload, payload);
        QFETCH(const QByteArray, hex);
        QCOMPARE(written(payload).toHex(), hex);
        QCOMPARE(decoded<Payload>(QByteArray::fromHex(hex)), Result<Payload>(payload));
    }

    void brokenPayloadsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<QString>("error");
        const auto row = [](const char *hex, const char *error) {
            QTest::newRow(hex) << QByteArray(hex) << QString::fromLatin1(error);
        };
        row("83006080", "field 1: expected a number of the enumeration");
        row("83056080", "field 1: expected a number of the enumeration");
        row("820160", "field 3: expected one more field");
        row("8301608101", "field 3, field 1: expected an array");
        row("830160818201f6", "expected a kind of segment");
        row("830160818205f6", "expected a kind of segment");
        row("8301608180", "field 3, field 1");
        row("8301608183024100"
            "01",
            "expected the 32 bytes of a SHA-256");
        row("8301608182034100", "expected 16 bytes of an id");
        row("8301609bffffffffffffffff", "expected as many items as announced");
    }
    void brokenPayloadsAreRefused()
    {
        QFETCH(const QByteArray, hex);
        QFETCH(const QString, error);
        const QString found = errorOf<Payload>(hex.constData());
        QVERIFY2(found.contains(error), qPrintable(found));
    }

    void onlyOptionsThatDifferTravel_data()
    {
        QTest::addColumn<Options>("options");
        QTest::addColumn<QByteArray>("hex");
        QTest::newRow("none") << Options() << QByteArray("a0");
        QTest::newRow("queue") << Options().queue(u"q") << QByteArray("a1016171");
        QTest::newRow("priority") << Options().priority(-1) << QByteArray("a10220");
        QTest::newRow("timeout") << Options().timeout(Milliseconds(1000)) << QByteArray("a1031903e8");
        QTest::newRow("retries") << Options().retries(2) << QByteArray("a10402");
        QTest::newRow("backoff") << Options().backoff(Milliseconds(5)) << QByteArray("a10505");
        QTest::newRow("tags") << Options().tags(u"a") << QByteArray("a106816161");
        QTest::newRow("no result") << Options().noResult() << QByteArray("a107f5");
        QTest::newRow("raw") << Options().raw() << QByteArray("a108f5");
        QTest::newRow("key") << Options().idempotencyKey(u"k") << QByteArray("a109616b");
        QTest::newRow("eta") << Options().eta(QDateTime::fromMSecsSinceEpoch(7)) << QByteArray("a10a07");
        QTest::newRow("expires") << Options().expires(QDateTime::fromMSecsSinceEpoch(8)) << QByteArray("a10b08");
        QTest::newRow("detached") << Options().detached() << QByteArray("a10cf5");
        QTest::newRow("two") << Options().retries(1).queue(u"q") << QByteArray("a20161710401");
    }
    void onlyOptionsThatDifferTravel()
    {
        QFETCH(const Options, options);
        QFETCH(const QByteArray, hex);
        QCOMPARE(written(options).toHex(), hex);
        QCOMPARE(decoded<Options>(QByteArray::fromHex(hex)), Result<Options>(options));
    }

    void unknownOptionsAreNeverDroppedBelow64()
    {
        for (const char *hex : {"a10001", "a11401", "a1183f01", "a201617118 3ff6"}) {
            const auto refused = decoded<Options>(QByteArray::fromHex(hex));
            QVERIFY(!refused);
            QVERIFY(refused.error().code() == ErrorCode::Unsupported);
            QVERIFY(refused.error().message().contains(QStringLiteral("expected an option of this version")));
        }
        QVERIFY(errorOf<Options>("a1183ff6").startsWith(QStringLiteral("field 63: ")));
        QCOMPARE(decoded<Options>(QByteArray::fromHex("a2184083010203016171")), Result<Options>(Options().queue(u"q")));
        QVERIFY(errorOf<Options>("a10461"
                                 "78")
                    .contains(QStringLiteral("field 4: expected an integer")));
    }

    void errorsKeepAllTheyHold()
    {
        QCOMPARE(written(Error()).toHex(), QByteArray("f6"));
        QCOMPARE(decoded<Error>(QByteArray::fromHex("f6")), Result<Error>(Error()));
        Error error(ErrorCode::Conflict, QStringLiteral("It is there."));
        error.setDetail(QStringLiteral("bytes"), QByteArray("\0\xff", 2)).setDetail(QStringLiteral("n"), -5);
        error.setTransient().setTask(Id({9}), 4).setTypeName(QStringLiteral("T")).setReason(Reason::User);
        QCOMPARE(decoded<Error>(written(error)), Result<Error>(error));
        QCOMPARE(decoded<Error>(written(error))->details()[QStringLiteral("bytes")].userType(),
                 int(QMetaType::QByteArray));
    }

    void codesOfLaterVersionsStayReadable()
    {
        const char *later = "88"
                            "1903e7"
                            "18c8"
                            "f4"
                            "6161"
                            "60"
                            "a0"
                            "50"
                            "00000000000000000000000000000000"
                            "00";
        const auto error = decoded<Error>(QByteArray::fromHex(later));
        QVERIFY(error);
        QVERIFY(error->code() == ErrorCode::Internal);
        QVERIFY(error->reason() == Reason::None);
        QCOMPARE(error->message(), QStringLiteral("a"));
    }

    void variantsComeBack_data()
    {
        QTest::addColumn<QVariant>("value");
        QTest::addColumn<QVariant>("back");
        const auto row = [](const char *name, const QVariant &value, const QVariant &back = {}) {
            QTest::newRow(name) << value << (back.isValid() ? back : value);
        };
        row("null", QVariant());
        row("bool", true);
        row("int", -5, qint64(-5));
        row("short", QVariant::fromValue(short(7)), qint64(7));
        row("unsigned", 4000000000u, qint64(4000000000));
        row("huge", std::numeric_limits<quint64>::max());
        row("least", std::numeric_limits<qint64>::min());
        row("double", 1.25);
        row("text", QStringLiteral("\u00e4"));
        row("bytes", QByteArray("\0\xff", 2));
        row("strings", QStringList{QStringLiteral("a")}, QVariantList{QStringLiteral("a")});
        row("list", QVariantList{1.5, QStringLiteral("a"), QVariantList()});
        row("map", QVariantMap{{QStringLiteral("a"), 1.5}, {QStringLiteral("b"), QVariantMap()}});
        row("time", QDateTime::fromMSecsSinceEpoch(1767225600123, Qt::UTC));
        row("url", QUrl(QStringLiteral("drover://host:1/")));
        row("uuid", QUuid(QStringLiteral("{12345678-1234-1234-1234-123456789abc}")));
        row("id", QVariant::fromValue(Id({1})), QUuid::fromRfc4122(Id({1}).view()));
        row("by its text", QChar(u'x'), QStringLiteral("x"));
        row("without text", QVariant::fromValue(static_cast<QObject *>(nullptr)), QVariant::fromValue(nullptr));
    }
    void variantsComeBack()
    {
        QFETCH(const QVariant, value);
        QFETCH(const QVariant, back);
        const auto came = decoded<QVariant>(written(value));
        QVERIFY(came);
        if (back.userType() == QMetaType::Nullptr)
            QVERIFY(!came->isValid());
        else
            QCOMPARE(*came, back);
    }

    void variantsAreBoundedAlikeAtBothEnds()
    {
        QVERIFY(decoded<QVariant>(written(nested(maxVariantDepth))));
        QCOMPARE(*decoded<QVariant>(written(nested(maxVariantDepth))), nested(maxVariantDepth));
        QVERIFY(decoded<QVariant>(written(nested(maxVariantDepth + 1))));
        QVERIFY(!decoded<QVariant>(QByteArray(maxVariantDepth + 1, '\x81') + '\1'));
        const QVariantList most(maxVariantItems, 1);
        QCOMPARE(decoded<QVariant>(written(QVariant(most)))->toList().size(), maxVariantItems);
        QVERIFY(!decoded<QVariant>(written(QVariant(most + most)))->isValid());
        QVERIFY(!decoded<QVariant>("\x99\x10\x01" + QByteArray(4097, '\1')));
        QVariantMap map;
        for (int i = 0; i <= maxVariantItems; ++i)
            map.insert(QString::number(i), i);
        QCOMPARE(decoded<QVariantMap>(written(map)), Result<QVariantMap>(QVariantMap()));
        QVERIFY(!decoded<QVariant>(QByteArray::fromHex("c101")));
        QVERIFY(!decoded<QVariant>(QByteArray::fromHex("d8254100")));
        QVERIFY(!decoded<QVariantMap>(QByteArray::fromHex("a10102")));
    }

    void rowsOfTablesComeBackAndGrow()
    {
        const auto task = testing::filled<TaskInfo>();
        QCOMPARE(decodeRow<TaskInfo>(encodeRow(task)), Result<TaskInfo>(task));
        QCOMPARE(rowKey(task), task.id.view().toByteArray());
        const auto worker = testing::filled<WorkerInfo>();
        QCOMPARE(decodeRow<WorkerInfo>(encodeRow(worker)), Result<WorkerInfo>(worker));
        const auto queue = testing::filled<QueueInfo>();
        QByteArray row = encodeRow(queue);
        QCOMPARE(decodeRow<QueueInfo>(row), Result<QueueInfo>(queue));
        QVERIFY(!decodeRow<QueueInfo>(row + '\0'));
        QVERIFY(!decodeRow<QueueInfo>(row.chopped(1)));
        row[0] = char(row[0] + 1);
        QCOMPARE(decodeRow<QueueInfo>(row + "\x83\1\2\3"), Result<QueueInfo>(queue));
    }

    void longListsAreRefused()
    {
        const QStringList most(qsizetype{maxListLength});
        QCOMPARE(decoded<QStringList>(written(most)), Result<QStringList>(most));
        QVERIFY(!decoded<QStringList>(written(most + QStringList{QString()})));
    }
};

DROVER_TEST_MAIN(TestCodecs)
#include "tst_codecs.moc"
