// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/sqlite.h"
#include "storesamples.h"
#include "testing/main.h"

#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>

#include <cstdio>

#include <sched.h>
#include <sys/mount.h>

using namespace drover;
using namespace drover::testing;

namespace {

constexpr quint64 tasks = 20;

//! Writes \a pages pages with another program, and tells how that went.
QString plainWrite(const QString &path, int pages)
{
    QProcess dd;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
    dd.setProcessEnvironment(environment);
    dd.start(QStringLiteral("dd"),
             {QStringLiteral("if=/dev/zero"), QStringLiteral("of=%1").arg(path), QStringLiteral("bs=4096"),
              QStringLiteral("count=%1").arg(pages), QStringLiteral("conv=fsync")});
    if (!dd.waitForFinished() || dd.exitStatus() != QProcess::NormalExit)
        return dd.errorString();
    const QString said = QString::fromLocal8Bit(dd.readAllStandardError()).section(u'\n', 0, 0);
    return dd.exitCode() == 0 ? QStringLiteral("succeeds") : QStringLiteral("fails, ") + said;
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool overwrite(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

//! How many of the tasks 1 to \a last the store has.
quint64 countKnown(Store &store, quint64 last)
{
    Replies replies(store);
    quint64 known = 0;
    for (quint64 number = 1; number <= last; ++number) {
        store.find(number, sampleId(number));
        const auto found = replies.next<TaskFound>();
        known += found && std::holds_alternative<StoredTask>(found->task);
    }
    return known;
}

void say(const char *what, const QString &text)
{
    std::printf("  %-12s %s\n", what, qPrintable(text));
    std::fflush(stdout);
}

} // namespace

//! What a store says when its disk or its file is in trouble, and that nothing which it acknowledged is lost by it. Each case proves first
//! what the trouble does to another program. Each has a disk of its own of one megabyte, in a mount namespace that ends with this process.
class TestStoreTrouble : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void fullDiskAtTheFirstOpening();
    void fullDiskAtOpening();
    void fullDiskWhileItRuns_data();
    void fullDiskWhileItRuns();
    void readOnlyMount();
    void damagedFile_data();
    void damagedFile();
    void openedTwice();

private:
    QString path() const { return m_disk.path() + QStringLiteral("/broker.db"); }
    QString beside() const { return m_disk.path() + QStringLiteral("/beside"); }
    bool mount(unsigned long flags, const char *size = "size=1m")
    {
        return ::mount("drover", QFile::encodeName(m_disk.path()).constData(), "tmpfs", flags, size) == 0;
    }
    void acknowledge();
    QString refusal(ErrorCode code = ErrorCode::StorageFailed);
    void findAll(quint64 last = tasks);

    QTemporaryDir m_disk;
};

void TestStoreTrouble::initTestCase()
{
    if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
        QSKIP("a mount namespace cannot be made here (needs root)");
}

void TestStoreTrouble::init()
{
    if (!mount(0))
        QSKIP("a tmpfs cannot be mounted here (needs root)");
    const char *row = QTest::currentDataTag();
    std::printf("%s%s%s\n", QTest::currentTestFunction(), row ? ", " : "", row ? row : "");
}

void TestStoreTrouble::cleanup()
{
    ::umount2(QFile::encodeName(m_disk.path()).constData(), MNT_DETACH);
}

void TestStoreTrouble::acknowledge()
{
    const auto store = Store::open(path(), Durability::Disk, 4, {}).value();
    for (quint64 number = 1; number <= tasks; ++number)
        store->append(number, {TaskAdded{sampleTask(number)}});
    QVERIFY(Replies(*store).committed(tasks));
    say("acknowledged", QStringLiteral("%1 tasks").arg(tasks));
}

//! Why the store cannot be opened.
QString TestStoreTrouble::refusal(ErrorCode code)
{
    const auto store = Store::open(path(), Durability::Disk, 4, {});
    if (store)
        return QStringLiteral("(it was opened)");
    say("message", store.error().message());
    const bool asExpected = store.error().code() == code && store.error().message().contains(path());
    return asExpected ? store.error().message() : QStringLiteral("(another error)");
}

void TestStoreTrouble::findAll(quint64 last)
{
    const auto store = Store::open(path(), Durability::Disk, 4, {});
    QVERIFY2(store, qPrintable(store ? QString() : store.error().message()));
    const quint64 known = countKnown(**store, last);
    say("afterwards", QStringLiteral("%1 of %2 acknowledged tasks are there").arg(known).arg(last));
    QCOMPARE(known, last);
}

void TestStoreTrouble::fullDiskAtTheFirstOpening()
{
    const QString written = plainWrite(beside(), 1000);
    say("plain write", written);
    QVERIFY(written.contains(u"No space left"));
    QVERIFY(refusal().contains(u"full"));
    QVERIFY(QFile::remove(beside()));
    QVERIFY(Store::open(path(), Durability::Disk, 4, {}));
}

void TestStoreTrouble::fullDiskAtOpening()
{
    acknowledge();
    const QString written = plainWrite(beside(), 1000);
    say("plain write", written);
    QVERIFY(written.contains(u"No space left"));
    QVERIFY(refusal().contains(u"full"));
    QVERIFY(QFile::remove(beside()));
    findAll();
}

void TestStoreTrouble::fullDiskWhileItRuns_data()
{
    QTest::addColumn<bool>("filled");
    QTest::newRow("by another program") << true;
    QTest::newRow("by the store") << false;
}

void TestStoreTrouble::fullDiskWhileItRuns()
{
    QFETCH(const bool, filled);
    auto store = Store::open(path(), Durability::Process, 4, {}).value();
    std::optional<Replies> replies(*store);
    store->append(1, {TaskAdded{sampleTask(1)}});
    QVERIFY(replies->committed(1));
    const QString written = plainWrite(beside(), filled ? 1000 : 1);
    say("plain write", written);
    QVERIFY(written.contains(filled ? u"No space left" : u"succeeds"));
    quint64 committed = 1;
    std::optional<Error> trouble;
    for (quint64 number = 2; !trouble; ++number) {
        StoredTask task = sampleTask(number);
        task.submission.arguments = Payload::raw(QByteArray(3000, 'x'));
        store->append(number, {TaskAdded{task}});
        const auto reply = replies->any();
        QVERIFY(reply);
        if (const auto *failed = std::get_if<StoreFailed>(&*reply))
            trouble = failed->error;
        else
            committed = std::get<Committed>(*reply).number;
    }
    say("acknowledged", QStringLiteral("%1 tasks").arg(committed));
    say("message", trouble->message());
    QCOMPARE(trouble->code(), ErrorCode::StorageFailed);
    QVERIFY(trouble->message().contains(u"full") && trouble->message().contains(path()));
    store->append(committed + 1000, {TaskAdded{sampleTask(committed + 1000)}});
    store->close();
    QVERIFY(store->takeReplies().isEmpty());
    store.reset();
    QVERIFY(filled ? QFile::remove(beside()) : mount(MS_REMOUNT, "size=8m"));
    findAll(committed);
}

void TestStoreTrouble::readOnlyMount()
{
    acknowledge();
    QVERIFY(mount(MS_REMOUNT | MS_RDONLY));
    const QString written = plainWrite(beside(), 1);
    say("plain write", written);
    QVERIFY(written.contains(u"Read-only file system"));
    QVERIFY(refusal().contains(u"writable"));
    QVERIFY(mount(MS_REMOUNT));
    findAll();
}

using Damage = std::function<void(const QString &path)>;
Q_DECLARE_METATYPE(Damage)
Q_DECLARE_METATYPE(drover::ErrorCode)

void TestStoreTrouble::damagedFile_data()
{
    QTest::addColumn<Damage>("damage");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("word");
    QTest::newRow("truncated in the middle")
        << Damage([](const QString &path) { QFile(path).resize(QFile(path).size() / 8192 * 4096); })
        << ErrorCode::StorageFailed << QStringLiteral("damaged");
    QTest::newRow("a corrupt page") << Damage([](const QString &path) {
        const qint64 page = Database(path).number("SELECT rootpage FROM sqlite_schema WHERE name = 'live'");
        overwrite(path, contents(path).replace((page - 1) * 4096, 4096, QByteArray(4096, '\x55')));
    }) << ErrorCode::StorageFailed << QStringLiteral("damaged");
    QTest::newRow("of a newer version") << Damage([](const QString &path) {
        Database(path).execute("UPDATE meta SET value = 99 WHERE name = 'format'");
    }) << ErrorCode::VersionMismatch << QStringLiteral("newer Drover");
}

void TestStoreTrouble::damagedFile()
{
    QFETCH(const Damage, damage);
    QFETCH(const ErrorCode, code);
    QFETCH(const QString, word);
    acknowledge();
    const QByteArray whole = contents(path());
    damage(path());
    const QByteArray before = contents(path());
    QVERIFY(before != whole);
    const QString written = plainWrite(beside(), 1);
    say("plain write", written);
    QCOMPARE(written, QStringLiteral("succeeds"));
    QVERIFY(refusal(code).contains(word));
    QCOMPARE(contents(path()), before);
    say("the file", QStringLiteral("is as it was, byte for byte"));
    QVERIFY(overwrite(path(), whole)); // as somebody would who has a copy
    findAll();
}

void TestStoreTrouble::openedTwice()
{
    acknowledge();
    const auto first = Store::open(path(), Durability::Disk, 4, {}).value();
    const QString written = plainWrite(beside(), 1);
    say("plain write", written);
    QCOMPARE(written, QStringLiteral("succeeds"));
    const QString said = refusal();
    QVERIFY2(said.contains(u"in use") && said.contains(QString::number(QCoreApplication::applicationPid())),
             qPrintable(said));
    first->append(1, {TaskAdded{sampleTask(tasks + 1)}});
    QVERIFY(Replies(*first).committed(1));
    first->close();
    findAll(tasks + 1);
}

DROVER_TEST_MAIN(TestStoreTrouble)
#include "tst_storetrouble.moc"
