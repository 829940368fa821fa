// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "execute/executorhost.h"

//! An executor without the rest of the program: `executor_program --plugin FILE ...`.
int main(int argc, char **argv)
{
    QStringList plugins;
    for (int i = 2; i < argc; i += 2)
        plugins.append(QString::fromLocal8Bit(argv[i]));
    return drover::runExecutor(plugins);
}
