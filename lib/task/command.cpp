// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/command.h"

namespace drover {

namespace {

QString quoted(const QString &word)
{
    static const QString plain = QStringLiteral("_-./=:,+@%");
    const bool bare = !word.isEmpty()
        && std::all_of(word.begin(), word.end(), [](QChar c) { return c.isLetterOrNumber() || plain.contains(c); });
    return bare ? word : u'\'' + QString(word).replace(u'\'', QStringLiteral("'\\''")) + u'\'';
}

} // namespace

QString Command::toString() const
{
    QString line = quoted(m_program);
    for (const QString &word : m_arguments)
        line += u' ' + quoted(word);
    return line;
}

Error CommandResult::toError(const Command &command, int signal) const
{
    const QString how = signal ? QStringLiteral("was ended by signal %1").arg(signal)
                               : QStringLiteral("exited with code %1").arg(m_exitCode);
    return Error(Reason::ExitCode, QStringLiteral("%1 %2.").arg(command.program(), how))
        .setDetail(QStringLiteral("exitCode"), m_exitCode)
        .setDetail(QStringLiteral("signal"), signal)
        .setDetail(QStringLiteral("output"), m_output)
        .setDetail(QStringLiteral("errorOutput"), m_errorOutput)
        .setDetail(QStringLiteral("truncated"), m_truncated);
}

std::optional<CommandResult> CommandResult::fromError(const Error &error)
{
    if (error.reason() != Reason::ExitCode)
        return std::nullopt;
    const QVariantMap &details = error.details();
    return CommandResult(details.value(QStringLiteral("exitCode")).toInt(),
                         details.value(QStringLiteral("output")).toByteArray(),
                         details.value(QStringLiteral("errorOutput")).toByteArray(),
                         details.value(QStringLiteral("truncated")).toBool());
}

} // namespace drover
