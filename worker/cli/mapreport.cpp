// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/mapreport.h"

#include "cli/outcome.h"
#include "cli/verb.h"

namespace drover::cli {

MapReport::MapReport(Shell &shell, const MapPlan &plan, QList<qint64> pending, std::unique_ptr<JobLog> log)
    : m_shell(shell), m_plan(plan), m_pending(std::move(pending)), m_log(std::move(log)),
      m_progress(shell, m_pending.size())
{}

void MapReport::take(qint64 index, TaskId task, Result<CommandResult> result)
{
    if (index < 0 || index >= m_pending.size())
        return;
    ++m_done;
    m_failed += exitCodeOf(result) != 0;
    m_progress.set(m_done, m_failed);
    const auto ended = m_waiting.emplace(index, Ended{task, std::move(result)}).first;
    if (m_log)
        log(m_pending[index], ended->second);
    for (auto first = m_waiting.begin(); first != m_waiting.end() && first->first == m_next; ++m_next) {
        m_progress.hide();
        print(m_pending[first->first], first->second);
        first = m_waiting.erase(first);
    }
}

void MapReport::print(qint64 seq, const Ended &ended)
{
    if (m_shell.wantsJson())
        return printJson(seq, ended);
    if (!exitCodeOf(ended.result)) {
        const Error &error = ended.result.error();
        if (error.code() != ErrorCode::Revoked)
            m_shell.complain(QStringLiteral("item %1 (%2): %3").arg(seq).arg(m_plan.item(seq), error.message()));
        return;
    }
    const CommandResult output = outputOf(ended.result);
    Shell::writeOutput(output.output());
    Shell::writeErrorOutput(output.errorOutput());
    if (output.isOutputTruncated())
        m_shell.complain(
            QStringLiteral("item %1 (%2): only the head of its output was kept").arg(seq).arg(m_plan.item(seq)));
}

void MapReport::printJson(qint64 seq, const Ended &ended)
{
    QJsonObject object{{QStringLiteral("seq"), seq},
                       {QStringLiteral("item"), m_plan.item(seq)},
                       {QStringLiteral("id"), ended.task.toString()}};
    if (const auto code = exitCodeOf(ended.result)) {
        const CommandResult output = outputOf(ended.result);
        object.insert(QStringLiteral("exitCode"), *code);
        object.insert(QStringLiteral("output"), toJson(QVariant(output.output())));
        object.insert(QStringLiteral("errorOutput"), toJson(QVariant(output.errorOutput())));
        object.insert(QStringLiteral("truncated"), output.isOutputTruncated());
    } else {
        object.insert(QStringLiteral("error"), toJson(ended.result.error()));
    }
    m_shell.print(object);
}

// Where and when it ran, the broker knows. What was cancelled has not ended by itself: it runs again with --resume.
void MapReport::log(qint64 seq, const Ended &ended)
{
    if (!ended.result && ended.result.error().code() == ErrorCode::Revoked)
        return;
    ++m_logging;
    m_shell.client()
        .show(ended.task)
        .then(&m_context,
              [this, seq, result = ended.result](const Result<TaskInfo> &task) { write(seq, task, result); });
}

void MapReport::write(qint64 seq, const Result<TaskInfo> &task, const Result<CommandResult> &result)
{
    Job job;
    job.seq = seq;
    job.command = m_plan.command(seq, {}).toString();
    if (task && !task->attempts.isEmpty()) {
        const AttemptInfo &attempt = task->attempts.last();
        job.host = attempt.worker;
        job.startedMs = attempt.startedMs;
        job.runtimeMs = qMax<qint64>(0, attempt.finishedMs - attempt.startedMs);
    }
    const std::optional<CommandResult> output = result ? *result : CommandResult::fromError(result.error());
    job.received = output ? output->output().size() : 0;
    job.exitCode = exitCodeOf(result).value_or(DroverFailure);
    if (!result && exitCodeOf(result)) {
        job.signal = result.error().details().value(QStringLiteral("signal")).toInt();
        job.exitCode = job.signal ? 0 : job.exitCode;
    }
    m_log->append(job);
    if (--m_logging == 0)
        m_logged.sink()({});
}

Answer<void> MapReport::logged()
{
    Answer<void> now;
    if (m_logging > 0)
        return m_logged = Answer<void>();
    now.sink()({});
    return now;
}

} // namespace drover::cli
