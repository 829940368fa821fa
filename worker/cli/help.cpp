// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/help.h"

#include <algorithm>

namespace drover::cli {

namespace {

QString row(const QString &left, const QString &right, int column)
{
    const QString text = wrapped(right, column);
    return left.size() < column - 1 ? left.leftJustified(column) + text.sliced(column) : left + u'\n' + text;
}

QString wrappedLine(const QString &line, int indent, int width)
{
    const QString margin(indent, u' ');
    QString text;
    QString current = margin;
    for (const QString &word : line.split(u' ', Qt::SkipEmptyParts)) {
        if (current.size() > indent && current.size() + 1 + word.size() > width) {
            text += current + u'\n';
            current = margin;
        }
        current += (current.size() > indent ? QStringLiteral(" ") : QString()) + word;
    }
    return text + (current == margin ? QString() : current);
}

QString examplesOf(const Verb &verb)
{
    QString text;
    for (const Example &example : verb.examples) {
        if (example.command)
            text += QStringLiteral("  %1\n").arg(QString::fromUtf8(example.command))
                + wrapped(QString::fromUtf8(example.meaning), 6) + u'\n';
    }
    return text.isEmpty() ? text : QStringLiteral("\nExamples:\n") + text;
}

} // namespace

QString wrapped(const QString &text, int indent, int width)
{
    QStringList lines;
    for (const QString &line : text.split(u'\n'))
        lines += line.startsWith(QLatin1String("    ")) ? line : wrappedLine(line, indent, width);
    return lines.join(u'\n');
}

QString optionText(const QCommandLineOption &option)
{
    QStringList names;
    for (const QString &name : option.names())
        names.append((name.size() == 1 ? QStringLiteral("-") : QStringLiteral("--")) + name);
    const QString value = option.valueName();
    return names.join(QLatin1String(", ")) + (value.isEmpty() ? QString() : QStringLiteral(" <%1>").arg(value));
}

QString overview()
{
    QString text = QStringLiteral("Usage: drover VERB [OPTIONS] [ARGUMENTS]\n\n"
                                  "Spreads commands and functions over the machines of a LAN.\n\nVerbs:\n");
    for (const Verb *verb : verbs()) {
        if (!verb->isHidden)
            text += QStringLiteral("  %1 %2\n")
                        .arg(QString::fromLatin1(verb->name), -10)
                        .arg(QString::fromUtf8(verb->summary));
    }
    return text
        + QStringLiteral(
               "\n`drover VERB --help` tells more. Exit codes: 0 success, 1 the task failed (run: the command's own code),\n"
               "2 usage, 124 time-out, 125 Drover itself failed, 126 not runnable, 127 not found, 130 interrupted.");
}

QString helpOf(const Verb &verb)
{
    QString text = QStringLiteral("Usage: drover %1 [OPTIONS] %2")
                       .arg(QString::fromLatin1(verb.name), QString::fromUtf8(verb.arguments))
                       .trimmed()
        + QStringLiteral("\n\n%1.\n").arg(QString::fromUtf8(verb.summary));
    if (*verb.description)
        text += u'\n' + wrapped(QString::fromUtf8(verb.description)) + u'\n';
    text += QStringLiteral("\nOptions:\n");
    for (const QCommandLineOption &option : optionsOf(verb))
        text += row(QStringLiteral("  ") + optionText(option), option.description(), 24) + u'\n';
    text += examplesOf(verb) + QStringLiteral("\nExit codes:\n");
    for (const Exit &exit : exitsOf(verb))
        text += row(QStringLiteral("  ") + QString::fromUtf8(exit.code), QString::fromUtf8(exit.meaning), 10) + u'\n';
    return text.trimmed();
}

} // namespace drover::cli
