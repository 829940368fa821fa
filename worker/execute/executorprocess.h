// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "execute/executor.h"
#include "execute/scratchfolder.h"

#include <QtCore/QStringList>

#include <memory>

namespace drover {

//! An executor as a process of its own, over its standard input and output. Destroying it kills the process.
class ExecutorProcess final : public Executor
{
    Q_OBJECT
public:
    ExecutorProcess(QString program, QStringList arguments, const ScratchFolder &scratch, QObject *parent = nullptr);
    ~ExecutorProcess() override;

    void start() override;
    //! Closes the pipe, upon which the process ends by itself; it is killed when it does not.
    void close() override;
    void kill() override;
    void suspend(bool on) override;
    qint64 processId() const override;

private:
    void write(QByteArray frame) override;

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace drover
