// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "gui/statesign.h"

#include <QtGui/QPainter>

namespace drover::gui {

namespace {

QPointF at(const QRectF &square, double x, double y)
{
    return {square.left() + x * square.width(), square.top() + y * square.height()};
}

void paintLines(QPainter &painter, const QRectF &square, const QList<QPointF> &points)
{
    QPolygonF line;
    for (const QPointF &point : points)
        line.append(at(square, point.x(), point.y()));
    painter.drawPolyline(line);
}

void paintFilled(QPainter &painter, const QPolygonF &shape)
{
    painter.setBrush(painter.pen().color());
    painter.drawPolygon(shape);
}

void paintClock(QPainter &painter, const QRectF &square)
{
    painter.drawEllipse(square.adjusted(1, 1, -1, -1));
    paintLines(painter, square, {{0.5, 0.25}, {0.5, 0.52}, {0.7, 0.62}});
}

} // namespace

void paintStateSign(QPainter &painter, const QRectF &square, State state, const QColor &color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, qMax(1.4, square.width() / 8), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    switch (state) {
    case State::Received:
    case State::Started:
        paintFilled(painter, {{at(square, 0.25, 0.15), at(square, 0.85, 0.5), at(square, 0.25, 0.85)}});
        break;
    case State::Success: paintLines(painter, square, {{0.12, 0.55}, {0.4, 0.82}, {0.9, 0.2}}); break;
    case State::Failure:
        paintLines(painter, square, {{0.18, 0.18}, {0.82, 0.82}});
        paintLines(painter, square, {{0.82, 0.18}, {0.18, 0.82}});
        break;
    case State::Revoked:
    case State::Cancelling:
    case State::Trashed:
        painter.drawEllipse(square.adjusted(1, 1, -1, -1));
        paintLines(painter, square, {{0.3, 0.5}, {0.7, 0.5}});
        break;
    case State::Held:
    case State::Paused:
        paintLines(painter, square, {{0.33, 0.2}, {0.33, 0.8}});
        paintLines(painter, square, {{0.67, 0.2}, {0.67, 0.8}});
        break;
    case State::Scheduled: paintClock(painter, square); break;
    case State::Retry:
        painter.drawArc(square.adjusted(1, 1, -1, -1), 60 * 16, 270 * 16);
        paintLines(painter, square, {{0.5, 0.1}, {0.74, 0.12}, {0.72, 0.36}});
        break;
    case State::Waiting:
    case State::Pending: painter.drawEllipse(square.adjusted(1, 1, -1, -1)); break;
    }
    painter.restore();
}

} // namespace drover::gui
