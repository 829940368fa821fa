// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/commandoptions.h"

namespace drover::cli {

void declareCommandOptions(OptionList &options)
{
    options.addOptions({
        {QStringLiteral("env"), Client::tr("A variable for the command; may be repeated."),
         QStringLiteral("name=value")},
        {QStringLiteral("cwd"), Client::tr("The folder on the worker to run it in; a fresh one unless given."),
         QStringLiteral("folder")},
    });
}

Result<Command> commandOf(const Shell &shell, const QStringList &words)
{
    if (words.isEmpty())
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("give a command behind --, such as -- sh -c 'echo hello'"));
    Command command(words.constFirst());
    command.args(words.sliced(1));
    for (const QString &pair : shell.values(QStringLiteral("env"))) {
        const qsizetype equals = pair.indexOf(u'=');
        if (equals < 1)
            return fail(ErrorCode::InvalidArgument, QStringLiteral("--env takes name=value, got \"%1\"").arg(pair));
        command.environment(pair.first(equals), pair.sliced(equals + 1));
    }
    if (shell.isSet(QStringLiteral("cwd")))
        command.workingDirectory(shell.value(QStringLiteral("cwd")));
    return command;
}

} // namespace drover::cli
