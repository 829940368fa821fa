// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/commandoptions.h"
#include "cli/mapreport.h"
#include "cli/signals.h"
#include "cli/verb.h"
#include "cli/waitreason.h"
#include "client/batch.h"
#include "task/summary.h"

#include <cstdlib>
#include <ranges>

namespace drover::cli {

namespace {

void declare(OptionList &options)
{
    options.addOptions({
        {{QStringLiteral("j"), QStringLiteral("jobs")},
         Client::tr("At most so many are submitted and not ended at a time."),
         QStringLiteral("number")},
        {QStringLiteral("joblog"), Client::tr("Write a line here for each item that has ended."),
         QStringLiteral("file")},
        {QStringLiteral("resume"),
         Client::tr("Leave out the items that --joblog says have succeeded, and go on with that file.")},
        {{QStringLiteral("0"), QStringLiteral("null")},
         Client::tr("Items of standard input end with a zero byte, not with a line.")},
    });
    declareTaskOptions(options, false);
    declareCommandOptions(options);
}

//! What is to be done, all of it checked.
struct Work
{
    std::shared_ptr<const MapPlan> plan;
    Command pattern;
    MapOptions options;
    QList<qint64> pending;
    std::unique_ptr<JobLog> log;
};

Result<QStringList> readItems(const Shell &shell)
{
    QFile input;
    if (!input.open(stdin, QFile::ReadOnly))
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("standard input cannot be read: %1").arg(input.errorString()));
    return MapPlan::itemsOf(input.readAll(), shell.isSet(QStringLiteral("null")));
}

Result<MapOptions> mapOptions(const Shell &shell, const MapPlan &plan)
{
    const Result<Options> each = taskOptions(shell, false);
    if (!each)
        return fail(each.error());
    MapOptions options;
    options.options(*each).name(shortened(plan.words().join(u' ')));
    bool ok = true;
    if (shell.isSet(QStringLiteral("jobs")))
        options.limit(shell.value(QStringLiteral("jobs")).toUInt(&ok));
    if (!ok || (shell.isSet(QStringLiteral("jobs")) && options.limit() == 0))
        return fail(
            ErrorCode::InvalidArgument,
            QStringLiteral("--jobs takes a number from 1, got \"%1\"").arg(shell.value(QStringLiteral("jobs"))));
    return options;
}

Result<QSet<qint64>> doneBefore(const Shell &shell, const MapPlan &plan)
{
    if (!shell.isSet(QStringLiteral("resume")))
        return QSet<qint64>();
    if (!shell.isSet(QStringLiteral("joblog")))
        return fail(ErrorCode::InvalidArgument, QStringLiteral("--resume needs the --joblog of the run before"));
    return JobLog::succeeded(shell.value(QStringLiteral("joblog")), [&plan](qint64 seq) {
        return seq <= plan.total() ? plan.command(seq, {}).toString() : QString();
    });
}

Result<Work> workOf(const Shell &shell)
{
    Result<MapPlan> plan = MapPlan::make(shell.arguments());
    if (!plan)
        return fail(plan.error());
    Work work;
    const Result<Command> pattern = commandOf(shell, plan->words());
    const Result<MapOptions> options = mapOptions(shell, *plan);
    if (!pattern || !options)
        return fail(!pattern ? pattern.error() : options.error());
    if (!plan->hasItems()) {
        Result<QStringList> items = readItems(shell);
        if (!items)
            return fail(items.error());
        plan->setItems(*std::move(items));
    }
    const Result<QSet<qint64>> done = doneBefore(shell, *plan);
    if (!done)
        return fail(done.error());
    for (qint64 seq = 1; seq <= plan->total(); ++seq) {
        if (!done->contains(seq))
            work.pending.append(seq);
    }
    if (const QString file = shell.value(QStringLiteral("joblog")); !file.isEmpty()) {
        auto log = JobLog::open(file, shell.isSet(QStringLiteral("resume")));
        if (!log)
            return fail(log.error());
        work.log = *std::move(log);
    }
    work.pattern = *pattern;
    work.options = *options;
    work.plan = std::make_shared<const MapPlan>(*std::move(plan));
    return work;
}

Batch<CommandResult> submitAll(Shell &shell, const Work &work)
{
    auto commands = std::views::iota(qsizetype(0), work.pending.size())
        | std::views::transform([plan = work.plan, pattern = work.pattern, pending = work.pending](qsizetype index) {
                        return plan->command(pending[index], pattern);
                    });
    return shell.client().map(commands, work.options);
}

QCoro::Task<int> run(Shell &shell)
{
    Result<Work> work = workOf(shell);
    if (!work)
        co_return shell.failed(work.error());
    if (work->pending.isEmpty())
        co_return Success;
    if (!co_await shell.connected())
        co_return DroverFailure;
    const Batch<CommandResult> batch = submitAll(shell, *work);
    MapReport report(shell, *work->plan, work->pending, std::move(work->log));
    WaitReason reason(shell, batch.taskId(0));
    bool interrupted = false;
    Signals signals_;
    QObject::connect(&signals_, &Signals::asked, &signals_, [&](int count) {
        if (count > 1)
            std::_Exit(Interrupted);
        interrupted = true;
        shell.complain(QStringLiteral("cancelling the %1 items that have not ended; once more to leave at once")
                           .arg(report.total() - report.done()));
        (void)batch.cancel();
    });
    while (true) {
        const std::optional<Batch<CommandResult>::Item> item = co_await batch.next();
        if (!item)
            break;
        if (item->index < 0)
            co_return shell.failed(item->result.error());
        report.take(item->index, batch.taskId(quint32(item->index)), item->result);
        reason.setTask(batch.taskId(quint32(qMin(item->index + 1, report.total() - 1))));
    }
    report.hideProgress();
    (void)co_await report.logged();
    if (interrupted)
        co_return Interrupted;
    if (report.failed() == 0)
        co_return Success;
    shell.complain(QStringLiteral("%1 of %2 items failed").arg(report.failed()).arg(report.total()));
    co_return TaskFailure;
}

} // namespace

const Verb mapVerb{
    .name = "map",
    .arguments = "-- COMMAND [WORD...] [::: ITEM...]",
    .summary = "Runs a command for each item, spread over the workers",
    .description =
        "The items are the words behind `:::`, else the lines of standard input, which is read to its end first. `{}` in "
        "any word of the command, also inside a word, becomes the item; without a `{}` the item is appended as one more "
        "word.\n\n"
        "What the commands write is printed in the order of the items, byte for byte, each as soon as all before it have "
        "ended; standard error goes to standard error. One item that fails does not stop the others.\n\n"
        "--joblog writes a line for each item that has ended, in the format of GNU parallel. With --resume the items "
        "whose last line there has exit code 0 and no signal are left out, all others run; the command and the input "
        "must be the same as before. Items that were cancelled have no line, and run again.\n\n"
        "Ctrl-C cancels all that has not ended.",
    .examples = {{"seq 100 | drover map -- sh -c 'echo $(( {} * {} ))'", "A hundred squares."},
                 {"drover map -- gzip -9 {} ::: /srv/*.log", "One task a file."},
                 {"drover map --joblog log --resume -- ./render {} < scenes", "Goes on where it was interrupted."}},
    .exits = {{"1", "An item failed; the last line says how many."}, {"130", "Ctrl-C; the rest was cancelled."}},
    .completes = Words::Commands,
    .takesCommand = true,
    .declare = declare,
    .run = run};

} // namespace drover::cli
