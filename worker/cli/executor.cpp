// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/verb.h"

#include "execute/executorhost.h"

namespace drover::cli {

namespace {

void declare(QCommandLineParser &parser)
{
    parser.addOption(
        {QStringLiteral("plugin"), Client::tr("A library of functions; may be repeated."), QStringLiteral("file")});
}

int run(Shell &shell)
{
    return runExecutor(shell.values(QStringLiteral("plugin")));
}

} // namespace

const Verb executorVerb{
    "executor", "", "Runs attempts for a worker, over standard input and output", true, false, declare, nullptr, run};

} // namespace drover::cli
