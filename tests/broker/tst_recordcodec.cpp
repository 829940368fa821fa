// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/clientmarks.h"
#include "broker/recordcodec.h"
#include "broker/storelog.h"
#include "storesamples.h"
#include "testing/main.h"

using namespace drover;
using namespace drover::testing;

namespace {

StoredTask fullTask()
{
    StoredTask task = sampleTask(5, (1u << 24) - 1, (quint64(1) << 40) - 1);
    task.submission.options.queue(u"night").priority(-3).retries(2).tags("gpu", "big").noResult().idempotencyKey(u"k");
    task.submission.parent = Parent{sampleId(4), 7, 2, 9};
    task.delivery = sampleLease(3);
    task.delivery.cancelRequested = true;
    task.delivery.blames = 1;
    task.delivery.dueMs = 17;
    return task;
}

bool same(const Record &a, const Record &b)
{
    if (a.index() != b.index())
        return false;
    if (const auto *added = std::get_if<TaskAdded>(&a))
        return added->task == std::get<TaskAdded>(b).task;
    if (const auto *updated = std::get_if<TaskUpdated>(&a)) {
        const auto &other = std::get<TaskUpdated>(b);
        return updated->id == other.id && updated->place == other.place && updated->delivery == other.delivery;
    }
    const auto &ended = std::get<TaskEnded>(a);
    const auto &other = std::get<TaskEnded>(b);
    return ended.id == other.id && ended.place == other.place && ended.ending == other.ending;
}

} // namespace

Q_DECLARE_METATYPE(drover::Record)

class TestRecordCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordComesBackAsItWas_data();
    void recordComesBackAsItWas();
    void everyCutIsRefused_data() { recordComesBackAsItWas_data(); }
    void everyCutIsRefused();
    void unknownKindIsRefused();
    void everyFlippedByteIsSurvived();
    void sealedBlobIsRecognised();
    void checksumIsThatOfZlib();
    void marksKeepGapsAndPassOldOnes();
    void garbledMarksAreRefused_data();
    void garbledMarksAreRefused();
};

void TestRecordCodec::recordComesBackAsItWas_data()
{
    QTest::addColumn<Record>("record");
    QTest::newRow("a plain task") << Record(TaskAdded{sampleTask(1)});
    QTest::newRow("a task with everything") << Record(TaskAdded{fullTask()});
    QTest::newRow("an empty task") << Record(TaskAdded{StoredTask{}});
    QTest::newRow("a lease") << Record(TaskUpdated{sampleId(1), {1, 2}, sampleLease(2)});
    QTest::newRow("back in its lane") << Record(TaskUpdated{sampleId(1), {(1u << 24) - 1, 0}, {}});
    QTest::newRow("a success") << Record(TaskEnded{sampleId(1), {1, 2}, sampleSuccess()});
    QTest::newRow("a failure") << Record(TaskEnded{sampleId(1), {1, 2}, sampleFailure(4)});
}

void TestRecordCodec::recordComesBackAsItWas()
{
    QFETCH(const Record, record);
    QByteArray buffer("before");
    encodeRecord(buffer, Record(TaskUpdated{}));
    const RecordParts parts = encodeRecord(buffer, record);

    CborReader reader(QByteArrayView(buffer).sliced(6));
    Record first, second;
    decodeRecord(reader, first);
    const RecordParts read = decodeRecord(reader, second);
    QVERIFY2(reader.ok() && reader.atEnd(), qPrintable(reader.error().message()));
    QVERIFY(same(second, record));
    QCOMPARE(read.delivery.offset + (read.delivery.isNull() ? 0 : 6), parts.delivery.offset);
    QCOMPARE(read.ending.size, parts.ending.size);
    QCOMPARE(read.task.size, parts.task.size);
    if (const auto *added = std::get_if<TaskAdded>(&record)) {
        const auto task = decodeTask(added->task.place.key(), parts.task.of(buffer), parts.delivery.of(buffer));
        QVERIFY(task);
        QCOMPARE(*task, added->task);
    }
}

void TestRecordCodec::everyCutIsRefused()
{
    QFETCH(const Record, record);
    QByteArray buffer;
    encodeRecord(buffer, record);
    for (qsizetype size = 0; size < buffer.size(); ++size) {
        CborReader reader(QByteArrayView(buffer).first(size));
        Record read;
        decodeRecord(reader, read);
        QVERIFY2(!reader.ok(), qPrintable(QString::number(size)));
    }
}

void TestRecordCodec::unknownKindIsRefused()
{
    QByteArray buffer;
    encodeRecord(buffer, Record(TaskUpdated{}));
    buffer[1] = 9;
    CborReader reader(buffer);
    Record record;
    decodeRecord(reader, record);
    QVERIFY(!reader.ok());
    QVERIFY(reader.error().message().contains(u"known kind"));
}

void TestRecordCodec::everyFlippedByteIsSurvived()
{
    QByteArray whole;
    encodeRecord(whole, Record(TaskAdded{fullTask()}));
    for (qsizetype at = 0; at < whole.size(); ++at) {
        for (const int flip : {0x01, 0x20, 0x80, 0xff}) {
            QByteArray buffer = whole;
            buffer[at] = char(buffer[at] ^ flip);
            CborReader reader(buffer);
            Record record;
            decodeRecord(reader, record);
        }
    }
}

void TestRecordCodec::sealedBlobIsRecognised()
{
    const QByteArray records("some records of some length");
    const QByteArray blob = StoreLog::seal(records);
    QCOMPARE(StoreLog::unseal(blob).value_or("torn").toByteArray(), records);
    QVERIFY(!StoreLog::unseal({}));
    QVERIFY(!StoreLog::unseal(blob + 'x'));
    for (qsizetype at = 0; at < blob.size(); ++at) {
        QByteArray changed = blob;
        changed[at] = char(changed[at] ^ 4);
        QVERIFY(!StoreLog::unseal(changed));
        QVERIFY(!StoreLog::unseal(blob.first(at)));
    }
}

void TestRecordCodec::checksumIsThatOfZlib()
{
    QCOMPARE(crc32("123456789"), 0xcbf43926u);
    QCOMPARE(crc32(""), 0u);
    QCOMPARE(crc32("The quick brown fox jumps over the lazy dog"), 0x414fa339u);
}

void TestRecordCodec::marksKeepGapsAndPassOldOnes()
{
    SubmitMarks marks;
    for (const quint64 seq : {1, 2, 5, 7, 6, 9, 5, 2})
        marks.add(seq, qint64(seq));
    const ClientMark mark = marks.toClientMark(sampleId(1));
    QCOMPARE(mark.mark, 2u);
    QCOMPARE(mark.beyond, (QList<quint64>{5, 6, 7, 9}));
    QCOMPARE(mark.lastMs, 9);
    QCOMPARE(SubmitMarks::fromBytes(marks.toBytes())->toClientMark({}).beyond, mark.beyond);
    for (const quint64 seq : {8, 4, 3})
        marks.add(seq, 1);
    QCOMPARE(marks.toClientMark({}).mark, 9u);
    QVERIFY(marks.toClientMark({}).beyond.isEmpty());

    marks.add(11, 1);
    marks.add(9 + SubmitMarks::greatestSpan, 1);
    QCOMPARE(marks.toClientMark({}).mark, 9u);
    marks.add(12 + SubmitMarks::greatestSpan, 1);
    QCOMPARE(marks.toClientMark({}).mark, 9 + SubmitMarks::greatestSpan);
}

void TestRecordCodec::garbledMarksAreRefused_data()
{
    QTest::addColumn<QByteArray>("hex");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("63616263");
    QTest::newRow("range backwards") << QByteArray("8301018205"
                                                   "03");
    QTest::newRow("range within the mark") << QByteArray("83050182"
                                                         "0305");
    QTest::newRow("range of all numbers") << QByteArray("83010182031bffffffffffffffff");
    QTest::newRow("more behind") << QByteArray("8301018000");
}

void TestRecordCodec::garbledMarksAreRefused()
{
    QFETCH(const QByteArray, hex);
    QVERIFY(!SubmitMarks::fromBytes(QByteArray::fromHex(hex)));
}

DROVER_TEST_MAIN(TestRecordCodec)
#include "tst_recordcodec.moc"
