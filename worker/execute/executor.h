// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/message.h"

#include <QtCore/QObject>

namespace drover {

//! The agent's end of one executor, whatever it is: a process, or a thread of this one. It runs one attempt at a time. Messages
//! are collected and leave with flush().
class Executor : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    //! ended() follows sooner or later, never inside the call.
    virtual void start() = 0;
    template <Message M> void send(const M &message) { encode(m_frame, message); }
    void flush()
    {
        if (!m_frame.isEmpty())
            write(std::exchange(m_frame, {}));
    }
    //! It ends by itself when it has done what it does; ended() follows.
    virtual void close() = 0;
    //! It ends at once, as far as that can be forced; ended() follows.
    virtual void kill() = 0;
    //! It stands still, or goes on, as far as that can be forced.
    virtual void suspend(bool) {}
    //! Nobody listens any more: it deletes itself, once nothing of it runs.
    virtual void discard() { deleteLater(); }
    virtual qint64 processId() const { return 0; } //!< 0 when it has no process of its own

Q_SIGNALS:
    void received(const QByteArray &frame);
    //! The last signal. \a signal is 0 when it exited; \a problem is not empty when it could not be started.
    void ended(int signal, int exitCode, const QString &problem);

private:
    virtual void write(QByteArray frame) = 0;

    QByteArray m_frame;
};

} // namespace drover
