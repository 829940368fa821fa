// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/progresstext.h"

namespace drover::cli {

namespace {

constexpr int leastBar = 10;
constexpr int greatestBar = 40;

} // namespace

std::optional<Milliseconds> ProgressText::remaining(Milliseconds elapsed) const
{
    if (m_done == 0 || m_done >= m_total || elapsed.count() <= 0)
        return std::nullopt;
    return Milliseconds(qint64(double(elapsed.count()) / double(m_done) * double(m_total - m_done)));
}

QString ProgressText::durationText(Milliseconds time)
{
    const qint64 seconds = (time.count() + 999) / 1000;
    const QString text = QStringLiteral("%1:%2").arg(seconds / 60 % 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
    if (seconds < 3600)
        return text;
    return QStringLiteral("%1:%2").arg(seconds / 3600).arg(text.rightJustified(5, u'0'));
}

QString ProgressText::tail(Milliseconds elapsed) const
{
    QString text = m_failed > 0 ? QStringLiteral(", %1 failed").arg(m_failed) : QString();
    if (const auto left = remaining(elapsed))
        text += QStringLiteral(", %1 left").arg(durationText(*left));
    else if (m_done >= m_total)
        text += QStringLiteral(", took %1").arg(durationText(elapsed));
    return text;
}

QString ProgressText::bar(int width, Milliseconds elapsed) const
{
    const QString words = QStringLiteral("%1/%2").arg(m_done).arg(m_total) + tail(elapsed);
    const int length = qMin(greatestBar, width - int(words.size()) - 3);
    if (length < leastBar)
        return words.left(width);
    const int filled = m_total > 0 ? int(double(length) * double(m_done) / double(m_total)) : length;
    QString bar(filled, u'=');
    if (filled < length)
        bar += u'>' + QString(length - filled - 1, u' ');
    return u'[' + bar + QStringLiteral("] ") + words;
}

QString ProgressText::line(Milliseconds elapsed) const
{
    return QStringLiteral("%1 of %2 done").arg(m_done).arg(m_total) + tail(elapsed);
}

} // namespace drover::cli
