// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGui/QIcon>

namespace drover::gui {

//! The sign of the program, as packaging/drover-monitor.svg draws it: three lanes that become one.
QIcon programIcon();

} // namespace drover::gui
