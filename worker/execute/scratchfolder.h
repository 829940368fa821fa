// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/leaseref.h"
#include "support/result.h"
#include "task/payload.h"

#include <QtCore/QString>

namespace drover {

//! Large arguments and results between an agent and its executors: files in a folder that both know. A value; any thread.
class ScratchFolder
{
public:
    //! Where executors look for the path of it.
    static constexpr const char *variable = "DROVER_SCRATCH";

    ScratchFolder() = default;
    //! \a path exists; empty: large values cannot be had.
    explicit ScratchFolder(QString path) : m_path(std::move(path)) {}

    bool isEmpty() const { return m_path.isEmpty(); }
    const QString &path() const { return m_path; }

    //! The names of the files of one attempt.
    static QByteArray argumentsName(const LeaseRef &attempt) { return nameOf(attempt, "arguments"); }
    static QByteArray resultName(const LeaseRef &attempt) { return nameOf(attempt, "result"); }
    //! The path of a file; empty for a name that leads elsewhere.
    QString fileOf(const QByteArray &name) const;

    //! \a value with the content of the file that it names, if it does. StorageFailed.
    Result<Payload> load(const Payload &value) const;
    //! \a value in the file \a name, if it is large, and itself otherwise. Reason DiskLimit when it cannot be written.
    Result<Payload> store(const Payload &value, const QByteArray &name) const;
    void remove(const QByteArray &name) const;

private:
    static QByteArray nameOf(const LeaseRef &attempt, const char *what);

    QString m_path;
};

} // namespace drover
