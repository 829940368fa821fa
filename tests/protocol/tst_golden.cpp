// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "samples.h"
#include "testing/main.h"

#include <QtCore/QDir>
#include <QtCore/QFile>

using namespace drover;
using testing::MessageCase;

namespace {

QString fileOf(const MessageCase &entry)
{
    return testing::goldenFolder()
        + QStringLiteral("/%1-%2.hex")
              .arg(int(entry.kind), 2, 10, QLatin1Char('0'))
              .arg(QLatin1String(entry.name).toString().toLower());
}

QByteArray wrapped(const QByteArray &bytes)
{
    const QByteArray hex = bytes.toHex();
    QByteArray lines;
    for (qsizetype at = 0; at < hex.size(); at += 100)
        lines += hex.mid(at, 100) + '\n';
    return lines;
}

QByteArray contentOf(const MessageCase &entry)
{
    return "# " + QByteArray(entry.name) + ": all fields at their defaults\n" + wrapped(entry.minimal)
        + "# all fields set\n" + wrapped(entry.full);
}

} // namespace

//! Freezes what each message looks like in bytes.
//! Started with DROVER_REWRITE=1 it writes the files instead of comparing.
class TestGolden : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theBytesAreWhatTheyWere_data()
    {
        QTest::addColumn<int>("index");
        const auto &cases = testing::messageCases();
        for (size_t i = 0; i < cases.size(); ++i)
            QTest::newRow(cases[i].name) << int(i);
    }
    void theBytesAreWhatTheyWere()
    {
        QFETCH(const int, index);
        const MessageCase &entry = testing::messageCases()[size_t(index)];
        QFile file(fileOf(entry));
        if (qEnvironmentVariableIsSet("DROVER_REWRITE")) {
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(contentOf(entry));
            return;
        }
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
        QCOMPARE(file.readAll(), contentOf(entry));
    }

    void noFileIsLeftOver()
    {
        QStringList expected;
        for (const MessageCase &entry : testing::messageCases())
            expected.append(QFileInfo(fileOf(entry)).fileName());
        expected.sort();
        QCOMPARE(QDir(testing::goldenFolder()).entryList(QDir::Files, QDir::Name), expected);
    }
};

DROVER_TEST_MAIN(TestGolden)
#include "tst_golden.moc"
