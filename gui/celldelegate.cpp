// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "gui/celldelegate.h"

#include "gui/statesign.h"
#include "gui/theme.h"
#include "models/roles.h"

#include <QtGui/QPainter>
#include <QtWidgets/QApplication>

namespace drover::gui {

namespace {

constexpr int margin = cellMargin;

QColor textColor(const QStyleOptionViewItem &option, const QColor &otherwise)
{
    return option.state & QStyle::State_Selected ? option.palette.color(QPalette::HighlightedText) : otherwise;
}

void paintBackground(QPainter *painter, const QStyleOptionViewItem &option)
{
    const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
}

void paintText(QPainter *painter, const QStyleOptionViewItem &option, const QRect &where, const QColor &color)
{
    painter->setPen(color);
    painter->setFont(option.font);
    painter->drawText(where, int(option.displayAlignment | Qt::TextSingleLine),
                      option.fontMetrics.elidedText(option.text, option.textElideMode, where.width()));
}

} // namespace

CellDelegate::CellDelegate(int stateColumn, QObject *parent) : QStyledItemDelegate(parent), m_stateColumn(stateColumn)
{}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &given, const QModelIndex &index) const
{
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    option.state &= ~QStyle::State_HasFocus;
    option.displayAlignment |= Qt::AlignVCenter;
    paintBackground(painter, option);
    painter->save();
    const QVariant load = index.data(LoadRole);
    if (index.column() == m_stateColumn && index.data(StateRole).isValid()) {
        paintState(painter, option, index.data(StateRole).toInt());
    } else if (load.isValid()) {
        paintLoad(painter, option, load.toDouble());
    } else {
        const QColor color =
            index.data(FaintRole).toBool() ? faintColor(option.palette) : option.palette.color(QPalette::Text);
        paintText(painter, option, option.rect.adjusted(margin, 0, -margin, 0), textColor(option, color));
    }
    painter->restore();
}

void CellDelegate::paintState(QPainter *painter, QStyleOptionViewItem option, int state) const
{
    const QColor color = textColor(option, stateColor(State(state), option.palette));
    const int side = option.fontMetrics.ascent();
    const QRect sign(option.rect.left() + margin, option.rect.center().y() - side / 2 + 1, side, side);
    paintStateSign(*painter, sign, State(state), color);
    paintText(painter, option, option.rect.adjusted(2 * margin + side, 0, -margin, 0), color);
}

void CellDelegate::paintLoad(QPainter *painter, QStyleOptionViewItem option, double load) const
{
    const QRect inner = option.rect.adjusted(margin, 0, -margin, 0);
    const int textWidth = qMin(inner.width(), option.fontMetrics.horizontalAdvance(option.text) + margin);
    paintText(painter, option, inner, textColor(option, option.palette.color(QPalette::Text)));
    QRectF bar(inner.left() + qMax(textWidth, option.fontMetrics.horizontalAdvance(QLatin1Char('0')) * 8), 0, 0, 6);
    bar.setRight(inner.right());
    bar.moveTop(option.rect.center().y() - 2);
    if (bar.width() < 16)
        return;
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(lineColor(option.palette));
    painter->drawRoundedRect(bar, 3, 3);
    bar.setWidth(bar.width() * load);
    painter->setBrush(textColor(option, stateColor(State::Started, option.palette)));
    painter->drawRoundedRect(bar, 3, 3);
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem filled = option;
    initStyleOption(&filled, index);
    const int sign = index.column() == m_stateColumn ? filled.fontMetrics.ascent() + margin : 0;
    return {filled.fontMetrics.horizontalAdvance(filled.text) + 2 * margin + sign, filled.fontMetrics.height() + 10};
}

} // namespace drover::gui
