// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "gui/logview.h"

#include "gui/theme.h"

#include <QtCore/QRegularExpression>
#include <QtGui/QFontDatabase>
#include <QtWidgets/QScrollBar>

namespace drover::gui {

namespace {

constexpr int frameMs = 33;

// A line that is written over itself, as progress bars do, keeps its last text only.
QString readable(QString text)
{
    static const QRegularExpression escapes(
        QStringLiteral("\x1b\\[[0-9;?]*[ -/]*[@-~]|\x1b\\][^\x07\x1b]*(\x07|\x1b\\\\)|\x1b."));
    static const QRegularExpression overwritten(QStringLiteral("[^\n]*\r(?=[^\n])"));
    static const QRegularExpression controls(QStringLiteral("[\\x00-\\x08\\x0b-\\x1f\\x7f]"));
    return text.remove(escapes).remove(overwritten).remove(controls);
}

} // namespace

LogView::LogView(QWidget *parent) : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setMaximumBlockCount(mostLines);
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setAccessibleName(tr("Output"));
    m_frame.setSingleShot(true);
    m_frame.setInterval(frameMs);
    connect(&m_frame, &QTimer::timeout, this, &LogView::flush);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (!m_moving)
            setFollowing(value == verticalScrollBar()->maximum());
    });
}

void LogView::clearAll()
{
    m_pieces.clear();
    m_output.resetState();
    m_errorOutput.resetState();
    clear();
}

void LogView::add(const QList<StreamItem> &items)
{
    for (const StreamItem &item : items) {
        switch (item.kind) {
        case StreamItem::Output: addOutput(item.data); break;
        case StreamItem::ErrorOutput: addErrorOutput(item.data); break;
        case StreamItem::Log: add(Output, QString::fromUtf8(item.data) + u'\n'); break;
        case StreamItem::Lost: addNote(tr("Earlier output is not kept any more.")); break;
        default: break;
        }
    }
}

void LogView::addOutput(const QByteArray &bytes)
{
    add(Output, m_output.decode(bytes));
}

void LogView::addErrorOutput(const QByteArray &bytes)
{
    add(ErrorOutput, m_errorOutput.decode(bytes));
}

void LogView::addNote(const QString &text)
{
    add(Note, QStringLiteral("— %1 —\n").arg(text));
}

void LogView::add(Source source, const QString &text)
{
    if (!m_pieces.isEmpty() && m_pieces.constLast().first == source)
        m_pieces.last().second += text;
    else
        m_pieces.append({source, text});
    if (!m_frame.isActive())
        m_frame.start();
}

void LogView::flush()
{
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    m_moving = true;
    cursor.beginEditBlock();
    for (const auto &[source, text] : std::exchange(m_pieces, {})) {
        QTextCharFormat format;
        if (source == ErrorOutput)
            format.setForeground(stateColor(State::Retry, palette()));
        else if (source == Note)
            format.setForeground(faintColor(palette()));
        cursor.insertText(readable(text), format);
    }
    cursor.endEditBlock();
    m_moving = false;
    if (m_following)
        setFollowing(true);
}

void LogView::setFollowing(bool on)
{
    if (on) {
        m_moving = true;
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
        m_moving = false;
    }
    if (std::exchange(m_following, on) != on)
        Q_EMIT followingChanged(on);
}

} // namespace drover::gui
