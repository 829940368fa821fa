// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/enginescript.h"
#include "engine/resultspool.h"
#include "engine/spoolrecords.h"
#include "testing/main.h"

#include <QtCore/QDir>
#include <QtCore/QTemporaryDir>

using namespace drover;
using Script = drover::testing::EngineScript;

namespace {

const QByteArray broker = "broker A";

Finished result(char name, qsizetype size = 10)
{
    Finished finished = Script::finished(name);
    finished.value = Payload::raw(QByteArray(size, name));
    return finished;
}

} // namespace

//! The file of results that wait for their broker.
class TestResultSpool : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_home;

    ResultSpool open(qint64 limit = ResultSpool::maxFile) const
    {
        return ResultSpool(m_home->path(), QStringLiteral("w1"), limit);
    }
    QString file() const { return open().fileOf(broker); }
    QByteArray bytes() const
    {
        QFile in(file());
        return in.open(QFile::ReadOnly) ? in.readAll() : QByteArray();
    }
    //! What a new run of the worker finds.
    QList<Finished> found() const
    {
        const QList<ResultSpool::Found> all = open().load();
        return all.isEmpty() ? QList<Finished>() : all.first().results;
    }
    void keep(const QList<Finished> &results) const
    {
        ResultSpool spool = open();
        for (const Finished &one : results)
            spool.add(broker, one);
        QVERIFY(spool.flush());
    }

private Q_SLOTS:
    void init() { m_home = std::make_unique<QTemporaryDir>(); }

    void whatWasKeptIsFoundAgain()
    {
        keep({result('a'), result('b')});
        QCOMPARE(found(), QList<Finished>({result('a'), result('b')}));
        QCOMPARE(open().load().first().broker, broker);
    }

    void nothingIsWrittenBeforeTheFlush()
    {
        ResultSpool spool = open();
        spool.add(broker, result('a'));
        QVERIFY(!QFile::exists(file()));
        QVERIFY(spool.flush());
        QCOMPARE(found().size(), 1);
    }

    void theFileGoesWithItsLastResult()
    {
        keep({result('a'), result('b')});
        ResultSpool spool = open();
        spool.load();
        spool.remove(broker, Script::lease('a'));
        QVERIFY(spool.flush());
        QCOMPARE(found(), QList<Finished>({result('b')}));
        spool.remove(broker, Script::lease('b'));
        QVERIFY(!QFile::exists(file()));
        spool.add(broker, result('c'));
        QVERIFY(spool.flush());
        QCOMPARE(found(), QList<Finished>({result('c')}));
    }

    void workersAndBrokersHaveTheirOwnFiles()
    {
        keep({result('a')});
        ResultSpool other(m_home->path(), QStringLiteral("w2"));
        QVERIFY(other.load().isEmpty());
        ResultSpool spool = open();
        spool.load();
        spool.add("broker B", result('b'));
        QVERIFY(spool.flush());
        QCOMPARE(open().load().size(), 2);
    }

    void aTornEndIsCutOff_data()
    {
        QTest::addColumn<int>("missing");
        const int record = int(SpoolRecords::record(result('b')).size());
        QTest::newRow("the last byte") << 1;
        QTest::newRow("half of the record") << record / 2;
        QTest::newRow("all but its first byte") << record - 1;
    }
    void aTornEndIsCutOff()
    {
        QFETCH(const int, missing);
        keep({result('a'), result('b')});
        QFile::resize(file(), bytes().size() - missing);
        ResultSpool spool = open();
        QCOMPARE(spool.load().first().results, QList<Finished>({result('a')}));
        spool.add(broker, result('c'));
        QVERIFY(spool.flush());
        QCOMPARE(found(), QList<Finished>({result('a'), result('c')}));
    }

    void aChangedByteEndsTheReading()
    {
        keep({result('a'), result('b'), result('c')});
        QByteArray changed = bytes();
        const qsizetype record = SpoolRecords::record(result('c')).size();
        changed[changed.size() - record - 3] ^= 1;
        QFile out(file());
        QVERIFY(out.open(QFile::WriteOnly) && out.write(changed) == changed.size());
        out.close();
        QCOMPARE(found(), QList<Finished>({result('a')}));
    }

    void anotherFileIsLeftAlone_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("what is this");
        QTest::newRow("zeros") << QByteArray(5000, '\0');
        QTest::newRow("of another worker") << SpoolRecords::header(broker, QStringLiteral("w2"));
    }
    void anotherFileIsLeftAlone()
    {
        QFETCH(const QByteArray, content);
        QFile out(file());
        QVERIFY(out.open(QFile::WriteOnly) && out.write(content) == content.size());
        out.close();
        QVERIFY(open().load().isEmpty());
        QCOMPARE(bytes(), content);
    }

    void aFullFileTakesNoMoreUntilSomeIsAcknowledged()
    {
        const qint64 limit = 5000;
        ResultSpool spool = open(limit);
        for (const char name : {'a', 'b', 'c', 'd'}) {
            spool.add(broker, result(name, 1000));
            QVERIFY(spool.flush());
        }
        spool.add(broker, result('e', 1000));
        const Result<void> full = spool.flush();
        QVERIFY(!full && full.error().message().contains(QLatin1String("full")));
        QVERIFY(bytes().size() <= limit);
        for (const char name : {'a', 'b', 'c'})
            spool.remove(broker, Script::lease(name));
        spool.add(broker, result('f', 1000));
        QVERIFY(spool.flush());
        QCOMPARE(found(), QList<Finished>({result('d', 1000), result('f', 1000)}));
        QVERIFY(bytes().size() < 3000);
    }

    void whatIsNotInTheMessageIsNotKept()
    {
        ResultSpool spool = open();
        Finished elsewhere = result('a');
        elsewhere.value = Payload(ContentType::Raw, {}, {Segment{Segment::Blob, QByteArray(32, 'h'), 1'000'000, {}}});
        spool.add(broker, elsewhere);
        spool.add(broker, result('b', ResultSpool::maxResult + 1));
        QVERIFY(spool.flush());
        QVERIFY(!QFile::exists(file()));
    }

    void aFailureLeavesTheFileAsItWas()
    {
        keep({result('a')});
        ResultSpool spool = open();
        spool.load();
        const QString aside = file() + QStringLiteral(".aside");
        QVERIFY(QFile::rename(file(), aside));
        QVERIFY(QDir().mkdir(file())); // nothing can be written to that
        spool.add(broker, result('b'));
        const Result<void> failed = spool.flush();
        QVERIFY(!failed);
        QCOMPARE(failed.error().code(), ErrorCode::StorageFailed);
        QVERIFY(failed.error().message().contains(file()));
        QVERIFY(QDir().rmdir(file()) && QFile::rename(aside, file()));
        spool.add(broker, result('c'));
        QVERIFY(spool.flush());
        QCOMPARE(found(), QList<Finished>({result('a'), result('c')}));
    }
};

DROVER_TEST_MAIN(TestResultSpool)

#include "tst_resultspool.moc"
