// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "execute/executorthread.h"
#include "support/clock.h"
#include "task/signature.h"

namespace drover {

//! What executors are made of.
struct ExecutorPoolOptions
{
    QString program;
    QStringList arguments; //!< before `--plugin FILE` for each plugin
    QStringList plugins;
    EnterFunctions
        functions; //!< when set, executors are threads of this process with these functions, and no program is started
    QString scratch; //!< path of the folder for large values; empty: there are none
    Milliseconds firstPause{200}; //!< before a plugin or program that failed is tried again; doubled each time
    Milliseconds longestPause{60'000};
};

//! The executors of an agent, by the numbers that the engine gave them. A plugin that ends its process while it is
//! loaded is left out of new executors for a while; pluginDue() says when to try it again.
class ExecutorPool : public QObject
{
    Q_OBJECT
public:
    explicit ExecutorPool(ExecutorPoolOptions options, QObject *parent = nullptr);
    //! Kills those that still run.
    ~ExecutorPool() override;

    //! Starts executor \a id, later when the last ones could not be started. ready() or died() follows.
    void start(quint32 id);
    template <Message M> void send(quint32 id, const M &message)
    {
        if (Executor *process = find(id))
            process->send(message);
    }
    //! Sends what was collected.
    void flush();
    //! Closes its pipe; nothing is heard of it any more.
    void retire(quint32 id);
    //! died() follows.
    void kill(quint32 id);
    void suspend(quint32 id, bool on)
    {
        if (Executor *executor = find(id))
            executor->suspend(on);
    }
    bool isEmpty() const; //!< none is left, retired ones included
    qint64 processId(quint32 id) const; //!< 0 when it is not running

Q_SIGNALS:
    void ready(quint32 id, const QList<drover::Signature> &functions);
    //! A frame of messages from an executor that is ready.
    void received(quint32 id, const QByteArray &frame);
    void died(quint32 id, int signal, int exitCode);
    void pluginDue();
    //! isEmpty() became true.
    void emptied();

private:
    Executor *find(quint32 id) const;

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace drover
