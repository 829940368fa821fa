// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "task/state.h"

#include <QtGui/QColor>
#include <QtGui/QPalette>

#include <optional>

namespace drover::gui {

//! Space beside the text of a cell, in pixels.
inline constexpr int cellMargin = 8;

//! How the program looks. The values are part of settings: never renumber.
enum class Theme { System = 0, Light = 1, Dark = 2 };

//! "system", "light", "dark", in any case.
std::optional<Theme> themeFromText(const QString &text);

//! Gives the application its style and palette. System is what the system's palette was when the program started.
void applyTheme(Theme theme);

bool isDark(const QPalette &palette);

//! Colours that palettes do not have, readable on the base of \a palette (WCAG AA).
QColor stateColor(State state, const QPalette &palette);
QColor faintColor(const QPalette &palette);
QColor troubleColor(const QPalette &palette);
QColor lineColor(const QPalette &palette); //!< of thin separators

//! Of a message across the window.
struct NoticeColors
{
    QColor background;
    QColor text;
};
NoticeColors troubleNotice(const QPalette &palette);
NoticeColors calmNotice(const QPalette &palette);

} // namespace drover::gui
