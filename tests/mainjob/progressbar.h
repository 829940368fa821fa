// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

//! A line that fills on a terminal; elsewhere a plain line for each tenth.
class ProgressBar
{
public:
    explicit ProgressBar(qsizetype total);
    void show(qsizetype done);
    //! \a text on a line of its own, the bar goes on below it.
    void say(const QString &text);

private:
    qsizetype m_total;
    qsizetype m_shown = -1;
    bool m_terminal;
};
