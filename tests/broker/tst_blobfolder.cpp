// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/blobfolder.h"
#include "testing/main.h"

#include <QtCore/QDir>
#include <QtCore/QTemporaryDir>

using namespace drover;

namespace {

QByteArray hashOf(const QByteArray &value)
{
    return QCryptographicHash::hash(value, QCryptographicHash::Sha256);
}

} // namespace

class BlobFolderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }
    void aValueIsThereOnceItIsComplete();
    void theFolderIsMadeWhenItIsNeeded();
    void aWrongHashIsRefusedAndLeavesNothing();
    void theSameValueTwiceIsOneFile();
    void partsAreRead();
    void aMissingValueIsNotFound();
    void anAbandonedValueLeavesNothing();
    void whatWasTornIsSweptAndWhatIsKeptStays();
    void aFolderThatCannotBeMadeIsNamed();

private:
    QString path() const { return m_dir->filePath(QStringLiteral("broker.db.blobs")); }
    QStringList files() const { return QDir(path()).entryList(QDir::Files, QDir::Name); }
    static void put(BlobFolder &folder, const QByteArray &value)
    {
        QVERIFY(folder.append(1, value));
        QCOMPARE(folder.finish(1, hashOf(value)), Result<void>());
    }

    std::unique_ptr<QTemporaryDir> m_dir;
};

void BlobFolderTest::aValueIsThereOnceItIsComplete()
{
    BlobFolder folder(path());
    QVERIFY(folder.append(1, "va"));
    QVERIFY(folder.append(2, "other"));
    QVERIFY(folder.append(1, "lue"));
    QCOMPARE(folder.read(hashOf("value"), 0, 10).error().code(), ErrorCode::NotFound);
    QCOMPARE(folder.finish(1, hashOf("value")), Result<void>());
    QCOMPARE(folder.read(hashOf("value"), 0, 10), Result<QByteArray>("value"));
    QCOMPARE(files().size(), 2);
    QVERIFY(files().contains(QString::fromLatin1(hashOf("value").toHex())));
}

void BlobFolderTest::theFolderIsMadeWhenItIsNeeded()
{
    BlobFolder folder(path());
    folder.sweep({});
    QVERIFY(!QDir(path()).exists());
    put(folder, "");
    const auto everybody = QFile::ReadOther | QFile::WriteOther | QFile::ReadGroup;
    QVERIFY(!(QFile::permissions(path()) & everybody));
    QVERIFY(!(QFile::permissions(path() + QLatin1Char('/') + files().first()) & everybody));
}

void BlobFolderTest::aWrongHashIsRefusedAndLeavesNothing()
{
    BlobFolder folder(path());
    QVERIFY(folder.append(1, "value"));
    QCOMPARE(folder.finish(1, hashOf("other")).error().code(), ErrorCode::ProtocolError);
    QCOMPARE(files(), QStringList());
}

void BlobFolderTest::theSameValueTwiceIsOneFile()
{
    BlobFolder folder(path());
    put(folder, "value");
    put(folder, "value");
    QCOMPARE(files().size(), 1);
    folder.remove(hashOf("value"));
    QCOMPARE(files(), QStringList());
}

void BlobFolderTest::partsAreRead()
{
    BlobFolder folder(path());
    put(folder, "value");
    QCOMPARE(folder.read(hashOf("value"), 1, 3), Result<QByteArray>("alu"));
    QCOMPARE(folder.read(hashOf("value"), 3, 3), Result<QByteArray>("ue"));
    QCOMPARE(folder.read(hashOf("value"), 5, 3), Result<QByteArray>(""));
}

void BlobFolderTest::aMissingValueIsNotFound()
{
    QCOMPARE(BlobFolder(path()).read(hashOf("value"), 0, 1).error().code(), ErrorCode::NotFound);
}

void BlobFolderTest::anAbandonedValueLeavesNothing()
{
    BlobFolder folder(path());
    QVERIFY(folder.append(1, "value"));
    folder.abandon(1);
    folder.abandon(2);
    QCOMPARE(files(), QStringList());
}

void BlobFolderTest::whatWasTornIsSweptAndWhatIsKeptStays()
{
    {
        BlobFolder dead(path()); // a process that was killed
        put(dead, "kept");
        put(dead, "stray");
        QVERIFY(dead.append(7, "torn"));
    }
    BlobFolder folder(path());
    QCOMPARE(files().size(), 3);
    folder.sweep({hashOf("kept")});
    QCOMPARE(files(), QStringList{QString::fromLatin1(hashOf("kept").toHex())});
    QCOMPARE(folder.read(hashOf("kept"), 0, 10), Result<QByteArray>("kept"));
    QVERIFY(folder.append(7, "new"));
    QVERIFY(folder.finish(7, hashOf("new")));
}

void BlobFolderTest::aFolderThatCannotBeMadeIsNamed()
{
    QFile file(path());
    QVERIFY(file.open(QFile::WriteOnly));
    BlobFolder folder(path());
    const Result<void> done = folder.append(1, "value");
    QCOMPARE(done.error().code(), ErrorCode::StorageFailed);
    QVERIFY(done.error().message().contains(path()));
}

DROVER_TEST_MAIN(BlobFolderTest)
#include "tst_blobfolder.moc"
