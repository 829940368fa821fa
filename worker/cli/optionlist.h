// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QCommandLineOption>
#include <QtCore/QList>

namespace drover::cli {

//! The options of a verb, for the parser, the help, the manual and the completions. What a value completes to follows
//! from the name of the value: see completionOf().
class OptionList
{
public:
    void addOption(const QCommandLineOption &option) { m_all.append(option); }
    void addOptions(const QList<QCommandLineOption> &options) { m_all += options; }
    const QList<QCommandLineOption> &all() const { return m_all; }

private:
    QList<QCommandLineOption> m_all;
};

} // namespace drover::cli
