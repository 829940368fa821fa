// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "protocol/kinds.h"
#include "samples.h"
#include "testing/main.h"

#include <QtCore/QFile>
#include <QtCore/QRegularExpression>

using namespace drover;

namespace {

const QString tableBegin = QStringLiteral("<!-- messages -->\n");
const QString tableEnd = QStringLiteral("<!-- /messages -->\n");

QString waysOf(const KindInfo &info)
{
    if (info.ways == 0x3f)
        return QStringLiteral("all");
    QStringList ways;
    for (const Party from : {Party::Client, Party::Worker, Party::Broker, Party::Executor}) {
        for (const Party to : {Party::Client, Party::Worker, Party::Broker, Party::Executor}) {
            if (const auto link = way(from, to); link && (info.ways & *link))
                ways.append(toString(from) + QStringLiteral(" to ") + toString(to));
        }
    }
    return ways.join(QLatin1String(", "));
}

QString tableText()
{
    QString text = QStringLiteral("| kind | name | from whom to whom | least role | greatest size | plane |\n"
                                  "|---|---|---|---|---|---|\n");
    for (const KindInfo &info : kindTable()) {
        text += QStringLiteral("| %1 | %2 | %3 | %4 | %5 KiB | %6 |\n")
                    .arg(QString::number(int(info.kind)), info.name, waysOf(info), roleName(info.role),
                         QString::number(info.bound / 1024),
                         info.plane == Plane::Bulk ? QStringLiteral("bulk") : QStringLiteral("control"));
    }
    return text;
}

} // namespace

//! PROTOCOL.md says what the code does. Started with DROVER_REWRITE=1 it puts the table of messages in place.
class TestPage : public QObject
{
    Q_OBJECT

    QString m_page;

    //! What stands under the heading of a message.
    QString section(const testing::MessageCase &entry) const
    {
        const QString heading = QStringLiteral("\n### %1 (%2)\n").arg(QLatin1String(entry.name)).arg(int(entry.kind));
        const qsizetype begin = m_page.indexOf(heading);
        if (begin < 0)
            return {};
        const qsizetype end = m_page.indexOf(QLatin1String("\n#"), begin + heading.size());
        return m_page.mid(begin, end < 0 ? -1 : end - begin);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(QStringLiteral(PROTOCOL_PAGE));
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_page = QString::fromUtf8(file.readAll());
    }

    void theTableIsThatOfTheCode()
    {
        const qsizetype begin = m_page.indexOf(tableBegin) + tableBegin.size();
        const qsizetype end = m_page.indexOf(tableEnd);
        QVERIFY(begin >= tableBegin.size() && end >= begin);
        if (qEnvironmentVariableIsSet("DROVER_REWRITE")) {
            m_page.replace(begin, end - begin, tableText());
            QFile file(QStringLiteral(PROTOCOL_PAGE));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(m_page.toUtf8());
            return;
        }
        QCOMPARE(m_page.mid(begin, end - begin), tableText());
    }

    void everyMessageIsDescribedWithItsFields_data()
    {
        QTest::addColumn<int>("index");
        const auto &cases = testing::messageCases();
        for (size_t i = 0; i < cases.size(); ++i)
            QTest::newRow(cases[i].name) << int(i);
    }
    void everyMessageIsDescribedWithItsFields()
    {
        QFETCH(const int, index);
        const auto &entry = testing::messageCases()[size_t(index)];
        const QString text = section(entry);
        QVERIFY(!text.isEmpty());
        QCOMPARE(quint64(text.count(QLatin1String("\n| `"))), entry.fields);
    }

    void everyExampleIsAFrameThatTheReaderTakes()
    {
        static const QRegularExpression block(QStringLiteral("```hex\n(.*?)```"),
                                              QRegularExpression::DotMatchesEverythingOption);
        static const QRegularExpression comment(QStringLiteral("#.*"));
        int examples = 0;
        for (auto match = block.globalMatch(m_page); match.hasNext(); ++examples) {
            const QByteArray frame = QByteArray::fromHex(match.next().captured(1).remove(comment).toLatin1());
            FrameReader reader(frame);
            while (const auto raw = reader.next()) {
                for (const auto &entry : testing::messageCases())
                    QVERIFY(entry.kind != raw->kind || entry.recode(*raw));
            }
            QVERIFY2(!reader.failed(), qPrintable(reader.error().message()));
        }
        QVERIFY(examples >= 5);
    }
};

DROVER_TEST_MAIN(TestPage)
#include "tst_page.moc"
