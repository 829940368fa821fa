// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "evidence.h"

#include "submitter.h"

#include <QtTest/QTest>

using namespace drover;

namespace {

constexpr int answerPatienceMs = 60'000;
constexpr qsizetype together = 200; // questions at a time

template <typename T> Result<T> await(const Answer<T> &answer)
{
    QObject context;
    std::optional<Result<T>> got;
    answer.then(&context, [&](Result<T> value) { got = std::move(value); });
    if (!QTest::qWaitFor([&] { return got.has_value(); }, answerPatienceMs))
        return fail(ErrorCode::Timeout, QStringLiteral("no answer came"));
    return *std::move(got);
}

} // namespace

QStringList Evidence::collect(const QString &home)
{
    Client client(QUrl(QStringLiteral("local:")), ClientSettings().home(home).startBroker(false));
    TaskQuery unfinished;
    unfinished.states = {State::Scheduled, State::Pending, State::Received,
                         State::Started,   State::Retry,   State::Cancelling};
    const auto isQuiet = [&] {
        const Result<TaskPage> page = await(client.list(unfinished));
        return page && page->tasks.isEmpty() && !page->more;
    };
    if (!QTest::qWaitFor(isQuiet, answerPatienceMs))
        return {QStringLiteral("Some tasks have not ended.")};
    QStringList wrong = listAll(client); // each needs what the one before it found
    wrong += showAll(client);
    wrong += resultsOfAll(client);
    return wrong;
}

QStringList Evidence::listAll(Client &client)
{
    TaskQuery query;
    query.limit = TaskQuery::maxLimit;
    for (bool more = true; more;) {
        const Result<TaskPage> page = await(client.list(query));
        if (!page)
            return {page.error().message()};
        for (const TaskInfo &task : page->tasks) {
            if (tasks.contains(task.id))
                listedTwice.append(task.id);
            tasks.insert(task.id, task);
        }
        more = page->more;
        query.before = page->next;
    }
    return {};
}

QStringList Evidence::showAll(Client &client)
{
    QStringList wrong;
    const QList<TaskId> all = tasks.keys();
    for (qsizetype from = 0; from < all.size(); from += together) {
        QList<Answer<TaskInfo>> answers;
        for (const TaskId &id : all.mid(from, together))
            answers.append(client.show(id));
        for (qsizetype i = 0; i < answers.size(); ++i) {
            if (const Result<TaskInfo> task = await(answers[i]))
                tasks[all[from + i]] = *task;
            else
                wrong.append(QStringLiteral("%1: %2").arg(all[from + i].toString(), task.error().message()));
        }
    }
    return wrong;
}

QStringList Evidence::resultsOfAll(Client &client)
{
    QList<TaskId> settled;
    for (const auto &[name, entries] : ledgers) {
        for (const auto &[number, entry] : entries) {
            if (!entry.result.isEmpty())
                settled.append(entry.id);
        }
    }
    for (qsizetype from = 0; from < settled.size(); from += together) {
        QList<Submitted<QVariant>> attached;
        for (const TaskId &id : settled.mid(from, together))
            attached.append(client.attach(id));
        for (const auto &task : attached) {
            if (!QTest::qWaitFor([&] { return task.isFinished(); }, answerPatienceMs))
                return {QStringLiteral("%1: its result does not come").arg(task.id().toString())};
            results.insert(task.id(), resultText(*task.task()));
        }
    }
    return {};
}
