// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/sqlite.h"
#include "broker/storecore.h"
#include "storesamples.h"
#include "testing/main.h"

#include <QtCore/QTemporaryDir>

using namespace drover;
using namespace drover::testing;

namespace {

constexpr qint64 nowMs = 4'000'000'100'000;

Payload blobOf(char seed)
{
    return Payload(ContentType::Cbor, {}, {{Segment::Blob, QByteArray(32, seed), 300'000, {}}});
}

} // namespace

//! Which large values a store says are of use.
class TestStoreBlobs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void argumentsAndResultsAreFoundAgain_data();
    void argumentsAndResultsAreFoundAgain();
    void theyGoWithTheirHistory();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("broker.db")); }
    QSet<QByteArray> found() const { return StoreCore(path(), Durability::Process, 10, nowMs).takeRecovered().blobs; }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestStoreBlobs::argumentsAndResultsAreFoundAgain_data()
{
    QTest::addColumn<bool>("passes");
    QTest::newRow("from the log, as after a kill") << false;
    QTest::newRow("from the tables") << true;
}

void TestStoreBlobs::argumentsAndResultsAreFoundAgain()
{
    QFETCH(const bool, passes);
    {
        StoreCore core(path(), Durability::Process, 10, nowMs);
        StoredTask task = sampleTask(1);
        task.submission.arguments = blobOf('a');
        Ending ending = sampleSuccess();
        ending.outcome = blobOf('r');
        core.add(TaskAdded{task});
        core.add(TaskAdded{sampleTask(2)});
        core.add(TaskEnded{task.submission.id, task.place, ending});
        core.commit();
        if (passes)
            core.pass();
    }
    QCOMPARE(found(), (QSet<QByteArray>{QByteArray(32, 'a'), QByteArray(32, 'r')}));
    QCOMPARE(found().size(), 2);
}

void TestStoreBlobs::theyGoWithTheirHistory()
{
    {
        StoreCore core(path(), Durability::Process, 10, nowMs);
        for (quint64 number : {1, 2}) {
            StoredTask task = sampleTask(number);
            task.submission.arguments = blobOf(number == 1 ? 'a' : 'b');
            core.add(TaskAdded{task});
            core.add(TaskEnded{task.submission.id, task.place, sampleSuccess()});
        }
        core.commit();
    }
    found();
    Database(path()).execute("DELETE FROM history WHERE number = 1");
    QCOMPARE(found(), QSet<QByteArray>{QByteArray(32, 'b')});
}

DROVER_TEST_MAIN(TestStoreBlobs)
#include "tst_storeblobs.moc"
