// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/mapplan.h"

namespace drover::cli {

namespace {

const QString place = QStringLiteral("{}");

} // namespace

Result<MapPlan> MapPlan::make(const QStringList &words)
{
    MapPlan plan;
    const qsizetype colons = words.indexOf(QLatin1String(":::"));
    plan.m_words = colons < 0 ? words : words.first(colons);
    plan.m_hasItems = colons >= 0;
    if (plan.m_hasItems)
        plan.m_items = words.sliced(colons + 1);
    if (plan.m_words.isEmpty())
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("give a command behind --, such as seq 10 | drover map -- echo {}"));
    for (const QString &word : std::as_const(plan.m_words))
        plan.m_hasPlace |= word.contains(place);
    return plan;
}

QStringList MapPlan::itemsOf(const QByteArray &input, bool byNull)
{
    QStringList items = QString::fromUtf8(input).split(byNull ? QChar(u'\0') : QChar(u'\n'));
    if (items.last().isEmpty())
        items.removeLast();
    return items;
}

Command MapPlan::command(qint64 seq, const Command &pattern) const
{
    QStringList words = m_words;
    for (QString &word : words)
        word.replace(place, item(seq));
    if (!m_hasPlace)
        words.append(item(seq));
    Command command(words.takeFirst());
    command.args(words).workingDirectory(pattern.workingDirectory());
    for (auto it = pattern.environment().begin(); it != pattern.environment().end(); ++it)
        command.environment(it.key(), it.value());
    return command;
}

} // namespace drover::cli
