// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/blockingclient.h"

#include "client/ownapplication.h"
#include "task/context.h"

#include <QCoro/QCoroTask>

#include <QtCore/QThread>

namespace drover {

namespace {

constexpr Milliseconds answerTime(1000); //!< what asks for a patience itself is given so much more

Error closedError()
{
    return Error(ErrorCode::ClientClosed, Client::tr("The client was closed; the task goes on."));
}

Error ownThread()
{
    return Error(ErrorCode::Conflict,
                 Client::tr("A function that runs in the thread of a BlockingClient cannot wait for that client."));
}

class IoClient final : public Client
{
public:
    using Client::Client;
    using Client::start;
};

//! Tells a WaitedTask that its PendingTask was accepted. Lives until then.
class AcceptanceFeed final : public PendingTask::Waiter
{
public:
    AcceptanceFeed(PendingTask *from, std::shared_ptr<WaitedTask> to) : m_from(from), m_to(std::move(to)) {}

private:
    void told() override
    {
        m_to->accept(m_from->id(), m_from->accepted());
        delete this;
    }
    void dropped() override { delete this; }

    PendingTask *m_from;
    std::shared_ptr<WaitedTask> m_to;
};

void feed(const std::shared_ptr<WaitedTask> &to, const std::shared_ptr<PendingTask> &from)
{
    if (from->isAccepted())
        to->accept(from->id(), from->accepted());
    else
        from->waitAccepted(new AcceptanceFeed(from.get(), to));
    from->onFinished([to, task = from.get()](const Outcome &outcome) { to->complete(outcome, task->isSettled()); });
}

//! One answer for one thread that waits.
template <typename T> class Reply
{
public:
    void give(Result<T> value)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_value = std::move(value);
        }
        m_given.notify_all();
    }
    Result<T> await(Milliseconds patience)
    {
        std::unique_lock lock(m_mutex);
        const auto given = [this] { return m_value.has_value(); };
        if (patience > Milliseconds(std::chrono::hours(24 * 365)))
            m_given.wait(lock, given);
        else if (!m_given.wait_for(lock, patience, given))
            return fail(Error(ErrorCode::Timeout, Client::tr("No answer came in time.")).setTransient());
        return *m_value;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_given;
    std::optional<Result<T>> m_value;
};

template <typename T> QCoro::Task<> relay(Answer<T> answer, std::shared_ptr<Reply<T>> reply)
{
    const Result<T> value = co_await answer;
    reply->give(value);
}

} // namespace

//! The thread that the client lives in, and what other threads want of it.
class Q_DECL_HIDDEN BlockingClient::Private final : public QThread
{
public:
    //! Called in the thread; with null when there will be no client any more.
    using Wish = std::function<void(IoClient *)>;

    Private(QUrl url, ClientSettings clientSettings) : m_url(std::move(url)), m_settings(std::move(clientSettings))
    {
        setObjectName(QStringLiteral("drover client"));
        start();
    }

    void post(Wish wish)
    {
        {
            const std::lock_guard lock(m_mutex);
            if (!m_closed) {
                m_wishes.push_back(std::move(wish));
                wake();
                return;
            }
        }
        wish(nullptr);
    }

    //! What was wished before is done; the client ends while the loop turns, so that its sockets end with it.
    void close()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_closed = true;
            wake();
        }
        wait();
    }

private:
    void wake()
    {
        if (m_inbox && !std::exchange(m_woken, true))
            QMetaObject::invokeMethod(
                m_inbox, [this] { work(); }, Qt::QueuedConnection);
    }

    void run() override
    {
        QObject inbox;
        m_client = std::make_unique<IoClient>(m_url, m_settings);
        {
            const std::lock_guard lock(m_mutex);
            m_inbox = &inbox;
            wake();
        }
        exec();
    }

    void work()
    {
        std::vector<Wish> wishes;
        bool closed = false;
        {
            const std::lock_guard lock(m_mutex);
            m_woken = false;
            wishes.swap(m_wishes);
            closed = m_closed;
        }
        for (const Wish &wish : wishes)
            wish(m_client.get());
        if (closed)
            later([this] {
                m_client.reset();
                later([this] { quit(); });
            });
    }

    //! After what the loop has to do now.
    template <typename Fn> void later(Fn fn)
    {
        QMetaObject::invokeMethod(m_inbox, std::move(fn), Qt::QueuedConnection);
    }

    OwnApplication m_application;
    QUrl m_url;
    ClientSettings m_settings;
    std::mutex m_mutex;
    QObject *m_inbox = nullptr; //!< lives in the thread
    std::vector<Wish> m_wishes;
    bool m_woken = false;
    bool m_closed = false;
    std::unique_ptr<IoClient> m_client; //!< the thread's own
};

BlockingClient::BlockingClient(const QUrl &broker, const ClientSettings &settings)
    : d(std::make_shared<Private>(broker, settings))
{}

BlockingClient::BlockingClient(Context &context) : m_context(&context) {}

BlockingClient::~BlockingClient()
{
    if (d)
        d->close();
}

void BlockingClient::start(Submission submission, std::shared_ptr<WaitedTask> task)
{
    if (m_context)
        return startThrough(m_context->blocking(), std::move(submission), std::move(task));
    if (QThread::currentThread() == d.get()) {
        task->abandon(ownThread());
        return;
    }
    task->setHooks({[weak = std::weak_ptr(d), task = task.get()] {
                        if (const auto self = weak.lock())
                            self->post([id = task->id()](Client *client) {
                                if (client)
                                    client->cancel(id);
                            });
                    },
                    {}});
    d->post([submission = std::move(submission), task = std::move(task)](IoClient *client) mutable {
        if (client)
            feed(task, client->start(std::move(submission)));
        else
            task->abandon(closedError());
    });
}

std::shared_ptr<WaitedTask> BlockingClient::attachTask(TaskId id)
{
    auto made = std::make_shared<PendingTask>(id);
    made->codecs = codecs();
    auto task = std::make_shared<WaitedTask>(std::move(made));
    if (!d) {
        task->abandon(Error(ErrorCode::Unsupported, Client::tr("Inside of a task only its own tasks can be awaited.")));
        return task;
    }
    d->post([id, task](Client *client) {
        if (client)
            feed(task, client->attach(id).task());
        else
            task->abandon(closedError());
    });
    return task;
}

template <typename T, typename Question> Result<T> BlockingClient::ask(Milliseconds patience, Question question)
{
    if (!d)
        return fail(ErrorCode::Unsupported, Client::tr("Inside of a task a BlockingClient only submits and calls."));
    if (QThread::currentThread() == d.get())
        return fail(ownThread());
    const auto reply = std::make_shared<Reply<T>>();
    d->post([reply, question = std::move(question)](Client *client) {
        if (client)
            relay<T>(question(*client), reply);
        else
            reply->give(fail(closedError()));
    });
    return reply->await(patience);
}

Result<void> BlockingClient::connected(Milliseconds patience)
{
    const Milliseconds limit = qMin(patience, Milliseconds(std::numeric_limits<int>::max()));
    return ask<void>(limit + answerTime, [limit](Client &client) { return client.connected(limit); });
}

Result<CancelOutcome> BlockingClient::cancel(Milliseconds patience, TaskId id)
{
    return ask<CancelOutcome>(patience, [id](Client &client) { return client.cancel(id); });
}

Result<TaskInfo> BlockingClient::show(Milliseconds patience, TaskId id)
{
    return ask<TaskInfo>(patience, [id](Client &client) { return client.show(id); });
}

Result<TaskPage> BlockingClient::list(Milliseconds patience, const TaskQuery &query)
{
    return ask<TaskPage>(patience, [query](Client &client) { return client.list(query); });
}

Result<QList<AvailableFunction>> BlockingClient::functions(Milliseconds patience, const QString &function)
{
    return ask<QList<AvailableFunction>>(patience, [function](Client &client) { return client.functions(function); });
}

Result<BrokerStatus> BlockingClient::status(Milliseconds patience)
{
    return ask<BrokerStatus>(patience, [](Client &client) { return client.status(); });
}

Result<qsizetype> BlockingClient::close(Milliseconds patience)
{
    const Milliseconds limit = qMin(patience, Milliseconds(std::numeric_limits<int>::max()));
    return ask<qsizetype>(limit + answerTime, [limit](Client &client) { return client.close(limit); });
}

} // namespace drover
