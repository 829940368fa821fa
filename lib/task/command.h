// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "task/function.h"

#include <QtCore/QAnyStringView>
#include <QtCore/QMap>
#include <QtCore/QStringList>

namespace drover {

//! A program to run on a worker: `Command("sh").args("-c", script)`. A value.
//! Arguments are passed as they are, no shell splits them.
class DROVER_CORE_EXPORT Command
{
public:
    static constexpr const char *typeName = "command";

    Command() {}
    explicit Command(QAnyStringView program) : m_program(program.toString()) {}

    Command &args(QStringList all)
    {
        m_arguments = std::move(all);
        return *this;
    }
    template <typename... Word>
        requires(sizeof...(Word) > 0 && (std::is_convertible_v<const Word &, QAnyStringView> && ...))
    Command &args(const Word &...all)
    {
        m_arguments.clear();
        (m_arguments.append(QAnyStringView(all).toString()), ...);
        return *this;
    }
    //! Added to the worker's environment. Values are secret: no table, log or summary shows them.
    Command &environment(QAnyStringView name, QAnyStringView value)
    {
        m_environment.insert(name.toString(), value.toString());
        return *this;
    }
    //! On the worker; its scratch folder for the attempt unless set.
    Command &workingDirectory(QAnyStringView path)
    {
        m_workingDirectory = path.toString();
        return *this;
    }
    //! What the program reads from standard input, then the end of file; secret like the environment.
    Command &input(QByteArray bytes)
    {
        m_input = std::move(bytes);
        return *this;
    }

    const QString &program() const { return m_program; }
    const QStringList &args() const { return m_arguments; }
    const QMap<QString, QString> &environment() const { return m_environment; }
    const QString &workingDirectory() const { return m_workingDirectory; }
    const QByteArray &input() const { return m_input; }

    //! Program and arguments, quoted where needed, for a person; nothing secret.
    QString toString() const;

    template <typename V> void fields(V &v) { v(m_program, m_arguments, m_environment, m_workingDirectory, m_input); }
    friend bool operator==(const Command &, const Command &) = default;

private:
    QString m_program;
    QStringList m_arguments;
    QMap<QString, QString> m_environment;
    QString m_workingDirectory;
    QByteArray m_input;
};

//! How a command ended. A non-zero exit code is not a result but an Error with Reason::ExitCode and the details
//! "exitCode", "signal", "output" and "errorOutput"; fromError() reads these.
class DROVER_CORE_EXPORT CommandResult
{
public:
    static constexpr const char *typeName = "commandresult";

    CommandResult() {}
    CommandResult(int exitCode, QByteArray output, QByteArray errorOutput, bool truncated = false)
        : m_exitCode(exitCode), m_truncated(truncated), m_output(std::move(output)),
          m_errorOutput(std::move(errorOutput))
    {}

    int exitCode() const { return m_exitCode; }
    const QByteArray &output() const { return m_output; } //!< the head of it when it is truncated
    const QByteArray &errorOutput() const { return m_errorOutput; }
    bool isOutputTruncated() const { return m_truncated; }

    //! The Error of a command that ended with a non-zero exit code or by a signal (0 = none).
    Error toError(const Command &command, int signal = 0) const;
    //! What toError() put in; nothing for another kind of error.
    static std::optional<CommandResult> fromError(const Error &error);

    template <typename V> void fields(V &v) { v(m_exitCode, m_output, m_errorOutput, m_truncated); }
    friend bool operator==(const CommandResult &, const CommandResult &) = default;

private:
    qint32 m_exitCode = 0;
    bool m_truncated = false;
    QByteArray m_output;
    QByteArray m_errorOutput;
};

template <> struct SecretArguments<Command> : std::true_type
{
    static QString summary(const Command &command) { return command.toString(); }
};

//! Runs a program on a worker. The worker brings this function itself, it is in no registry.
inline constexpr Function<CommandResult(Command)> runCommand{"drover.run", arg("command")};

} // namespace drover
