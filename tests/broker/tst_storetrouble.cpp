// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "storesamples.h"
#include "testing/main.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>

#include <cerrno>
#include <cstring>

#include <sched.h>
#include <sys/mount.h>

using namespace drover;
using namespace drover::testing;

namespace {

//! Fills the disk of \a folder with a file. What kind of failure ended it is told by errno.
QString fill(const QString &folder)
{
    const QString path = folder + QStringLiteral("/filler");
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return {};
    const QByteArray page(4096, 'f');
    while (file.write(page) == page.size()) {}
    return path;
}

} // namespace

//! Each test has a disk of one megabyte of its own, in a mount namespace that ends with this process.
class TestStoreFull : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void fullDiskAtOpeningIsNamed();
    void fullDiskLaterEndsTheStoreAndLosesNothing_data();
    void fullDiskLaterEndsTheStoreAndLosesNothing();
    void readOnlyFolderIsNamed();

private:
    QString path() const { return m_disk.path() + QStringLiteral("/broker.db"); }
    bool remount(unsigned long flags)
    {
        return ::mount("drover", QFile::encodeName(m_disk.path()).constData(), "tmpfs", flags, "size=1m") == 0;
    }

    QTemporaryDir m_disk;
};

void TestStoreFull::initTestCase()
{
    if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
        QSKIP("a mount namespace cannot be made here (needs root)");
}

void TestStoreFull::init()
{
    if (!remount(0))
        QSKIP("a tmpfs cannot be mounted here (needs root)");
}

void TestStoreFull::cleanup()
{
    ::umount2(QFile::encodeName(m_disk.path()).constData(), MNT_DETACH);
}

void TestStoreFull::fullDiskAtOpeningIsNamed()
{
    const QString filler = fill(m_disk.path());
    QVERIFY2(errno == ENOSPC, std::strerror(errno));
    const auto store = Store::open(path(), Durability::Disk, 4, {});
    QVERIFY(!store);
    qInfo().noquote() << "full disk at opening ->" << store.error().message();
    QCOMPARE(store.error().code(), ErrorCode::StorageFailed);
    QVERIFY2(store.error().message().contains(u"full"), qPrintable(store.error().message()));
    QVERIFY(store.error().message().contains(path()));
    QVERIFY(QFile::remove(filler));
    QVERIFY(Store::open(path(), Durability::Disk, 4, {}));
}

void TestStoreFull::fullDiskLaterEndsTheStoreAndLosesNothing_data()
{
    QTest::addColumn<bool>("filled");
    QTest::newRow("by another program") << true;
    QTest::newRow("by the store") << false;
}

void TestStoreFull::fullDiskLaterEndsTheStoreAndLosesNothing()
{
    QFETCH(const bool, filled);
    auto store = Store::open(path(), Durability::Process, 4, {}).value();
    std::optional<Replies> replies(*store);
    store->append(1, {TaskAdded{sampleTask(1)}});
    QVERIFY(replies->committed(1));
    QString filler;
    if (filled) {
        filler = fill(m_disk.path());
        QVERIFY2(errno == ENOSPC, std::strerror(errno));
    }
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
    qInfo().noquote() << "full disk, filled" << QTest::currentDataTag() << "->" << trouble->message();
    QCOMPARE(trouble->code(), ErrorCode::StorageFailed);
    QVERIFY2(trouble->message().contains(u"full") && trouble->message().contains(path()),
             qPrintable(trouble->message()));
    store->append(committed + 1000, {TaskAdded{sampleTask(committed + 1000)}});
    store->close();
    QVERIFY(store->takeReplies().isEmpty());
    store.reset();

    if (filled)
        QVERIFY(QFile::remove(filler));
    else
        QVERIFY(::mount("drover", QFile::encodeName(m_disk.path()).constData(), "tmpfs", MS_REMOUNT, "size=8m") == 0);
    auto again = Store::open(path(), Durability::Process, 4, {}).value();
    const quint64 known = again->takeRecovered().lanes.first().queued;
    QVERIFY2(known >= committed, qPrintable(QStringLiteral("%1 of %2").arg(known).arg(committed)));
    for (quint64 number = 1; number <= committed; ++number)
        again->find(number, sampleId(number));
    Replies found(*again);
    for (quint64 number = 1; number <= committed; ++number)
        QVERIFY(std::holds_alternative<StoredTask>(found.next<TaskFound>().value().task));
}

void TestStoreFull::readOnlyFolderIsNamed()
{
    Store::open(path(), Durability::Disk, 4, {}).value()->append(1, {TaskAdded{sampleTask(1)}});
    QVERIFY(remount(MS_REMOUNT | MS_RDONLY));
    QFile probe(m_disk.path() + QStringLiteral("/probe"));
    QVERIFY(!probe.open(QIODevice::WriteOnly));
    const auto store = Store::open(path(), Durability::Disk, 4, {});
    QVERIFY(!store);
    qInfo().noquote() << "read-only mount ->" << store.error().message();
    QCOMPARE(store.error().code(), ErrorCode::StorageFailed);
    QVERIFY2(store.error().message().contains(u"writable"), qPrintable(store.error().message()));
    QVERIFY(remount(MS_REMOUNT));
    QCOMPARE(Store::open(path(), Durability::Disk, 4, {}).value()->takeRecovered().lanes.first().queued, 1u);
}

DROVER_TEST_MAIN(TestStoreFull)
#include "tst_storefull.moc"
