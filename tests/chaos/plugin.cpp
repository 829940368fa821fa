// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "functions.h"
#include "journal.h"

#include "task/context.h"
#include "task/plugin.h"

#include <chrono>
#include <stdexcept>
#include <thread>

using namespace drover;

namespace {

//! Writes the journal of one attempt.
class Entry
{
public:
    explicit Entry(const Context &context)
        : m_task(context.taskId().toString().toLatin1()), m_attempt(context.attempt())
    {
        Journal::append('B', m_task, m_attempt);
    }
    ~Entry() { Journal::append('E', m_task, m_attempt); }
    Entry(const Entry &) = delete;

private:
    QByteArray m_task;
    quint32 m_attempt;
};

int work(Context &context, int ms)
{
    const Entry entry(context);
    std::this_thread::sleep_for(std::chrono::milliseconds(ms));
    return ms;
}

int flaky(Context &context, int ms, int succeedsAt)
{
    const Entry entry(context);
    std::this_thread::sleep_for(std::chrono::milliseconds(ms));
    if (int(context.attempt()) < succeedsAt)
        throw std::runtime_error("not yet");
    return ms;
}

QCoro::Task<Result<int>> nested(Context &context, int children, int ms)
{
    const Entry entry(context);
    QList<Submitted<int>> submitted;
    for (int i = 0; i < children; ++i)
        submitted.append(context.submit(chaos::work, ms + i));
    int sum = 0;
    for (const Submitted<int> &child : submitted) {
        const Result<int> result = co_await child;
        if (!result)
            co_return result;
        sum += *result;
    }
    co_return Result<int>(sum);
}

void addFunctions(Registry &registry)
{
    registry.add(chaos::work, work);
    registry.add(chaos::flaky, flaky);
    registry.add(chaos::nested, nested);
}

} // namespace

DROVER_PLUGIN(addFunctions)
