// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/verb.h"

#include "execute/executorhost.h"

namespace drover::cli {

namespace {

void declare(OptionList &options)
{
    options.addOption(
        {QStringLiteral("plugin"), Client::tr("A library of functions; may be repeated."), QStringLiteral("file")});
}

int run(Shell &shell)
{
    return runExecutor(shell.values(QStringLiteral("plugin")));
}

} // namespace

const Verb executorVerb{.name = "executor",
                        .arguments = "",
                        .summary = "Runs attempts for a worker, over standard input and output",
                        .isHidden = true,
                        .needsBroker = false,
                        .declare = declare,
                        .runAlone = run};

} // namespace drover::cli
