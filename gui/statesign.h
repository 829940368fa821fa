// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "task/state.h"

#include <QtCore/QRectF>

class QColor;
class QPainter;

namespace drover::gui {

//! Draws the sign of a state, so that nobody depends on its colour alone: a triangle runs, a tick succeeded, a cross failed.
void paintStateSign(QPainter &painter, const QRectF &square, State state, const QColor &color);

} // namespace drover::gui
