// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/error.h"
#include "task/command.h"

#include <QtCore/QObject>

#include <memory>

QT_FORWARD_DECLARE_CLASS(QProcess)

namespace drover {

//! Makes \a process, not started yet, the leader of a group of its own: a terminal's Ctrl+C does not reach it.
void startInOwnGroup(QProcess &process);

//! Whether suspendGroup() does anything on this system.
bool canSuspendGroups();
//! Lets the group that the process \a leader leads stand still, or go on.
void suspendGroup(qint64 leader, bool on);

//! One program and all that it starts, as a group that ends together, with its output in raw bytes. Lives in one thread
//! with an event loop; destroying it kills the group. After the end of the program what is left of the group is killed.
class CommandGroup : public QObject
{
    Q_OBJECT
public:
    explicit CommandGroup(QObject *parent = nullptr);
    ~CommandGroup() override;

    //! Starts \a command in \a folder. One of the signals failed() and ended() follows, never inside the call.
    void start(const Command &command, const QString &folder);
    //! Leaves further output in its pipe, so that the program has to wait (on Windows: in memory).
    void setPaused(bool paused);
    //! Asks the group to end (SIGTERM; on Windows the same as kill()).
    void terminate();
    void kill();
    void suspend(bool on);

Q_SIGNALS:
    void output(const QByteArray &bytes);
    void errorOutput(const QByteArray &bytes);
    //! Nothing was started; the error is SpawnFailed with the detail "notFound".
    void failed(const drover::Error &why);
    //! All output was told. \a signal is 0 when it exited by itself.
    void ended(int exitCode, int signal);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

//! Why \a program could not be started, for a person and for exit code 126 or 127.
Error spawnError(const QString &program, const QString &searchPath, const QString &reason);

} // namespace drover
