// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/logtail.h"
#include "testing/main.h"

using namespace drover;

//! The last lines of a log.
class TestLogTail : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theLastLinesStay_data()
    {
        QTest::addColumn<QByteArrayList>("lines");
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << QByteArrayList() << QString();
        QTest::newRow("one") << QByteArrayList{"abc"} << QStringLiteral("abc\n");
        QTest::newRow("an empty line") << QByteArrayList{"", "a"} << QStringLiteral("\na\n");
        QTest::newRow("just enough") << QByteArrayList{"abcd", "efgh"} << QStringLiteral("abcd\nefgh\n");
        QTest::newRow("one too many") << QByteArrayList{"abcd", "efgh", "i"} << QStringLiteral("efgh\ni\n");
        QTest::newRow("one fills it") << QByteArrayList{"abc", "123456789"} << QStringLiteral("123456789\n");
        QTest::newRow("the end of a long one") << QByteArrayList{"abc", "0123456789"} << QStringLiteral("123456789\n");
        QTest::newRow("not UTF-8") << QByteArrayList{"a\xff"} << (QStringLiteral("a") + QChar(0xfffd) + u'\n');
    }
    void theLastLinesStay()
    {
        QFETCH(QByteArrayList, lines);
        LogTail log(10);
        for (const QByteArray &line : lines)
            log.append(line);
        QTEST(log.text(), "text");
    }

    void aFloodLeavesNoMoreThanItMay()
    {
        LogTail log(8192);
        for (int i = 0; i < 100'000; ++i)
            log.append("line " + QByteArray::number(i));
        const QByteArray text = log.text().toUtf8();
        QVERIFY(text.size() <= 8192 && text.size() > 8150);
        QVERIFY(text.endsWith("line 99999\n"));
        QVERIFY(text.startsWith("line "));
    }
};

DROVER_TEST_MAIN(TestLogTail)
#include "tst_logtail.moc"
