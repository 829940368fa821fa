// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "support/result.h"
#include "task/options.h"
#include "task/pending.h"
#include "task/queuesettings.h"
#include "task/signature.h"
#include "task/stream.h"
#include "task/submission.h"
#include "task/taskcontrol.h"
#include "task/taskinfo.h"
#include "task/taskquery.h"

#include <QtCore/QObject>

#include <functional>
#include <memory>

namespace drover {

class BatchCore;

//! What a broker says of itself. Times are UTC in ms.
struct BrokerStatus
{
    QString name;
    QString version;
    QString address; //!< as this client reaches it
    QString store;
    QString durability; //!< "disk", "process", "memory"; "none" without a store
    QString log;
    quint64 epoch = 0;
    quint64 queued = 0;
    quint64 running = 0;
    quint64 finished = 0;
    quint32 workers = 0;
    quint32 slotCount = 0;
    qint64 startedMs = 0;
    qint64 pid = 0;
};

//! A function that can be called now, and how many workers offer it.
struct AvailableFunction
{
    Signature signature;
    quint32 workers = 0;
};

//! What a request to cancel came to.
enum class CancelOutcome : quint8 {
    Requested = 1, //!< recorded; the worker has yet to confirm
    Done = 2, //!< the task will not run
    TooLate = 3, //!< it had ended before
};

//! Live tables that a backend can feed.
enum class LiveTable : quint8 { Workers = 1, Queues = 2, Tasks = 3, Batches = 4 };

//! Where tasks go. One a URL scheme; chosen by Client. Answers come through the callbacks given, exactly once each, never
//! inside the call; when the backend is destroyed, open ones get ClientClosed. One thread.
class DROVER_CLIENT_EXPORT Backend : public QObject
{
    Q_OBJECT
public:
    template <typename T> using Answer = std::function<void(Result<T>)>;

    using QObject::QObject;

    //! The options it honours; others are refused before submit() is called.
    virtual Options::Features enforces() const = 0;

    //! Takes a task over. \a task is fed until it is settled.
    virtual void submit(std::shared_ptr<PendingTask> task, Submission submission) = 0;
    //! Feeds \a task, which somebody submitted before, with its result. NotFound when nobody knows it.
    virtual void attach(std::shared_ptr<PendingTask> task) = 0;
    virtual void cancel(TaskId id, Answer<CancelOutcome> answer) = 0;
    //! Takes a batch over: submits it as it is read, or finds it again when it is an attached one. \a batch is fed until
    //! all is known, at least until all of it is durable.
    virtual void openBatch(std::shared_ptr<BatchCore> batch) = 0;
    virtual void cancelBatch(TaskId id, Answer<CancelOutcome> answer) = 0;
    virtual void retry(TaskId id, Answer<TaskId> answer) = 0;
    virtual void control(TaskId id, TaskControl what, Answer<ControlOutcome> answer) = 0;
    virtual void configureQueue(const QString &name, const QueueChange &change, Answer<QueueSettings> answer) = 0;
    virtual void maintain(Maintenance what, const QString &path, Answer<MaintenanceResult> answer) = 0;
    virtual void show(TaskId id, Answer<TaskInfo> answer) = 0;
    virtual void list(const TaskQuery &query, Answer<TaskPage> answer) = 0;
    //! The functions named \a function, or all when it is empty.
    virtual void functions(const QString &function, Answer<QList<AvailableFunction>> answer) = 0;
    virtual void status(Answer<BrokerStatus> answer) = 0;

    //! Reports taskChanged() now and at each change until unwatch(); taskUnknown() when there is no such task.
    virtual void watch(TaskId id) = 0;
    virtual void unwatch(TaskId id) = 0;
    //! Reports streamReceived() for all items of the task's attempt from \a fromSeq on, and again from the start of each
    //! later attempt. The backend grants credit as the signal returns.
    virtual void openStream(TaskId id, quint64 fromSeq) = 0;
    virtual void closeStream(TaskId id) = 0;
    //! While \a on, no more credit is granted: what is under way still comes. For a reader that is behind.
    virtual void holdStream(TaskId id, bool on) = 0;
    //! Reports tableReset() and tableChanged() for \a table until unsubscribe().
    virtual void subscribe(LiveTable table) = 0;
    virtual void unsubscribe(LiveTable table) = 0;

    virtual bool isConnected() const = 0;
    //! Tasks that were submitted and are not acknowledged yet.
    virtual qsizetype unacknowledged() const = 0;

Q_SIGNALS:
    //! \a why says why it is not connected, and what is done about it.
    void connectedChanged(bool connected, const drover::Error &why);
    //! unacknowledged() became 0.
    void flushed();
    void taskChanged(const drover::TaskInfo &task);
    void taskUnknown(drover::TaskId id, const drover::Error &error);
    //! \a end: nothing follows in this attempt.
    void streamReceived(drover::TaskId id, quint32 attempt, const QList<drover::StreamItem> &items, bool end);
    //! Rows as encodeRow() of protocol/rows.h writes them.
    void tableReset(drover::LiveTable table, const QList<QByteArray> &rows);
    void tableChanged(drover::LiveTable table, const QList<QByteArray> &rows, const QList<QByteArray> &removedKeys);
};

} // namespace drover

Q_DECLARE_METATYPE(drover::BrokerStatus)
