// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cli/shell.h"
#include "cli/signals.h"
#include "client/taskhandle.h"

namespace drover::cli {

//! The arguments of \a function from words of the shell, checked against its signature where a worker offers it. Without
//! one they are read as JSON values or bare words, and the worker checks them.
QCoro::Task<Result<QVariantList>> argumentsOf(Shell &shell, QString function, QStringList words);

//! The rows of a live table as they are now.
Answer<QList<QByteArray>> rowsOf(Client &client, LiveTable table);

//! While it lives, Ctrl-C cancels the task; a second one ends this program at once.
class Interruptible
{
public:
    Interruptible(Shell &shell, std::shared_ptr<PendingTask> task);
    ~Interruptible();
    bool wasInterrupted() const { return m_interrupted; }

private:
    Signals m_signals;
    bool m_interrupted = false;
};

//! Prints what a task writes, as bytes, to the two standard streams. finished() once all has been printed.
class OutputPrinter : public QObject
{
    Q_OBJECT
public:
    //! Lines of its log go to standard error, with \a logs to standard output instead. With --json each piece is an object.
    OutputPrinter(Shell &shell, TaskHandle *handle, bool logs = false);
    bool isDone() const { return m_done; }
    //! It ended too early: another reader of the task has come, or the worker was lost.
    bool isCut() const { return m_cut; }
    //! Prints what is missing of the command's output, or says that it is gone.
    void complete(const CommandResult &result) const;
    //! The last attempt has ended: what it wrote is on its way, and is waited for no longer than \a patience.
    Answer<void> finished(Milliseconds patience = Milliseconds(10'000));

Q_SIGNALS:
    void done();

private:
    void print(quint32 attempt, const QList<StreamItem> &items, bool end);
    void print(const StreamItem &item);
    void write(int stream, const QByteArray &bytes);

    Shell &m_shell;
    const bool m_logs;
    Answer<void> m_answer;
    bool m_done = false;
    bool m_cut = false;
    bool m_hasGaps = false;
    quint32 m_attempt = 0;
    qsizetype m_written[2] = {}; //!< bytes of this attempt to standard output and error
};

} // namespace drover::cli
