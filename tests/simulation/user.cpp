// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "user.h"

#include "task/command.h"
#include "world.h"

namespace drover::simulation {

using namespace std::chrono_literals;

User::User(World &world, ClientNode &client) : m_world(world), m_client(client) {}

void User::begin()
{
    static constexpr int means[] = {1500, 4000, 8000};
    m_meanMs = means[m_world.random().below(3)];
    next();
}

void User::next()
{
    const Milliseconds wait(m_world.random().below(2 * m_meanMs));
    m_world.timeline().at(m_world.time() + wait, [this] {
        if (!m_world.isStormy())
            return;
        if (m_client.isUp() && !m_client.isAsleep())
            act();
        next();
    });
}

void User::act()
{
    Random &random = m_world.random();
    const int what = random.below(100);
    if (what < 45) {
        for (int i = random.oneIn(6) ? random.below(10) : 0; i >= 0; --i)
            submit();
    } else if (what < 52) {
        submitBatch();
    } else if (what < 75) {
        change();
    } else if (what < 93) {
        look();
    } else {
        readStream();
    }
}

Submission User::submission(const Plan &plan)
{
    Random &random = m_world.random();
    Submission submission;
    submission.id = m_world.newId(m_client.now().wallMs);
    const int which = random.below(20);
    submission.function = which < 15 ? QStringLiteral("sim.work")
        : which < 17                 ? QStringLiteral("sim.rare")
                                     : runCommand.name();
    submission.arguments = plan.toPayload();
    submission.summary = plan.toString();
    chooseDelivery(submission.options, plan);
    chooseTimes(submission.options);
    return submission;
}

void User::chooseDelivery(Options &options, const Plan &plan)
{
    Random &random = m_world.random();
    if (random.oneIn(7))
        options.ackEarly();
    else if (random.oneIn(2))
        options.retries(random.below(4)).backoff(Milliseconds(random.below(4000)));
    if (random.oneIn(4))
        options.exclusive();
    if (random.oneIn(4))
        options.priority(random.below(3));
    if (random.oneIn(5))
        options.queue("slow");
    if (random.oneIn(9))
        options.noResult();
    if (random.oneIn(9))
        options.tags("gpu");
    if (random.oneIn(12))
        options.retryOn(Reason::Timeout, Reason::Exception);
    if (plan.hangs || random.oneIn(8))
        options.timeout(Milliseconds(500 + random.below(20'000)));
    if (random.oneIn(8))
        options.softTimeout(options.timeout() == Options::unlimited ? Milliseconds(200 + random.below(10'000))
                                                                    : options.timeout() / 2);
}

void User::chooseTimes(Options &options)
{
    Random &random = m_world.random();
    const QDateTime wall = QDateTime::fromMSecsSinceEpoch(m_client.now().wallMs, Qt::UTC);
    if (random.oneIn(9))
        options.delay(Milliseconds(1 + random.below(40'000)));
    else if (random.oneIn(9))
        options.eta(wall.addMSecs(random.below(60'000) - 2000));
    if (random.oneIn(14))
        options.expires(wall.addMSecs(1 + random.below(60'000)));
    if (random.oneIn(14))
        options.deadline(Milliseconds(1 + random.below(60'000)));
}

void User::submit()
{
    Random &random = m_world.random();
    const bool named = random.oneIn(6);
    // the same key goes with the same arguments, most times
    const int key = random.below(5);
    Random ofKey{quint64(random.oneIn(8) ? 100 + random.below(100) : key)};
    Submission task = submission(Plan::random(named ? ofKey : random, 0));
    if (named) {
        task.function = QStringLiteral("sim.work");
        if (Plan::fromPayload(task.arguments).hangs && task.options.timeout() == Options::unlimited)
            task.options.timeout(15s);
        task.options.idempotencyKey(QStringLiteral("key %1").arg(key));
    }
    m_client.submit(std::move(task));
}

void User::submitBatch()
{
    Random &random = m_world.random();
    QList<Submission> items;
    for (int left = 1 + random.below(random.oneIn(5) ? 30 : 6); left > 0; --left) {
        Plan plan = Plan::random(random, 2);
        plan.work /= 10;
        items.append(submission(plan));
    }
    m_client.map(QStringLiteral("a batch"), std::move(items), random.oneIn(2));
}

TaskId User::anyTask()
{
    Random &random = m_world.random();
    const auto &batches = m_client.batches();
    if (!batches.empty() && random.oneIn(4)) {
        const auto &batch = batches[size_t(random.below(int(batches.size())))];
        if (batch->read())
            return itemId(batch->id(), quint32(1 + random.below(int(batch->read()))));
    }
    const auto &tasks = m_client.tasks();
    if (tasks.empty())
        return m_world.newId(m_client.now().wallMs); // nobody knows it
    // of the last ones
    const int last = std::min<int>(int(tasks.size()), 12);
    return tasks[tasks.size() - 1 - size_t(random.below(last))];
}

// Who sees that a task does not listen stops the worker.
void User::cancel(const TaskId &id)
{
    Random &random = m_world.random();
    m_client.cancel(id);
    if (!random.oneIn(5))
        return;
    WorkerNode &worker = *m_world.workers()[size_t(random.below(int(m_world.workers().size())))];
    m_client.later(random.skewed(1ms, 500ms), [&worker] {
        if (worker.isUp() && !worker.isAsleep())
            worker.stop(false);
    });
}

void User::change()
{
    Random &random = m_world.random();
    const TaskId id = anyTask();
    switch (random.below(13)) {
    case 0:
    case 1:
    case 2: cancel(id); break;
    case 3:
        if (!m_client.batches().empty())
            m_client.cancelBatch(m_client.batches()[size_t(random.below(int(m_client.batches().size())))]->id());
        break;
    case 4: m_client.retry(id); break;
    case 5: m_client.control(id, TaskControl::Pause); break;
    case 6: // a moment of doubt: what waited for its time waits for it again
        m_client.control(id, TaskControl::Pause);
        m_client.control(id, TaskControl::Resume);
        break;
    case 7: m_client.control(id, TaskControl::Resume); break;
    case 8: m_client.control(id, TaskControl::Kill); break;
    case 9:
    case 10: m_client.control(id, TaskControl::Purge); break;
    case 11:
        m_client.control(id, TaskControl::Purge);
        m_client.control(id, TaskControl::Restore);
        break;
    default: m_client.control(id, TaskControl::Restore);
    }
}

void User::look()
{
    Random &random = m_world.random();
    const TaskId id = anyTask();
    switch (random.below(8)) {
    case 0:
    case 1: m_client.show(id); break;
    case 2: m_client.watch(id, random.oneIn(2)); break;
    case 3: m_client.unwatch(id); break;
    case 4: m_client.list(TaskQuery()); break;
    case 5:
        m_client.describeFunctions();
        configureQueue();
        break;
    default: m_client.subscribe(Table(1 + random.below(4)), !random.oneIn(3));
    }
}

// What is paused goes on at the end: World::freeParked().
void User::configureQueue()
{
    Random &random = m_world.random();
    QueueChange change;
    switch (random.below(4)) {
    case 0: change.pause(QStringLiteral("a person looks at it")); break;
    case 1: change.weight(1 + random.below(4)); break;
    case 2: change.durability(random.oneIn(2) ? QueueDurability::Disk : QueueDurability::Default); break;
    default: change.resume();
    }
    m_client.configure(QStringLiteral("slow"), change);
}

void User::readStream()
{
    if (m_world.random().oneIn(4))
        m_client.closeStream(anyTask());
    else
        m_client.openStream(anyTask());
}

} // namespace drover::simulation
