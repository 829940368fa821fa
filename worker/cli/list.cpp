// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/columns.h"
#include "cli/signals.h"
#include "cli/terminal.h"
#include "cli/verb.h"
#include "task/taskquery.h"

#include <QtCore/QDateTime>
#include <QtCore/QTimer>

namespace drover::cli {

namespace {

constexpr Milliseconds watchPause{1000};

void declare(OptionList &options)
{
    options.addOptions({
        {QStringLiteral("state"), Client::tr("Only tasks in this state; may be repeated."), QStringLiteral("state")},
        {QStringLiteral("queue"), Client::tr("Only tasks of this queue."), QStringLiteral("queue")},
        {QStringLiteral("function"), Client::tr("Only calls of this function; drover.run for commands."),
         QStringLiteral("function")},
        {QStringLiteral("worker"), Client::tr("Only tasks whose last attempt was on this worker."),
         QStringLiteral("worker")},
        {QStringLiteral("batch"), Client::tr("Only items of this batch."), QStringLiteral("task")},
        {QStringLiteral("limit"), Client::tr("At most so many; 100 unless given."), QStringLiteral("number"),
         QStringLiteral("100")},
        {QStringLiteral("watch"), Client::tr("List again each second, until Ctrl-C.")},
    });
}

Result<TaskQuery> queryOf(const Shell &shell)
{
    TaskQuery query;
    query.queue = shell.value(QStringLiteral("queue"));
    query.function = shell.value(QStringLiteral("function"));
    query.worker = shell.value(QStringLiteral("worker"));
    for (const QString &name : shell.values(QStringLiteral("state")).join(u',').split(u',', Qt::SkipEmptyParts)) {
        const auto state = stateFromString(name.trimmed());
        if (!state)
            return fail(ErrorCode::InvalidArgument,
                        QStringLiteral("--state takes a state such as PENDING, STARTED, SUCCESS or FAILURE, got \"%1\"")
                            .arg(name));
        query.states.append(*state);
    }
    if (const QString batch = shell.value(QStringLiteral("batch")); !batch.isEmpty()) {
        const auto id = TaskId::fromString(batch);
        if (!id)
            return fail(ErrorCode::InvalidArgument,
                        QStringLiteral("--batch takes the id of a batch, got \"%1\"").arg(batch));
        query.batch = *id;
    }
    bool ok = false;
    query.limit = shell.value(QStringLiteral("limit")).toUInt(&ok);
    if (!ok || query.limit == 0)
        return fail(
            ErrorCode::InvalidArgument,
            QStringLiteral("--limit takes a number from 1, got \"%1\"").arg(shell.value(QStringLiteral("limit"))));
    return query;
}

//! All pages up to the limit.
QCoro::Task<Result<TaskPage>> tasksOf(Shell &shell, TaskQuery query)
{
    TaskPage all;
    const quint32 wanted = query.limit;
    do {
        query.limit = qMin<quint32>(TaskQuery::maxLimit, wanted - quint32(all.tasks.size()));
        Result<TaskPage> page = co_await shell.client().list(query);
        if (!page)
            co_return page;
        all.tasks += page->tasks;
        all.more = page->more;
        query.before = page->next;
    } while (all.more && all.tasks.size() < wanted);
    co_return Result<TaskPage>(all);
}

QString whenText(qint64 ms)
{
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(ms);
    return at.toString(at.date() == QDate::currentDate() ? QStringLiteral("HH:mm:ss") : QStringLiteral("yyyy-MM-dd"));
}

void print(Shell &shell, const TaskPage &page)
{
    if (shell.wantsJson()) {
        for (const TaskInfo &task : page.tasks)
            shell.print(toJson(task));
        return;
    }
    QList<QStringList> rows{{QStringLiteral("ID"), QStringLiteral("STATE"), QStringLiteral("SUBMITTED"),
                             QStringLiteral("QUEUE"), QStringLiteral("WORKER"), QStringLiteral("TASK")}};
    for (const TaskInfo &task : page.tasks) {
        const QString worker = task.worker.isEmpty() ? QStringLiteral("-") : task.worker;
        rows.append({task.id.toString(), toString(task.state), whenText(task.submittedMs), task.queue, worker,
                     task.function + u' ' + task.summary});
    }
    if (page.tasks.isEmpty())
        shell.print(QStringLiteral("There is no such task."));
    else
        shell.print(columns(rows).join(u'\n'));
    if (page.more)
        shell.complain(QStringLiteral("there are more; --limit shows more than %1").arg(page.tasks.size()));
}

QCoro::Task<int> watch(Shell &shell, TaskQuery query)
{
    Answer<int> ended;
    Signals signals_;
    QTimer timer;
    QObject::connect(&signals_, &Signals::asked, &signals_, [tell = ended.sink()] { tell(int(Interrupted)); });
    const auto show = [&shell](const Result<TaskPage> &page) {
        if (!page)
            return shell.complain(page.error().message());
        if (isOutputTerminal())
            Shell::writeOutput("\x1b[H\x1b[J");
        print(shell, *page);
    };
    query.limit = qMin(query.limit, TaskQuery::maxLimit);
    const auto again = [&shell, &timer, show, query] { shell.client().list(query).then(&timer, show); };
    QObject::connect(&timer, &QTimer::timeout, &timer, again);
    timer.start(watchPause);
    again();
    const Result<int> code = co_await ended;
    co_return *code;
}

QCoro::Task<int> run(Shell &shell)
{
    const Result<TaskQuery> query = queryOf(shell);
    if (!query)
        co_return shell.failed(query.error());
    if (!co_await shell.connected())
        co_return DroverFailure;
    if (shell.isSet(QStringLiteral("watch")))
        co_return co_await watch(shell, *query);
    const Result<TaskPage> page = co_await tasksOf(shell, *query);
    if (!page)
        co_return shell.failed(page.error());
    print(shell, *page);
    co_return Success;
}

} // namespace

const Verb listVerb{
    .name = "list",
    .arguments = "",
    .summary = "Lists tasks, the last submitted first",
    .description = "Tasks that wait, run or have ended, of this user; of all users for who may administer the broker.",
    .examples = {{"drover list --state STARTED --watch", "What runs, each second."},
                 {"drover list --state FAILURE --function lab.fib --json", "Failed calls of lab.fib, for a program."}},
    .exits = {{"130", "Ctrl-C ended --watch."}},
    .declare = declare,
    .run = run};

} // namespace drover::cli
