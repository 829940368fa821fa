// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/answer.h"
#include "client/backend.h"
#include "client/batch.h"
#include "client/batchplan.h"
#include "support/export.h"
#include "task/caller.h"
#include "task/command.h"

#include <QtCore/QObject>
#include <QtCore/QUrl>

#include <memory>

namespace drover {

class Registry;
class TaskHandle;

//! How a Client is made, beyond its URL.
class ClientSettings
{
public:
    ClientSettings() {}
    //! What the broker calls this client; the program's name and the machine's unless set.
    ClientSettings &name(QString text)
    {
        m_name = std::move(text);
        return *this;
    }
    //! The folder of keys, trust and stores; homeFolder() unless set.
    ClientSettings &home(QString path)
    {
        m_home = std::move(path);
        return *this;
    }
    //! The functions that `loopback:` runs. Not owned; must outlive the client.
    ClientSettings &registry(Registry *functions)
    {
        m_registry = functions;
        return *this;
    }

    //! Whether `local:` starts the broker when it does not run; true unless set.
    ClientSettings &startBroker(bool on)
    {
        m_startBroker = on;
        return *this;
    }

    const QString &name() const { return m_name; }
    const QString &home() const { return m_home; }
    Registry *registry() const { return m_registry; }
    bool startsBroker() const { return m_startBroker; }

private:
    QString m_name;
    QString m_home;
    Registry *m_registry = nullptr;
    bool m_startBroker = true;
};

//! Sends tasks to a broker and awaits their results.
//!
//!     drover::Client client;
//!     const drover::Result<int> sum = co_await client.call(lab::add, 2, 3);
//!
//! The URL says where tasks go: `local:` (the default) to the broker of this user, which is started when it does not run;
//! `drover://host[:port]` to a broker elsewhere; `embedded:[path]` to a broker inside this process that keeps its
//! queues in the file \a path, or in one of this program; `loopback:` straight to the functions of
//! ClientSettings::registry(), for tests.
//! A lost broker is found again by itself; what was submitted meanwhile is sent then, once.
//!
//! Lives in one thread with an event loop; several clients are independent. Destroying it resumes all its awaits with
//! ErrorCode::ClientClosed before the destructor returns. Nothing throws but Result::value().
class DROVER_CLIENT_EXPORT Client : public QObject, public Caller
{
    Q_OBJECT
    Q_PROPERTY(bool connected READ isConnected NOTIFY connectedChanged)
public:
    explicit Client(const QUrl &broker = QUrl(QStringLiteral("local:")), QObject *parent = nullptr);
    Client(const QUrl &broker, const ClientSettings &settings, QObject *parent = nullptr);
    explicit Client(std::unique_ptr<Backend> backend, QObject *parent = nullptr);
    ~Client() override;

    //! Where tasks go, as it was asked for.
    QUrl broker() const;
    bool isConnected() const;
    //! Why it is not connected; ErrorCode::None when it is.
    Error connectionError() const;

    //! The task \a id of this or an earlier run of any client: `co_await client.attach<int>(id)` is its result.
    template <typename R = QVariant> Submitted<R> attach(TaskId id) { return Submitted<R>(attachTask(id)); }
    //! The task \a id as an object with properties and signals, owned by \a parent.
    TaskHandle *watch(TaskId id, QObject *parent);

    //! One task for each element of \a elements: the only argument of \a function, or a std::tuple or std::pair of its
    //! arguments. Any input range: it is copied or moved in and read once, lazily, as the bounded number of submits
    //! that are not acknowledged allows; it may be endless, and has at most maxBatchItems elements. An element that
    //! cannot be encoded is an item that failed.
    template <typename R, typename... P, std::ranges::input_range Range>
    Batch<R> map(const Function<R(P...)> &function, Range &&elements, const MapOptions &options = {});
    //! By name: each element is the QVariantList of the arguments of one task.
    template <std::ranges::input_range Range>
        requires std::is_convertible_v<std::ranges::range_reference_t<Range>, QVariantList>
    Batch<QVariant> map(QAnyStringView function, Range &&elements, const MapOptions &options = {});
    //! A range of commands.
    template <std::ranges::input_range Range>
        requires std::is_convertible_v<std::ranges::range_reference_t<Range>, Command>
    Batch<CommandResult> map(Range &&commands, const MapOptions &options = {})
    {
        return map(runCommand, std::forward<Range>(commands), options);
    }
    //! The batch \a id of any client and any process, also one that has ended: all of its results are given.
    template <typename R = QVariant> Batch<R> attachBatch(TaskId id) { return Batch<R>(attachToBatch(id)); }

    //! Awaitable once each: `const Result<TaskInfo> info = co_await client.show(id);`
    Answer<CancelOutcome> cancel(TaskId id);
    //! Runs the task now, when it waits for its retry or its eta; again, as a new task with the same arguments and options,
    //! when it is final. The id of the task that will run, once that is durable. Errors: NotFound, Conflict while it waits
    //! for a worker or runs.
    Answer<TaskId> retry(TaskId id);
    //! Pauses, resumes, kills, purges or restores the task; durable when answered. Requested: its worker has yet to confirm,
    //! see TaskInfo::asked. Errors: NotFound, Conflict when it has ended or this does not fit its state.
    Answer<ControlOutcome> control(TaskId id, TaskControl what);
    Answer<TaskInfo> show(TaskId id);
    //! The tasks that \a query asks for, the last submitted first; those of others only for an `admin`.
    Answer<TaskPage> list(const TaskQuery &query = {});
    //! The functions named \a function that workers offer, or all.
    Answer<QList<AvailableFunction>> functions(const QString &function = {});
    Answer<BrokerStatus> status();
    //! Changes the queue \a name: pauses or resumes it, sets its weight, or what its acknowledgements wait for. Its settings
    //! afterwards, once they are durable. For an `admin`. Errors: InvalidArgument.
    Answer<QueueSettings> configureQueue(const QString &name, const QueueChange &change = {});
    //! The broker writes a copy of its store to \a path on its own machine, while it runs; there must be nothing yet.
    //! The copy is a store. For an `admin`. Errors: those of writing a file.
    Answer<MaintenanceResult> backup(const QString &path);
    //! The broker gives unused pages of its store back, while it runs. For an `admin`.
    Answer<MaintenanceResult> compact();
    //! Succeeds once connected; when that takes longer than \a patience, the error is connectionError(), or Unavailable
    //! when nothing was tried yet.
    Answer<void> connected(Milliseconds patience = Milliseconds(10'000));
    //! Waits until all submits are acknowledged, those too that are still to be read from the range of a batch, at most
    //! \a patience: the number that is not (0 = all are safe). The client takes no new tasks from then on.
    Answer<qsizetype> close(Milliseconds patience = Milliseconds(10'000));

    Backend *backend() const; //!< for live tables and streams; null while the client is being destroyed

Q_SIGNALS:
    void connectedChanged(bool connected);
    //! An attempt to connect failed; it will be repeated.
    void connectionFailed(const drover::Error &why);

protected:
    std::shared_ptr<PendingTask> start(Submission submission) override;

private:
    std::shared_ptr<PendingTask> attachTask(TaskId id);
    std::shared_ptr<BatchCore> startBatch(BatchPlan plan, const MapOptions &options);
    std::shared_ptr<BatchCore> attachToBatch(TaskId id);

    class Private;
    std::unique_ptr<Private> d;
};

template <typename R, typename... P, std::ranges::input_range Range>
Batch<R> Client::map(const Function<R(P...)> &function, Range &&elements, const MapOptions &options)
{
    auto plan = planOf(std::forward<Range>(elements), [function, codecs = codecs(), each = options.options()](
                                                          const auto &element) {
        return itemOf(*codecs, each, function, element);
    });
    plan.signature = [function] { return function.signature().toString(); };
    return Batch<R>(startBatch(std::move(plan), options));
}

template <std::ranges::input_range Range>
    requires std::is_convertible_v<std::ranges::range_reference_t<Range>, QVariantList>
Batch<QVariant> Client::map(QAnyStringView function, Range &&elements, const MapOptions &options)
{
    auto plan = planOf(std::forward<Range>(elements), [name = function.toString(), codecs = codecs(),
                                                       each = options.options()](const QVariantList &arguments) {
        return namedCall(*codecs, name, arguments, each);
    });
    return Batch<QVariant>(startBatch(std::move(plan), options));
}

} // namespace drover
