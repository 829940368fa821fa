// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/result.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStringList>

namespace drover::gui {

//! Splits a line into words as a shell does: spaces separate, 'single' and "double" quotes join, a backslash takes the next
//! character as it is. Nothing is expanded. InvalidArgument says which quote is not closed.
class ShellWords
{
    Q_DECLARE_TR_FUNCTIONS(drover::gui::ShellWords)
public:
    static Result<QStringList> split(const QString &line);
    //! \a words as a line that split() reads back.
    static QString join(const QStringList &words);
};

} // namespace drover::gui
