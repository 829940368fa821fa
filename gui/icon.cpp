// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "gui/icon.h"

#include <QtGui/QPainter>

namespace drover::gui {

namespace {

QPixmap drawn(int side)
{
    QPixmap picture(side, side);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(side / 128.0, side / 128.0);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0xff1f4f9e));
    painter.drawRoundedRect(4, 4, 120, 120, 26, 26);
    painter.setBrush(Qt::NoBrush);
    const auto line = [&painter](QRgb color, const QPolygonF &points) {
        painter.setPen(QPen(QColor(color), 7, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(points);
    };
    line(0xffbcd4fb, QPolygonF({{22, 40}, {56, 40}, {72, 64}, {106, 64}}));
    line(0xffbcd4fb, QPolygonF({{22, 88}, {56, 88}, {72, 64}}));
    line(0xffffffff, QPolygonF({{22, 64}, {106, 64}}));
    line(0xffffffff, QPolygonF({{94, 50}, {110, 64}, {94, 78}}));
    painter.setPen(Qt::NoPen);
    for (const auto &[color, y] :
         {std::pair(0xff7fd49aU, 40), std::pair(0xff7fd49aU, 64), std::pair(0xfff2c14eU, 88)}) {
        painter.setBrush(QColor(color));
        painter.drawEllipse(QPointF(22, y), 8, 8);
    }
    return picture;
}

} // namespace

QIcon programIcon()
{
    QIcon icon;
    for (const int side : {16, 24, 32, 48, 64, 128})
        icon.addPixmap(drawn(side));
    return icon;
}

} // namespace drover::gui
