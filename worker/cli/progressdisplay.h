// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cli/progresstext.h"
#include "cli/shell.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTimer>

namespace drover::cli {

//! Shows progress on standard error: a bar that is drawn anew on a terminal, else a line every ten seconds.
class ProgressDisplay
{
public:
    ProgressDisplay(Shell &shell, qint64 total);
    ~ProgressDisplay();
    ProgressDisplay(const ProgressDisplay &) = delete;

    void set(qint64 done, qint64 failed) { m_text.set(done, failed); }
    //! Takes the bar away, so that other text can be printed; it comes back by itself.
    void hide();

private:
    void show();

    Shell &m_shell;
    ProgressText m_text;
    const bool m_isBar;
    bool m_shown = false;
    QElapsedTimer m_since;
    QTimer m_timer;
};

} // namespace drover::cli
