// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "gui/guimain.h"
#include "gui/logview.h"

#include <QtWidgets/QScrollBar>

using drover::StreamItem;
using drover::gui::LogView;

class TestLogView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bytesBecomeText_data();
    void bytesBecomeText();
    void aCharacterMayComeInTwoPieces();
    void itFollowsTheEndUntilSomebodyScrolls();
    void itKeepsTheLastLines();
};

void TestLogView::bytesBecomeText_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << QByteArray("a\nb") << QStringLiteral("a\nb");
    QTest::newRow("colours") << QByteArray("\x1b[1;31mred\x1b[0m") << QStringLiteral("red");
    QTest::newRow("title of a terminal") << QByteArray("\x1b]0;gotcha\x07ok") << QStringLiteral("ok");
    QTest::newRow("progress bar") << QByteArray("10%\r20%\r30%\ndone") << QStringLiteral("30%\ndone");
    QTest::newRow("bells and zeros") << QByteArray("a\0\x07\x08z", 5) << QStringLiteral("az");
    QTest::newRow("markup stays text") << QByteArray("<b>x</b>") << QStringLiteral("<b>x</b>");
}

void TestLogView::bytesBecomeText()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    LogView view(nullptr);
    view.addOutput(bytes);
    QTRY_COMPARE(view.toPlainText(), text);
}

void TestLogView::aCharacterMayComeInTwoPieces()
{
    LogView view(nullptr);
    view.add({{1, StreamItem::Output, QByteArray("gr\xc3")}});
    view.add({{2, StreamItem::Output, QByteArray("\xbc\xc3\x9f")}});
    QTRY_COMPARE(view.toPlainText(), QStringLiteral("gr\u00fc\u00df"));
}

void TestLogView::itFollowsTheEndUntilSomebodyScrolls()
{
    LogView view(nullptr);
    view.resize(300, 100);
    view.show();
    const QByteArray lines = QByteArray("line\n").repeated(100);
    view.addOutput(lines);
    QTRY_VERIFY(view.verticalScrollBar()->maximum() > 0);
    QTRY_COMPARE(view.verticalScrollBar()->value(), view.verticalScrollBar()->maximum());
    view.verticalScrollBar()->setValue(3);
    QVERIFY(!view.isFollowing());
    view.addOutput(lines);
    QTRY_VERIFY(view.blockCount() > 200);
    QCOMPARE(view.verticalScrollBar()->value(), 3);
    view.setFollowing(true);
    QCOMPARE(view.verticalScrollBar()->value(), view.verticalScrollBar()->maximum());
}

void TestLogView::itKeepsTheLastLines()
{
    LogView view(nullptr);
    view.addOutput(QByteArray("old\n") + QByteArray("new\n").repeated(LogView::mostLines + 5));
    QTRY_COMPARE(view.blockCount(), LogView::mostLines);
    QVERIFY(!view.toPlainText().contains(QStringLiteral("old")));
}

DROVER_GUI_TEST_MAIN(TestLogView)
#include "tst_logview.moc"
