// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/messages/taskresult.h"
#include "session/blobdownloads.h"
#include "session/blobuploads.h"
#include "task/pending.h"
#include "task/submission.h"

#include <QtCore/QHash>

namespace drover {

//! The large values of one client at its broker: arguments, which are put there before their submit leaves, and results, which are fetched
//! before they are told. Pure but for its callbacks, in each of which it may be destroyed.
class SessionBlobs
{
public:
    using Message = std::variant<BlobPut, BlobGet, BlobRead, BlobClose>;
    struct Callbacks
    {
        std::function<void(const Message &)> send; //!< drops it when there is no link
        //! The broker has the arguments, which the submission now names: it may leave.
        std::function<void(Submission, std::shared_ptr<PendingTask>)> stored;
        std::function<void(TaskId, std::shared_ptr<PendingTask>, Error)> refused;
        std::function<void(const TaskResult &)> fetched; //!< its value is inline now, or the error why it is not
        std::function<void(TaskId)> lost; //!< a result that was not settled is gone: ask again
    };

    explicit SessionBlobs(Callbacks callbacks);

    static bool isLarge(const Submission &submission) { return submission.arguments.size() > blobThreshold; }
    //! Puts the arguments; stored() or refused() follows.
    void put(Submission submission, std::shared_ptr<PendingTask> task);
    //! The broker has lost what was put: again. False when it was not one that was put here.
    bool putAgain(Submission submission, std::shared_ptr<PendingTask> task);
    //! The task is the broker's: its arguments are needed no more.
    void forget(const TaskId &id) { m_contents.remove(id); }
    //! Takes back a submit that has not left; its task, or null when it is not here.
    std::shared_ptr<PendingTask> cancel(const TaskId &id);
    bool isPutting(const TaskId &id) const { return m_puts.contains(id); }
    //! Submits whose arguments are under way.
    qsizetype pending() const { return m_puts.size(); }

    //! Fetches the value of \a result, in parts, if it is one to fetch; fetched() follows.
    bool fetch(const TaskResult &result);
    //! The result that is being fetched is recorded. False when there is none.
    bool settle(const TaskId &id);

    void connected();
    void disconnected();
    void handle(const BlobStored &message) { m_uploads.handle(message); }
    void handle(const BlobData &message) { m_downloads.handle(message); }

private:
    struct Put
    {
        quint64 number = 0;
        Submission submission;
        std::shared_ptr<PendingTask> task;
    };
    struct Fetch
    {
        quint64 number = 0;
        TaskResult result;
        QByteArray content;
    };

    void send(const Message &message) { m_callbacks.send(message); }
    void ended(const TaskId &id, const Result<QByteArray> &hash);
    void ended(const TaskId &id, const Result<void> &result);

    Callbacks m_callbacks;
    BlobUploads m_uploads;
    BlobDownloads m_downloads;
    QHash<TaskId, Put> m_puts;
    QHash<TaskId, Payload> m_contents; //!< arguments of submits that are not acknowledged
    QHash<TaskId, Fetch> m_fetches;
};

} // namespace drover
