// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "testing/main.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtCore/QTimeZone>

// What DROVER_TEST_MAIN promises, seen from inside and, with the program leaves_child, from outside.
class TestMain : public QObject
{
    Q_OBJECT

private:
    struct Run
    {
        int exitCode;
        QString output;
        // The word after "name=" in the output.
        QString word(const QString &name) const
        {
            const qsizetype from = output.indexOf(name + u'=') + name.size() + 1;
            return output.mid(from, output.indexOf(u'\n', from) - from).trimmed();
        }
    };

    static Run run(const QString &slot)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QCoreApplication::applicationDirPath() + QStringLiteral("/leaves_child"), {slot});
        process.waitForFinished(60000);
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                QString::fromUtf8(process.readAll())};
    }

private Q_SLOTS:
    void surroundingsAreOfOnesOwn()
    {
        const QDir home(qEnvironmentVariable("DROVER_HOME"));
        QVERIFY(home.exists());
        QVERIFY(home.isEmpty());
        QVERIFY(home.path().startsWith(QDir::tempPath()));
        QVERIFY(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation).startsWith(home.path()));
        QVERIFY(qEnvironmentVariableIntValue("DROVER_BEACON_PORT") >= 20000);
        QCOMPARE(qEnvironmentVariable("DROVER_INTERFACE"), QStringLiteral("lo"));
        QCOMPARE(qEnvironmentVariable("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        QCOMPARE(QTimeZone::systemTimeZone().offsetFromUtc(QDateTime::currentDateTimeUtc()), 0);
        QCOMPARE(QString::fromLocal8Bit(QByteArray("\xc3\xa9")), QString(QChar(0xe9)));
    }

    void programThatLeavesNothingPassesAndItsHomeIsGone()
    {
        const Run result = run(QStringLiteral("leavesNothing"));
        QCOMPARE(result.exitCode, 0);
        const QString home = result.word(QStringLiteral("home"));
        QVERIFY2(!home.isEmpty() && home != qEnvironmentVariable("DROVER_HOME"), qPrintable(result.output));
        QVERIFY(!QDir(home).exists());
    }

    void programThatLeavesAnOrphanFailsNamesItAndKillsIt()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("sleep")).isEmpty())
            QSKIP("no program `sleep` on this system");
        const Run result = run(QStringLiteral("leavesAnOrphan"));
        const QString pid = result.word(QStringLiteral("orphan"));
        QVERIFY2(result.exitCode == 1, qPrintable(result.output));
        QVERIFY2(result.output.contains(pid + u' ') && result.output.contains(QStringLiteral("sleep 600")),
                 qPrintable(result.output));
        QVERIFY(!QDir(QStringLiteral("/proc/") + pid).exists());
    }

    void failureOfASlotIsTheExitCode() { QCOMPARE(run(QStringLiteral("failsByItself")).exitCode, 1); }
};

DROVER_TEST_MAIN(TestMain)

#include "tst_main.moc"
