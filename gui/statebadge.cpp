// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "gui/statebadge.h"

#include "gui/statesign.h"
#include "gui/theme.h"
#include "models/texts.h"

#include <QtGui/QPainter>

namespace drover::gui {

namespace {

constexpr int space = 6;

} // namespace

StateBadge::StateBadge(QWidget *parent) : QWidget(parent)
{
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    setFont(bold);
}

void StateBadge::setState(State state)
{
    m_state = state;
    setAccessibleName(Texts::state(state));
    updateGeometry();
    update();
}

QSize StateBadge::sizeHint() const
{
    const QFontMetrics metrics = fontMetrics();
    return {metrics.ascent() + space + metrics.horizontalAdvance(Texts::state(m_state)) + 2, metrics.height() + 4};
}

void StateBadge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QColor color = stateColor(m_state, palette());
    const int side = fontMetrics().ascent();
    paintStateSign(painter, QRectF(0, (height() - side) / 2.0, side, side), m_state, color);
    painter.setPen(color);
    painter.drawText(rect().adjusted(side + space, 0, 0, 0), Qt::AlignVCenter, Texts::state(m_state));
}

} // namespace drover::gui
