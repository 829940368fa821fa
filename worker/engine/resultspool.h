// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/leaseref.h"
#include "protocol/messages/finished.h"
#include "support/result.h"

#include <QtCore/QList>

#include <map>
#include <set>

namespace drover {

//! Results that wait for their broker's acknowledgement, in a file for each broker, so that a worker that is killed
//! meanwhile can still deliver them: `<home>/results-<hash>.spool`. A file is appended to, rewritten when it is full and
//! half of it is acknowledged, and goes with its last result. What a kill or a power failure left torn is cut off.
//! One thread; a worker has its name in its home for itself.
class ResultSpool
{
public:
    static constexpr qint64 maxFile = 64 * 1024 * 1024; //!< bytes; what does not fit stays in memory alone
    static constexpr qint64 maxResult = 4 * 1024 * 1024; //!< bytes of one result
    static constexpr int maxAgeDays = 7; //!< the broker has forgotten older ones

    struct Found
    {
        QByteArray broker;
        QList<Finished> results; //!< in the order in which they were added
    };

    //! \a worker is its name. \a limit in bytes of a file.
    ResultSpool(QString home, QString worker, qint64 limit = maxFile);
    ~ResultSpool();

    //! What earlier runs of the worker have left. Called once, first.
    QList<Found> load();
    //! Whether \a result can be kept at all: one that is too large, or whose value is not in it, can not. A large value is a
    //! file in the worker's scratch folder, which goes with the worker, or a blob of which nobody knows whether it stays.
    static bool takes(const Finished &result);
    //! For flush() to write what takes() allows.
    void add(const QByteArray &broker, const Finished &result);
    //! It is acknowledged. The file goes with the last one.
    void remove(const QByteArray &broker, const LeaseRef &lease);
    //! Writes what was added, and syncs it. StorageFailed: nothing of that counts, the file is as before.
    Result<void> flush();

    QString fileOf(const QByteArray &broker) const;

private:
    struct File
    {
        qint64 size = 0; //!< bytes that count
        qint64 liveSize = 0; //!< of these, of results that are not acknowledged
        std::map<LeaseRef, qint64> live; //!< bytes of each
        QByteArray staged;
        std::map<LeaseRef, qint64> fresh; //!< those that are staged
    };

    void load(const QString &path, QList<Found> &found);
    Result<void> write(const QByteArray &broker, File &file);
    Result<void> append(const QString &path, File &file, const QByteArray &bytes);
    Result<void> rewrite(const QByteArray &broker, File &file);
    QByteArray header(const QByteArray &broker) const;

    QString m_home;
    QString m_worker;
    qint64 m_limit;
    std::map<QByteArray, File> m_files; //!< by broker
};

} // namespace drover
