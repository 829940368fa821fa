// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/batchcore.h"

#include <map>

namespace drover {

//! The batches of a LoopbackBackend: a few of their tasks run at a time, and all results are kept.
class LoopbackBatches
{
public:
    using Submit = std::function<void(std::shared_ptr<PendingTask> task, Submission submission)>;

    LoopbackBatches(QObject *owner, Submit submit) : m_owner(owner), m_submit(std::move(submit)) {}
    LoopbackBatches(const LoopbackBatches &) = delete;
    LoopbackBatches &operator=(const LoopbackBatches &) = delete;

    void open(const std::shared_ptr<BatchCore> &core);
    Result<CancelOutcome> cancel(const TaskId &id);
    void abandonAll(const Error &error);

private:
    struct Known
    {
        BatchInfo info;
        std::shared_ptr<BatchCore> source; //!< whose range it is
        std::vector<std::shared_ptr<BatchCore>> cores; //!< who is fed
        std::map<quint32, std::shared_ptr<PendingTask>> tasks;
        quint32 running = 0;
    };
    using Entry = std::shared_ptr<Known>;

    void pumpSoon(const Entry &batch);
    void pump(const Entry &batch);
    void run(const Entry &batch, Submission submission);
    void ended(const Entry &batch, quint32 number, const Outcome &outcome);
    void attach(const std::shared_ptr<BatchCore> &core);
    void tell(const Entry &batch);
    static BatchInfo infoOf(const Known &batch);

    QObject *m_owner;
    Submit m_submit;
    std::map<TaskId, Entry> m_batches;
    std::shared_ptr<char> m_alive = std::make_shared<char>();
};

} // namespace drover
