// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/place.h"

#include <QtCore/QProcess>

using namespace drover::testing;

namespace {

QByteArray fileAt(const QString &path)
{
    QFile file(QStringLiteral(PROJECT_FOLDER "/") + path);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

//! Without the first lines of comment and the empty ones after them.
QByteArray body(const QString &path)
{
    QByteArray text = fileAt(path);
    while (text.startsWith("//") || text.startsWith('\n'))
        text.remove(0, text.indexOf('\n') + 1);
    return text;
}

} // namespace

//! The examples do what README says of them.
class TestExamples : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theyAreShort_data();
    void theyAreShort();
    void readmeShowsThem();
    void theyRun_data();
    void theyRun();
    void theOneWithABrokerAndAWorkerNeedsNothingElse();
};

void TestExamples::theyAreShort_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("most");
    QTest::newRow("embedding") << QStringLiteral("tests/examples/embedding.cpp") << 40;
    QTest::newRow("blocking") << QStringLiteral("tests/examples/blocking.cpp") << 40;
    QTest::newRow("broker and worker") << QStringLiteral("tests/examples/standalone.cpp") << 40;
    QTest::newRow("plugin") << QStringLiteral("tests/examples/labplugin.cpp") << 25;
}

void TestExamples::theyAreShort()
{
    QFETCH(QString, path);
    QFETCH(int, most);
    const qsizetype lines = fileAt(path).count('\n');
    QVERIFY2(lines > 0 && lines <= most, qPrintable(QString::number(lines)));
}

void TestExamples::readmeShowsThem()
{
    const QByteArray readme = fileAt(QStringLiteral("README.md"));
    QVERIFY2(!readme.isEmpty(), "there is no README.md");
    for (const char *name : {"embedding.cpp", "standalone.cpp", "blocking.cpp", "labplugin.cpp", "lab.h"}) {
        const QString path = QStringLiteral("tests/examples/") + QLatin1String(name);
        QVERIFY2(readme.contains(body(path)), qPrintable(path));
    }
}

void TestExamples::theyRun_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("prints"); // lines, in any order
    QTest::newRow("coroutines") << QStringLiteral("embedding")
                                << QStringLiteral("2 + 3 = 5\ntask ID is safe, even from a power cut\nfib(10) = 55\n");
    QTest::newRow("threads without an event loop")
        << QStringLiteral("blocking") << QStringLiteral("1 + 1 = 2\n2 + 2 = 4\n3 + 3 = 6\n4 + 4 = 8\nfib(10) = 55\n");
    QTest::newRow("threads beside an event loop")
        << QStringLiteral("blockingqt") << QStringLiteral("the sum of all is 20\n");
}

void TestExamples::theyRun()
{
    QFETCH(QString, name);
    QFETCH(QString, prints);
    Place place(QStringLiteral("local:"));
    QVERIFY(place.start());
    QProcess example;
    QProcessEnvironment surroundings = QProcessEnvironment::systemEnvironment();
    surroundings.insert(QStringLiteral("DROVER_HOME"), place.site().home());
    surroundings.insert(QStringLiteral("DROVER_PROGRAM"), QStringLiteral(DROVER_FILE));
    example.setProcessEnvironment(surroundings);
    example.start(QStringLiteral(EXAMPLES "/") + name, QStringList());
    QVERIFY(example.waitForFinished(patienceMs));
    const QByteArray complaint = example.readAllStandardError();
    QVERIFY2(complaint.isEmpty(), complaint.constData());
    QCOMPARE(example.exitCode(), 0);
    QString printed = QString::fromUtf8(example.readAllStandardOutput());
    static const QRegularExpression id(QStringLiteral("task [0-9a-f-]{36} is safe"));
    QCOMPARE(printed.contains(id), prints.contains(QLatin1String("ID")));
    printed.replace(id, QStringLiteral("task ID is safe"));
    QStringList lines = printed.split(u'\n');
    QStringList expected = prints.split(u'\n');
    lines.sort();
    expected.sort();
    QCOMPARE(lines, expected);
}

void TestExamples::theOneWithABrokerAndAWorkerNeedsNothingElse()
{
    QTemporaryDir home;
    QProcess example;
    QProcessEnvironment surroundings = QProcessEnvironment::systemEnvironment();
    surroundings.insert(QStringLiteral("DROVER_HOME"), home.path());
    surroundings.insert(QStringLiteral("DROVER_PROGRAM"), QStringLiteral("/nonexistent"));
    example.setProcessEnvironment(surroundings);
    example.start(QStringLiteral(EXAMPLES "/standalone"), QStringList());
    QVERIFY(example.waitForFinished(patienceMs));
    QCOMPARE(example.readAllStandardOutput(), QByteArray("2 + 3 = 5\n"));
    QCOMPARE(example.exitCode(), 0);
    QVERIFY(QFile::exists(home.filePath(QStringLiteral("embedded-standalone.db"))));
}

DROVER_TEST_MAIN(TestExamples)

#include "tst_examples.moc"
