// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/blockingcaller.h"

#include "task/command.h"

namespace drover {

BlockingCaller::BlockingCaller() : m_codecs(std::make_shared<Codecs>()) {}

BlockingCaller::~BlockingCaller() = default;

std::shared_ptr<PendingTask> BlockingCaller::Desk::start(Submission made)
{
    submission = std::move(made);
    return std::make_shared<PendingTask>(submission->id);
}

TaskId BlockingCaller::Desk::newId()
{
    const std::lock_guard lock(m_owner.m_idMutex);
    return m_owner.m_ids.next();
}

void BlockingCaller::addCodec(const QString &name, Codecs::Convert encode, Codecs::Convert decode)
{
    m_codecs->add(name, std::move(encode), std::move(decode));
}

BlockingTask<QVariant> BlockingCaller::submit(Milliseconds patience, QAnyStringView function,
                                              const QVariantList &arguments, const Options &options)
{
    Desk desk(*this);
    const Submitted<QVariant> made = desk.submit(function, arguments, options);
    return BlockingTask<QVariant>(hand(desk, made.task(), patience));
}

Result<QVariant> BlockingCaller::call(Milliseconds patience, QAnyStringView function, const QVariantList &arguments,
                                      const Options &options)
{
    return submit(Milliseconds::zero(), function, arguments, options).wait(patience);
}

BlockingTask<CommandResult> BlockingCaller::submit(Milliseconds patience, const Command &command,
                                                   const Options &options)
{
    return submit(patience, runCommand, command, options);
}

Result<CommandResult> BlockingCaller::call(Milliseconds patience, const Command &command, const Options &options)
{
    return submit(Milliseconds::zero(), command, options).wait(patience);
}

std::shared_ptr<WaitedTask> BlockingCaller::hand(Desk &desk, const std::shared_ptr<PendingTask> &made,
                                                 Milliseconds patience)
{
    auto task = std::make_shared<WaitedTask>(made);
    if (!desk.submission)
        return task; // refused before it went anywhere
    start(*std::move(desk.submission), task);
    task->awaitAccepted(patience);
    return task;
}

} // namespace drover
