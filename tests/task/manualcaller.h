// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "task/caller.h"

namespace drover {

//! A caller whose tasks end when the test says so.
class ManualCaller : public Caller
{
public:
    QList<Submission> sent;
    QList<std::shared_ptr<PendingTask>> tasks;
    QList<TaskId> cancelled;

    void finish(qsizetype index, const QVariant &value)
    {
        tasks.at(index)->complete(Payload::cbor(*encodeValue(value)), true);
    }

protected:
    std::shared_ptr<PendingTask> start(Submission submission) override
    {
        auto task = std::make_shared<PendingTask>(submission.id);
        task->cancelRequested = [this, id = submission.id] { cancelled.append(id); };
        sent.append(std::move(submission));
        tasks.append(task);
        return task;
    }
};

} // namespace drover
