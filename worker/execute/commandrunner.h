// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "execute/commandgroup.h"
#include "protocol/leaseref.h"
#include "protocol/messages/finished.h"
#include "task/stream.h"

namespace drover {

//! Runs one attempt of `drover.run`. Output is told as it comes; its head is also part of the result.
class CommandRunner : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype maxKept = 1024 * 1024; //!< bytes of each stream that the result holds

    CommandRunner(LeaseRef attempt, Payload arguments, QObject *parent = nullptr);
    //! Kills what still runs.
    ~CommandRunner() override;

    //! finished() follows, never inside the call.
    void start();
    void setPaused(bool paused);
    //! Asks the program to end; \a force kills it.
    void stop(bool force);
    //! It stands still with all that it started, or goes on.
    void suspend(bool on);

Q_SIGNALS:
    //! A piece of Output or ErrorOutput.
    void output(drover::StreamItem::Kind kind, const QByteArray &bytes);
    //! The last signal. Exit codes other than 0 are errors with Reason::ExitCode.
    void finished(const drover::Finished &how);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace drover
