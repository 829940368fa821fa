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
    void theApplicationRuns();
};

void TestExamples::theyAreShort_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("most");
    QTest::newRow("embedding") << QStringLiteral("tests/examples/embedding.cpp") << 40;
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
    for (const char *name : {"embedding.cpp", "labplugin.cpp", "lab.h"}) {
        const QString path = QStringLiteral("tests/examples/") + QLatin1String(name);
        QVERIFY2(readme.contains(body(path)), qPrintable(path));
    }
}

void TestExamples::theApplicationRuns()
{
    Place place(QStringLiteral("local:"));
    QVERIFY(place.start());
    QProcess example;
    QProcessEnvironment surroundings = QProcessEnvironment::systemEnvironment();
    surroundings.insert(QStringLiteral("DROVER_HOME"), place.site().home());
    surroundings.insert(QStringLiteral("DROVER_PROGRAM"), QStringLiteral(DROVER_FILE));
    example.setProcessEnvironment(surroundings);
    example.start(QStringLiteral(EMBEDDING), QStringList());
    QVERIFY(example.waitForFinished(patienceMs));
    QCOMPARE(example.exitCode(), 0);
    QString printed = QString::fromUtf8(example.readAllStandardOutput());
    static const QRegularExpression id(QStringLiteral("task [0-9a-f-]{36} is safe"));
    QVERIFY2(printed.contains(id), qPrintable(printed));
    printed.replace(id, QStringLiteral("task ID is safe"));
    QCOMPARE(printed, QStringLiteral("2 + 3 = 5\ntask ID is safe, even from a power cut\nfib(10) = 55\n"));
}

DROVER_TEST_MAIN(TestExamples)

#include "tst_examples.moc"
