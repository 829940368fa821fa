// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/storequery.h"

#include "broker/recordcodec.h"
#include "broker/taskview.h"

#include <QtCore/QDeadlineTimer>

namespace drover {

namespace {

constexpr Milliseconds longest{1000}; // of one read transaction: the log cannot be cleared meanwhile

//! Greater than every id of the batch \a id, which share its first 12 bytes.
TaskId endOfBatch(const TaskId &id)
{
    std::array<quint8, 16> bytes = id.bytes();
    std::fill(bytes.begin() + 12, bytes.end(), 0xff);
    return TaskId(bytes);
}

bool mayHaveState(const TaskQuery &query, State stored)
{
    return query.states.isEmpty() || query.states.contains(stored)
        || (stored == State::Received && query.states.contains(State::Started));
}

} // namespace

void StoreQuery::Cursor::start(const TaskId &above, const TaskId &below)
{
    statement.start(above.view(), below.view());
    step();
}

void StoreQuery::Cursor::step()
{
    id = statement.step() ? TaskId::fromBytes(statement.blob(0)).value_or(TaskId()) : TaskId();
}

StoreQuery::StoreQuery(Database &database)
    : m_path(database.path()), m_live{database.prepare(
                                          "SELECT id, state, key, task, delivery FROM live WHERE id > ? AND id < ?"
                                          " ORDER BY id DESC"),
                                      false,
                                      {}},
      m_history{database.prepare("SELECT id, state, ending, task, delivery FROM history WHERE id > ? AND id < ?"
                                 " ORDER BY id DESC"),
                true,
                {}}
{}

std::optional<TaskInfo> StoreQuery::read(const Cursor &cursor, const QueryRequest &question) const
{
    const Statement &row = cursor.statement;
    if (!mayHaveState(question.query, State(row.integer(1))))
        return std::nullopt;
    Result<StoredTask> stored = decodeTask(cursor.finished ? 0 : row.integer(2), row.blob(3), row.blob(4));
    if (!stored)
        throw TaskError(damaged(m_path, stored.error().message()));
    if (!question.owner.isEmpty() && stored->lane.owner != question.owner)
        return std::nullopt;
    TaskInfo info;
    if (cursor.finished) {
        Result<Ending> ending = decodeEnding(row.blob(2));
        if (!ending)
            throw TaskError(damaged(m_path, ending.error().message()));
        info = taskInfo(FinishedTask{*std::move(stored), *std::move(ending)});
    } else {
        info = taskInfo(*stored);
    }
    info.attempts.clear();
    TaskQuery others = question.query;
    others.states.clear();
    return matches(others, info) ? std::optional(std::move(info)) : std::nullopt;
}

TasksListed StoreQuery::run(const QueryRequest &question)
{
    const TaskQuery &query = question.query;
    TasksListed answer{question.request, {}, {}};
    TaskPage &page = answer.page;
    TaskId below = query.batch.isNull() ? *TaskId::fromBytes(QByteArray(16, '\xff')) : endOfBatch(query.batch);
    if (!query.before.isNull() && query.before < below)
        below = query.before;
    const auto limit = qsizetype(qBound(1u, query.limit, TaskQuery::maxLimit));
    const QDeadlineTimer deadline(longest);
    m_live.start(query.batch, below);
    m_history.start(query.batch, below);
    while (!m_live.id.isNull() || !m_history.id.isNull()) {
        if (page.tasks.size() == limit || deadline.hasExpired()) {
            page.more = true;
            break;
        }
        Cursor &cursor = m_live.id > m_history.id ? m_live : m_history;
        if (auto info = read(cursor, question))
            page.tasks.append(*std::move(info));
        page.next = cursor.id;
        cursor.step();
    }
    m_live.statement.reset();
    m_history.statement.reset();
    return answer;
}

} // namespace drover
