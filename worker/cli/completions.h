// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QList>
#include <QtCore/QString>

namespace drover::cli {

//! The completion of one shell, made from the table of verbs.
struct CompletionFile
{
    QString shell; //!< "bash", "zsh", "fish"
    QString fileName; //!< as that shell looks for it
    QString (*script)();
};
QList<CompletionFile> completionFiles();

QString bashCompletion();
QString zshCompletion();
QString fishCompletion();

} // namespace drover::cli
