// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/storereader.h"

#include "broker/storebackup.h"
#include "support/logging.h"

namespace drover {

StoreReader::StoreReader(const QString &path, StoreReplies &replies)
    : m_path(path), m_replies(replies), m_thread([this] { run(); })
{}

StoreReader::~StoreReader()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
    }
    m_posted.notify_one();
    m_thread.join();
}

void StoreReader::post(std::variant<QueryRequest, MaintainRequest> question)
{
    {
        const std::lock_guard lock(m_mutex);
        m_questions.push_back(std::move(question));
    }
    m_posted.notify_one();
}

void StoreReader::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_posted.wait(lock, [this] { return m_closing || !m_questions.empty(); });
        if (m_closing)
            return;
        const auto question = std::move(m_questions.front());
        m_questions.pop_front();
        lock.unlock();
        std::visit([this](const auto &known) { m_replies.add(answer(known)); }, question);
        lock.lock();
    }
}

MaintenanceDone StoreReader::answer(const MaintainRequest &request) const
{
    try {
        return {request.request, backUp(m_path, request.path)};
    } catch (const TaskError &trouble) {
        return {request.request, fail(trouble.error())};
    }
}

TasksListed StoreReader::answer(const QueryRequest &question)
{
    try {
        if (!m_query) {
            m_database.emplace(m_path);
            m_database->execute("PRAGMA query_only=1");
            m_query.emplace(*m_database);
        }
        m_database->execute("BEGIN");
        TasksListed listed = m_query->run(question);
        m_database->execute("COMMIT");
        return listed;
    } catch (const TaskError &trouble) {
        qCWarning(logStore, "A list of tasks could not be read: %s", qPrintable(trouble.error().message()));
        m_query.reset();
        m_database.reset();
        return {question.request, {}, trouble.error()};
    }
}

} // namespace drover
