// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/storewriter.h"

#include "support/logging.h"

#include <QtCore/QDateTime>

namespace drover {

namespace {

constexpr Milliseconds tidyTime{600'000}; // the same when they are up to date, until what is old is looked for
constexpr Milliseconds idleTime{250}; // without requests, until the tables are brought up

} // namespace

StoreWriter::StoreWriter(std::unique_ptr<StoreCore> core, std::function<void()> wake)
    : m_replies(std::move(wake)), m_core(std::move(core)), m_thread([this] { run(); })
{}

StoreWriter::~StoreWriter()
{
    close();
}

void StoreWriter::post(StoreRequest request)
{
    bool first = false;
    {
        const std::lock_guard lock(m_mutex);
        if (m_failed || m_closing)
            return;
        first = m_requests.empty();
        m_requests.push_back(std::move(request));
    }
    if (first)
        m_posted.notify_one();
}

void StoreWriter::close()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
    }
    m_posted.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

void StoreWriter::run()
{
    try {
        work();
        m_reader.reset();
        m_core.reset();
    } catch (const TaskError &trouble) {
        qCCritical(logStore, "The store failed: %s", qPrintable(trouble.error().message()));
        m_reader.reset();
        m_core.reset();
        {
            const std::lock_guard lock(m_mutex);
            m_failed = true;
            m_requests.clear();
        }
        m_replies.add(StoreFailed{trouble.error()});
    }
}

void StoreWriter::work()
{
    Requests requests;
    for (bool closing = false; !closing;) {
        const bool idle = !take(requests, closing);
        serve(requests);
        requests.clear();
        // a store that is never idle forgets, too
        if (const qint64 nowMs = QDateTime::currentMSecsSinceEpoch(); idle || m_core->mustForget(nowMs))
            m_core->tidy(nowMs);
        if (!m_compacting.empty())
            compactFurther();
    }
    m_core->pass();
}

bool StoreWriter::take(Requests &requests, bool &closing)
{
    std::unique_lock lock(m_mutex);
    const auto ready = [this] { return !m_requests.empty() || m_closing; };
    if (!m_compacting.empty()) {
        // what comes meanwhile goes first
    } else if (!m_posted.wait_for(lock, m_core->hasChanges() ? idleTime : tidyTime, ready)) {
        return false;
    }
    requests.swap(m_requests);
    closing = m_closing;
    return true;
}

void StoreWriter::serve(const Requests &requests)
{
    std::optional<quint64> appended;
    bool sync = false;
    const auto commit = [&] {
        if (!appended)
            return;
        const bool synced = m_core->commit(std::exchange(sync, false));
        m_replies.add(Committed{*std::exchange(appended, std::nullopt), synced});
        if (m_core->wantsPass())
            m_core->pass();
    };
    for (const StoreRequest &request : requests) {
        if (const auto *append = std::get_if<AppendRequest>(&request)) {
            for (const Record &record : append->records)
                m_core->add(record);
            appended = append->number;
            sync |= append->sync;
        } else {
            commit();
            answer(request);
        }
    }
    commit();
}

void StoreWriter::answer(const StoreRequest &request)
{
    if (const auto *load = std::get_if<LoadRequest>(&request))
        m_replies.add(LaneLoaded{load->lane, m_core->load(load->lane, load->fromTurn, load->limit)});
    else if (const auto *find = std::get_if<FindRequest>(&request))
        m_replies.add(m_core->find(find->request, find->id));
    else if (const auto *question = std::get_if<QueryRequest>(&request))
        forward(*question);
    else if (const auto *maintenance = std::get_if<MaintainRequest>(&request))
        maintain(*maintenance);
}

// A copy is written by the reader's thread, whatever its size.
void StoreWriter::maintain(const MaintainRequest &request)
{
    m_core->pass();
    const QString path = m_core->sharedPath();
    if (path.isEmpty()) {
        m_replies.add(MaintenanceDone{
            request.request,
            fail(ErrorCode::Unsupported, QStringLiteral("This broker keeps its queues in memory only."))});
    } else if (request.what == Maintenance::Compact) {
        const quint64 size = m_core->fileSize();
        m_compacting.push_back({request.request, MaintenanceResult{size, size}});
    } else {
        if (!m_reader)
            m_reader = std::make_unique<StoreReader>(path, m_replies);
        m_reader->post(request);
    }
}

void StoreWriter::compactFurther()
{
    Result<void> compacted;
    try {
        if (m_core->compactStep())
            return;
    } catch (const TaskError &trouble) {
        if (!trouble.error().isTransient())
            throw;
        compacted = fail(trouble.error()); // no reason to end for: all is as it was
    }
    for (MaintenanceDone &done : m_compacting) {
        if (compacted)
            done.result->bytesAfter = m_core->fileSize();
        else
            done.result = fail(compacted.error());
        m_replies.add(std::move(done));
    }
    m_compacting.clear();
}

void StoreWriter::forward(const QueryRequest &question)
{
    m_core->pass();
    const QString path = m_core->sharedPath();
    if (path.isEmpty())
        return m_replies.add(m_core->query(question));
    if (!m_reader)
        m_reader = std::make_unique<StoreReader>(path, m_replies);
    m_reader->post(question);
}

} // namespace drover
