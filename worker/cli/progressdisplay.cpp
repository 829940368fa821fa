// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/progressdisplay.h"

#include "cli/terminal.h"

namespace drover::cli {

namespace {

constexpr Milliseconds betweenBars{200};
constexpr Milliseconds betweenLines{10'000};

} // namespace

ProgressDisplay::ProgressDisplay(Shell &shell, qint64 total)
    : m_shell(shell), m_text(total), m_isBar(isErrorTerminal() && !shell.wantsJson())
{
    m_since.start();
    shell.setOverlay([this] { hide(); });
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { show(); });
    m_timer.start(m_isBar ? betweenBars : betweenLines);
}

ProgressDisplay::~ProgressDisplay()
{
    hide();
    m_shell.setOverlay(nullptr);
}

void ProgressDisplay::show()
{
    const Milliseconds elapsed(m_since.elapsed());
    if (!m_isBar)
        return m_shell.complain(m_text.line(elapsed));
    Shell::writeErrorOutput("\r" + m_text.bar(terminalWidth() - 1, elapsed).toUtf8() + "\x1b[K");
    m_shown = true;
}

void ProgressDisplay::hide()
{
    if (std::exchange(m_shown, false))
        Shell::writeErrorOutput("\r\x1b[K");
}

} // namespace drover::cli
