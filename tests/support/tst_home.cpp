// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "support/home.h"
#include "testing/main.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>

using namespace drover;

class TestHome : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QByteArray m_home = qgetenv("DROVER_HOME");

private Q_SLOTS:
    void cleanup() { qputenv("DROVER_HOME", m_home); }

    void chosenFolderIsMadeForItsOwnerAlone()
    {
        const QString path = m_folder.filePath(QStringLiteral("a/b"));
        qputenv("DROVER_HOME", QFile::encodeName(path));
        QCOMPARE(homeFolder(), path);
        QVERIFY(QFileInfo(path).isDir());
        const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther
            | QFile::WriteOther | QFile::ExeOther;
        QVERIFY(!(QFile::permissions(path) & others));
        QCOMPARE(homeFolder(), path);
    }

    void relativeAndUntidyPathsAreCleaned_data()
    {
        QTest::addColumn<QString>("chosen");
        QTest::addColumn<QString>("expected");
        QTest::newRow("relative") << QStringLiteral("home") << m_folder.filePath(QStringLiteral("home"));
        QTest::newRow("slash at the end")
            << m_folder.filePath(QStringLiteral("c/")) << m_folder.filePath(QStringLiteral("c"));
        QTest::newRow("dots") << m_folder.filePath(QStringLiteral("c/../d/./e"))
                              << m_folder.filePath(QStringLiteral("d/e"));
    }

    void relativeAndUntidyPathsAreCleaned()
    {
        QFETCH(QString, chosen);
        const QString before = QDir::currentPath();
        QVERIFY(QDir::setCurrent(m_folder.path()));
        qputenv("DROVER_HOME", QFile::encodeName(chosen));
        const Result<QString> home = homeFolder();
        QDir::setCurrent(before);
        QVERIFY(home);
        QTEST(*home, "expected");
    }

    void withoutAChoiceItIsAFolderOfThisMachineInTheUsersData()
    {
        for (const char *unset : {"unset", "empty"}) {
            qunsetenv("DROVER_HOME");
            if (qstrcmp(unset, "empty") == 0)
                qputenv("DROVER_HOME", "");
            const Result<QString> home = homeFolder();
            QVERIFY(home);
            const QString data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
            QVERIFY2(home->startsWith(data + QStringLiteral("/drover/")), qPrintable(*home));
            QCOMPARE(QFileInfo(*home).fileName().size(), 12);
        }
    }

    void folderThatCannotBeMadeIsAnErrorThatNamesIt()
    {
        QFile file(m_folder.filePath(QStringLiteral("file")));
        QVERIFY(file.open(QFile::WriteOnly));
        const QString path = file.fileName() + QStringLiteral("/home");
        qputenv("DROVER_HOME", QFile::encodeName(path));
        const Result<QString> home = homeFolder();
        QVERIFY(!home);
        QCOMPARE(home.error().code(), ErrorCode::StorageFailed);
        QVERIFY2(home.error().message().contains(path), qPrintable(home.error().message()));
        QVERIFY(home.error().message().contains(QStringLiteral("DROVER_HOME")));
    }

    void confinementIsWhatTheEnvironmentSays()
    {
        QCOMPARE(confinedInterface(), QStringLiteral("lo"));
        qunsetenv("DROVER_INTERFACE");
        QCOMPARE(confinedInterface(), QString());
        qputenv("DROVER_INTERFACE", "lo");
    }
};

DROVER_TEST_MAIN(TestHome)

#include "tst_home.moc"
