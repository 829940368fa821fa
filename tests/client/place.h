// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/blockingclient.h"
#include "task/registry.h"
#include "testing/main.h"
#include "testing/site.h"

#include <QtTest/QTest>

#include <memory>
#include <optional>

namespace drover::testing {

//! One kind of broker with the functions of the lab plugin and the test plugin behind it: `loopback:` in this process,
//! `embedded:` with a worker process, `local:` with a broker and a worker process. The worker has one slot and the tag
//! "here".
class Place
{
public:
    explicit Place(const QString &scheme);
    ~Place();

    //! Names the kinds, for the rows of a test.
    static QStringList schemes();
    static void addRows();

    //! Makes the client, and waits until the functions are there.
    bool start();
    bool awaitFunctions();
    Client &client() { return *m_client; }
    void destroyClient() { m_client.reset(); }
    bool isRemote() const { return m_site.has_value(); }
    //! Another client of the same broker; null where there can be none.
    std::unique_ptr<Client> another();
    //! One for threads that wait, in place of the client; null when it does not see the functions.
    std::unique_ptr<BlockingClient> blocking();
    bool startBroker();
    bool startWorker();
    Site &site() { return *m_site; }

private:
    ClientSettings settings();

    QString m_scheme;
    Registry m_registry;
    std::optional<Site> m_site;
    std::unique_ptr<Client> m_client;
};

inline constexpr int patienceMs = 30'000;

//! The result of a task, waited for with a turning event loop; Timeout when it does not come.
template <typename R> Result<R> resultOf(const Submitted<R> &task)
{
    if (!QTest::qWaitFor([&] { return task.isFinished(); }, patienceMs))
        return fail(ErrorCode::Timeout, QStringLiteral("the task did not end"));
    return task.result();
}

template <typename T> Result<T> resultOf(const Answer<T> &answer)
{
    QObject context;
    std::optional<Result<T>> got;
    answer.then(&context, [&](Result<T> value) { got = std::move(value); });
    if (!QTest::qWaitFor([&] { return got.has_value(); }, patienceMs))
        return fail(ErrorCode::Timeout, QStringLiteral("no answer came"));
    return *std::move(got);
}

//! Whether the task is durable.
template <typename R> Result<void> acceptanceOf(const Submitted<R> &task)
{
    if (!QTest::qWaitFor([&] { return task.task()->isAccepted(); }, patienceMs))
        return fail(ErrorCode::Timeout, QStringLiteral("the task was not accepted"));
    return task.task()->accepted();
}

//! True once the broker says that the task is in \a state.
bool reaches(Client &client, TaskId id, State state);

} // namespace drover::testing
