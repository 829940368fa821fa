// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/message.h"

#include <QtCore/QObject>
#include <QtCore/QStringList>

#include <memory>

namespace drover {

//! The agent's end of one executor process. Messages are collected and leave with flush(). Destroying it kills the process.
class ExecutorProcess : public QObject
{
    Q_OBJECT
public:
    ExecutorProcess(QString program, QStringList arguments, QObject *parent = nullptr);
    ~ExecutorProcess() override;

    //! ended() follows sooner or later, never inside the call.
    void start();
    template <Message M> void send(const M &message) { encode(buffer(), message); }
    void flush();
    //! Closes the pipe, upon which the process ends by itself; it is killed when it does not.
    void close();
    void kill();
    qint64 processId() const;

Q_SIGNALS:
    void received(const QByteArray &frame);
    //! The last signal. \a signal is 0 when it exited; \a problem is not empty when it could not be started.
    void ended(int signal, int exitCode, const QString &problem);

private:
    QByteArray &buffer();

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace drover
