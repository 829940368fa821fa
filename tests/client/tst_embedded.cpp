// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/place.h"

#include <QtCore/QFile>
#include <QtTest/QSignalSpy>

#include <sched.h>
#include <sys/mount.h>

using namespace drover;
using namespace drover::testing;

//! A broker inside this process, with its file on a disk of one megabyte.
class TestEmbedded : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir disk;
    std::unique_ptr<Client> client;

    QString filler() const { return disk.path() + QStringLiteral("/filler"); }
    void fill() const;
    void open();
    Result<void> submit(qsizetype size)
    {
        return acceptanceOf(client->submit(QStringLiteral("lab.none"), {QByteArray(size, 'x')}));
    }

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void itsFileIsItsOwn();
    void aFullDiskIsToldAndHeals();
    void aStoreInUseIsToldAndWaitedFor();
};

void TestEmbedded::initTestCase()
{
    if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
        QSKIP("a mount namespace cannot be made here (needs root)");
}

void TestEmbedded::init()
{
    if (::mount("drover", QFile::encodeName(disk.path()).constData(), "tmpfs", 0, "size=1m") != 0)
        QSKIP("a tmpfs cannot be mounted here (needs root)");
}

void TestEmbedded::cleanup()
{
    client.reset();
    ::umount2(QFile::encodeName(disk.path()).constData(), MNT_DETACH);
}

void TestEmbedded::fill() const
{
    QFile file(filler());
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    const QByteArray page(4096, 'f');
    while (file.write(page) == page.size()) {}
}

void TestEmbedded::open()
{
    client = std::make_unique<Client>(QUrl(QStringLiteral("embedded:%1/app.db").arg(disk.path())));
}

void TestEmbedded::itsFileIsItsOwn()
{
    open();
    QVERIFY(submit(10));
    const auto status = resultOf(client->status());
    QCOMPARE(status->store, disk.path() + QStringLiteral("/app.db"));
    QVERIFY(QFile::exists(status->store));
    QCOMPARE(status->pid, QCoreApplication::applicationPid());
}

void TestEmbedded::aFullDiskIsToldAndHeals()
{
    open();
    QVERIFY(submit(10));
    const QSignalSpy connectedChanged(client.get(), &Client::connectedChanged);
    QList<Error> errors;
    connect(client.get(), &Client::connectionFailed, this, [&errors](const Error &why) { errors.append(why); });
    fill();
    const auto task = client->submit(QStringLiteral("lab.none"), {QByteArray(200'000, 'x')});
    QTRY_VERIFY_WITH_TIMEOUT(!errors.isEmpty(), patienceMs);
    QVERIFY(!client->isConnected());
    QCOMPARE(client->connectionError().code(), ErrorCode::StorageFailed);
    QVERIFY2(client->connectionError().message().contains(disk.path()),
             qPrintable(client->connectionError().message()));
    QVERIFY(!task.task()->isAccepted());
    QVERIFY(QFile::remove(filler()));
    QVERIFY(acceptanceOf(task));
    QVERIFY(client->isConnected());
    QCOMPARE(resultOf(client->status())->queued, 2U);
}

void TestEmbedded::aStoreInUseIsToldAndWaitedFor()
{
    open();
    QVERIFY(submit(10));
    Client second(client->broker());
    QTRY_COMPARE_WITH_TIMEOUT(second.connectionError().code(), ErrorCode::StorageFailed, patienceMs);
    const auto task = second.submit(QStringLiteral("lab.none"));
    client.reset();
    QVERIFY(acceptanceOf(task));
}

DROVER_TEST_MAIN(TestEmbedded)

#include "tst_embedded.moc"
