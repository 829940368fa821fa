// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "support/program.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStandardPaths>

namespace drover {

Result<QString> droverProgram()
{
    const QString chosen = qEnvironmentVariable("DROVER_PROGRAM");
    if (!chosen.isEmpty())
        return chosen;
    const QString beside =
        QStandardPaths::findExecutable(QStringLiteral("drover"), {QCoreApplication::applicationDirPath()});
    if (!beside.isEmpty())
        return beside;
    const QString onPath = QStandardPaths::findExecutable(QStringLiteral("drover"));
    if (!onPath.isEmpty())
        return onPath;
    return fail(ErrorCode::NotFound,
                QStringLiteral("The program drover is neither in %1 nor on the PATH; set DROVER_PROGRAM to it.")
                    .arg(QCoreApplication::applicationDirPath()));
}

} // namespace drover
