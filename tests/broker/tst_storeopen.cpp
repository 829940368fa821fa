// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/recordcodec.h"
#include "broker/sqlite.h"
#include "broker/storefile.h"
#include "broker/storelog.h"
#include "storesamples.h"
#include "testing/main.h"

#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>

using namespace drover;
using namespace drover::testing;

Q_DECLARE_METATYPE(drover::ErrorCode)

namespace {

//! Makes a file with 300 tasks in `live` and one commit that the tables do not have.
void makeStore(const QString &path)
{
    const auto store = Store::open(path, Durability::Process, 4, {}).value();
    for (quint64 number = 1; number <= 300; ++number)
        store->append(number, {TaskAdded{sampleTask(number)}});
}

void execute(const QString &path, const char *sql)
{
    Database(path).execute(sql);
}

//! The text that makes the table \a name.
QByteArray tableOf(const QString &path, const char *name)
{
    Database database(path);
    Statement sql = database.prepare("SELECT sql FROM sqlite_schema WHERE name = ?");
    return sql.start(QString::fromLatin1(name)).step() ? sql.blob(0).toByteArray() : QByteArray();
}

void addCommit(const QString &path, const QByteArray &blob)
{
    Database database(path);
    database.prepare("INSERT INTO commits(number, blob) VALUES(1, ?)").run(QByteArrayView(blob));
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

//! That others can write beside the store: what is refused is refused for the store's own sake.
bool isWritable(const QString &store)
{
    QFile probe(store + QStringLiteral(".probe"));
    return probe.open(QIODevice::WriteOnly) && probe.write("probe") == 5 && probe.flush() && probe.remove();
}

void overwrite(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(bytes);
}

} // namespace

using Damage = std::function<void(const QString &path)>;
Q_DECLARE_METATYPE(Damage)

class TestStoreOpen : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder.emplace(); }
    void unusableFileIsRefusedAndLeftAsItIs_data();
    void unusableFileIsRefusedAndLeftAsItIs();
    void missingFolderIsNamed();
    void fileIsForItsOwnerAlone();
    void networkFileSystemIsNoneHere();
    void commitsAreReplayed();
    void anOlderFormatIsMigrated_data();
    void anOlderFormatIsMigrated();
    void truncatedAnywhereIsRefusedOrWhole();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("broker.db")); }
    Result<std::unique_ptr<Store>> open() { return Store::open(path(), Durability::Process, 4, {}); }

    std::optional<QTemporaryDir> m_folder;
};

void TestStoreOpen::unusableFileIsRefusedAndLeftAsItIs_data()
{
    QTest::addColumn<Damage>("damage");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("word");
    const auto row = [](const char *name, const char *word, Damage damage, ErrorCode code = ErrorCode::StorageFailed) {
        QTest::newRow(name) << damage << code << QString::fromLatin1(word);
    };
    const auto sql = [](const char *text) { return [text](const QString &path) { execute(path, text); }; };

    row("newer format", "newer Drover", sql("UPDATE meta SET value = 99 WHERE name = 'format'"),
        ErrorCode::VersionMismatch);
    row("no format", "damaged", sql("DELETE FROM meta WHERE name = 'format'"));
    row("another program's database", "another program", sql("PRAGMA application_id = 1"));
    row("a table is missing", "cannot|no such table|could not", sql("DROP TABLE history"));
    row("lane garbled", "damaged", sql("UPDATE lanes SET key = x'00'"));
    row("client garbled", "damaged", sql("UPDATE clients SET marks = x'ff'"));
    row("task garbled", "damaged", sql("UPDATE live SET task = x'8100'"));
    row("delivery garbled", "damaged", sql("UPDATE live SET delivery = x''"));
    row("text", "not a store", [](const QString &path) { overwrite(path, QByteArray(5000, 'x')); });
    row("half of it", "damaged", [](const QString &path) { QFile(path).resize(QFile(path).size() / 8192 * 4096); });
    row("torn commit", "damaged",
        [](const QString &path) { addCommit(path, StoreLog::seal("some bytes").chopped(1)); });
    row("empty commit", "damaged", [](const QString &path) { addCommit(path, QByteArray("", 0)); });
    row("commit of unknown records", "unknown records", [](const QString &path) {
        QByteArray records;
        encodeRecord(records, Record(TaskUpdated{sampleId(1), {1, 1}, {}}));
        records[1] = 9;
        addCommit(path, StoreLog::seal(records));
    });
}

void TestStoreOpen::unusableFileIsRefusedAndLeftAsItIs()
{
    QFETCH(const Damage, damage);
    QFETCH(const ErrorCode, code);
    QFETCH(const QString, word);
    makeStore(path());
    damage(path());
    const QByteArray before = contents(path());
    QVERIFY(isWritable(path()));
    const auto store = open();
    QVERIFY(!store);
    qInfo().noquote() << QTest::currentDataTag() << "->" << store.error().message();
    QCOMPARE(store.error().code(), code);
    QVERIFY2(store.error().message().contains(path()), qPrintable(store.error().message()));
    const QRegularExpression words(word);
    QVERIFY2(store.error().message().contains(words), qPrintable(store.error().message()));
    QCOMPARE(contents(path()), before);
    QVERIFY(!open());
}

void TestStoreOpen::missingFolderIsNamed()
{
    const auto store = Store::open(m_folder->filePath(QStringLiteral("none/broker.db")), Durability::Disk, 4, {});
    QVERIFY(!store);
    QCOMPARE(store.error().code(), ErrorCode::StorageFailed);
    QVERIFY(store.error().message().contains(u"none/broker.db"));
}

void TestStoreOpen::fileIsForItsOwnerAlone()
{
    const auto store = open();
    store.value()->append(1, {TaskAdded{sampleTask(1)}});
    QVERIFY(Replies(*store.value()).committed(1));
    for (const char *suffix : {"", "-wal", "-shm", ".lock"}) {
        const auto permissions = QFile::permissions(path() + QLatin1StringView(suffix));
        QVERIFY2(!(permissions & (QFile::ReadGroup | QFile::ReadOther)), suffix);
        QVERIFY2(permissions & QFile::ReadOwner, suffix);
    }
}

void TestStoreOpen::networkFileSystemIsNoneHere()
{
    QCOMPARE(networkFileSystem(m_folder->path()), QString());
    QCOMPARE(networkFileSystem(QStringLiteral("/nowhere/at/all")), QString());
}

void TestStoreOpen::commitsAreReplayed()
{
    makeStore(path());
    QByteArray records;
    encodeRecord(records, Record(TaskEnded{sampleId(1), {1, 1}, sampleSuccess()}));
    encodeRecord(records, Record(TaskAdded{sampleTask(301)}));
    addCommit(path(), StoreLog::seal(records));
    const auto store = open();
    const Recovered recovered = store.value()->takeRecovered();
    QCOMPARE(recovered.finished, 1u);
    QCOMPARE(recovered.lanes.first().queued, 300u);
    QCOMPARE(recovered.lanes.first().window.first(), sampleTask(2));
}

void TestStoreOpen::anOlderFormatIsMigrated_data()
{
    QTest::addColumn<bool>("withBatches");
    QTest::newRow("without batches") << false;
    QTest::newRow("with batches, as later files have them") << true;
}

// The tables of format 1 are what the migration is given; it must lead to all that this version asks for.
void TestStoreOpen::anOlderFormatIsMigrated()
{
    QFETCH(bool, withBatches);
    makeStore(path());
    const QByteArray batches = withBatches ? tableOf(path(), "batches") : QByteArray();
    makeFormat1(path());
    execute(path(), batches.constData());
    auto store = Store::open(path(), Durability::Process, 400, {}).value();
    const Recovered recovered = store->takeRecovered();
    QCOMPARE(recovered.lanes.size(), 1);
    QCOMPARE(recovered.lanes[0].window.size(), 300);
    store->append(1,
                  {TaskEnded{sampleId(1), {1, 1}, sampleSuccess()},
                   QueueChanged{{QStringLiteral("q"), QueueDurability::Memory}}, OrphanAdded{sampleId(1), {}}});
    store->close();
    store = Store::open(path(), Durability::Process, 400, {}).value();
    QCOMPARE(store->takeRecovered().queues, (QList<QueueSettings>{{QStringLiteral("q"), QueueDurability::Memory}}));
    Replies replies(*store);
    store->find(7, sampleId(1));
    const auto found = replies.next<TaskFound>();
    QVERIFY(found && std::holds_alternative<FinishedTask>(found->task));
    QCOMPARE(found->orphans.size(), 1);
}

void TestStoreOpen::truncatedAnywhereIsRefusedOrWhole()
{
    makeStore(path());
    const QByteArray whole = contents(path());
    for (qsizetype size = whole.size() - 1; size > 0; size -= 3001) {
        overwrite(path(), whole.first(size));
        const auto store = open();
        QVERIFY2(!store, qPrintable(QString::number(size)));
        QCOMPARE(contents(path()), whole.first(size));
    }
}

DROVER_TEST_MAIN(TestStoreOpen)
#include "tst_storeopen.moc"
