// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "storesamples.h"
#include "testing/main.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>

using namespace drover;
using namespace drover::testing;

class TestStoreKill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasCommittedIsFoundAfterAKill();
    void fileHasOneProcessAndIsFreeAfterAKill();

private:
    //! Runs the appender, kills it once it has printed \a lines, and returns the last number printed.
    quint64 appendAndKill(quint64 first, int lines);
    //! Finds all up to \a last; \a known is how far the numbers reach in the file.
    void check(quint64 last, quint64 &known);

    QTemporaryDir m_folder;
    QSet<quint64> m_unsure;
    QString m_path = m_folder.filePath(QStringLiteral("broker.db"));
    const QString m_program = QCoreApplication::applicationDirPath() + QStringLiteral("/store_appender");
};

quint64 TestStoreKill::appendAndKill(quint64 first, int lines)
{
    QProcess appender;
    appender.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    appender.start(m_program, {m_path, QString::number(first)});
    QByteArray text;
    while (text.count('\n') < lines && appender.waitForReadyRead(20'000))
        text += appender.readAllStandardOutput();
    appender.kill();
    appender.waitForFinished();
    text += appender.readAllStandardOutput();
    const QList<QByteArray> numbers = text.left(text.lastIndexOf('\n')).split('\n');
    return numbers.last().toULongLong();
}

void TestStoreKill::check(quint64 last, quint64 &known)
{
    const auto store = Store::open(m_path, Durability::Process, 10, {}).value();
    Replies replies(*store);
    known = store->takeRecovered().clients.first().mark;
    QVERIFY(known >= last);
    for (quint64 number = 1; number <= last; ++number)
        store->find(number, sampleId(number));
    for (quint64 number = 1; number <= last; ++number) {
        const auto found = replies.next<TaskFound>();
        QVERIFY(found && found->request == number);
        if (m_unsure.contains(number))
            continue;
        const bool ended = number % 3 == 0;
        QCOMPARE(found->task.index(), ended ? 2u : 1u);
        const StoredTask &task = ended ? std::get<FinishedTask>(found->task).task : std::get<StoredTask>(found->task);
        QCOMPARE(task.submission, sampleTask(number).submission);
        QCOMPARE(task.delivery, ended || number % 5 == 0 ? sampleLease(1) : Delivery{});
    }
}

void TestStoreKill::whatWasCommittedIsFoundAfterAKill()
{
    QRandomGenerator random(20260101);
    quint64 known = 0;
    for (int round = 0; round < 8; ++round) {
        const quint64 first = known + 1;
        const quint64 last = appendAndKill(first, 1 + int(random.bounded(30)));
        QVERIFY(last >= first);
        check(last, known);
        if (QTest::currentTestFailed())
            return;
        for (quint64 number = last + 1; number <= known; ++number)
            m_unsure.insert(number); // stored, but never said to be
    }
}

void TestStoreKill::fileHasOneProcessAndIsFreeAfterAKill()
{
    QProcess appender;
    const QString path = m_folder.filePath(QStringLiteral("other.db"));
    appender.start(m_program, {path, QStringLiteral("1")});
    QVERIFY(appender.waitForReadyRead(20'000));
    const auto second = Store::open(path, Durability::Process, 10, {});
    QVERIFY(!second);
    QCOMPARE(second.error().code(), ErrorCode::StorageFailed);
    QVERIFY2(second.error().message().contains(QString::number(appender.processId())),
             qPrintable(second.error().message()));
    appender.kill();
    QVERIFY(appender.waitForFinished());
    QVERIFY(Store::open(path, Durability::Process, 10, {}));
}

DROVER_TEST_MAIN(TestStoreKill)
#include "tst_storekill.moc"
