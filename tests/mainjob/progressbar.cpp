// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "progressbar.h"

#include <cstdio>

#ifdef Q_OS_WIN
#include <io.h>
#define isatty _isatty
#define fileno _fileno
#else
#include <unistd.h>
#endif

namespace {

constexpr qsizetype width = 40;

} // namespace

ProgressBar::ProgressBar(qsizetype total) : m_total(total), m_terminal(isatty(fileno(stderr))) {}

void ProgressBar::show(qsizetype done)
{
    const qsizetype steps = m_terminal ? width : 10;
    const qsizetype step = m_total ? done * steps / m_total : steps;
    if (step == m_shown && done != m_total)
        return;
    m_shown = step;
    if (m_terminal)
        std::fprintf(stderr, "\r[%s%s] %lld of %lld%s", QByteArray(step, '#').constData(),
                     QByteArray(width - step, ' ').constData(), qint64(done), qint64(m_total),
                     done == m_total ? "\n" : "");
    else
        std::fprintf(stderr, "%lld of %lld files\n", qint64(done), qint64(m_total));
    std::fflush(stderr);
}

void ProgressBar::say(const QString &text)
{
    std::fprintf(stderr, "%s%s\n", m_terminal ? "\n" : "", qPrintable(text));
}
