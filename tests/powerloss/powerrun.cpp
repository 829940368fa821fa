// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "powerrun.h"

#include "broker/storecore.h"
#include "storesamples.h"

#include <QtCore/QTemporaryDir>

#include <cstdio>

namespace drover::testing {

namespace {

constexpr int steps = 60;
constexpr qsizetype window = 100'000;
constexpr qint64 nowMs = 1'800'000'000'000;

} // namespace

void PowerReport::print() const
{
    std::printf("sync points  %llu\ncuts         %llu\nacknowledged %llu\nfound        %llu\nsurvivors    %llu\n",
                syncPoints, cuts, acknowledged, found, survivors);
    for (const QString &problem : problems.mid(0, 20))
        std::printf("PROBLEM      %s\n", qPrintable(problem));
    if (problems.isEmpty())
        std::printf(
            "Nothing that was acknowledged was lost, nothing that had ended came back, and no epoch was given twice.\n");
}

PowerRun::PowerRun(quint64 seed, bool syncs) : m_seed(seed), m_syncs(syncs) {}

void PowerRun::reset()
{
    m_random.seed(m_seed);
    m_tasks.clear();
    m_number = 0;
    m_epoch = 0;
}

void PowerRun::change(StoreCore &core)
{
    std::vector<TaskId> open;
    for (const auto &[id, known] : m_tasks) {
        if (!known.hasEnded())
            open.push_back(id);
    }
    const quint64 what = m_random() % 10;
    if (what < 5 || open.empty()) {
        for (quint64 count = 1 + m_random() % 5; count > 0; --count) {
            const StoredTask task = sampleTask(++m_number);
            core.add(TaskAdded{task});
            Known &added = m_tasks[task.submission.id];
            added.steps.push_back(task.delivery);
            added.number = m_number;
        }
        return;
    }
    const TaskId id = open[m_random() % open.size()];
    Known &known = m_tasks[id];
    const Place place = sampleTask(known.number).place;
    if (what < 8) {
        const Delivery lease = sampleLease(quint32(known.steps.size()));
        core.add(TaskUpdated{id, place, lease});
        known.steps.push_back(lease);
    } else {
        const Ending ending = what == 8 ? sampleSuccess() : sampleFailure();
        core.add(TaskEnded{id, place, ending});
        known.steps.push_back(ending);
    }
}

void PowerRun::acknowledge(StoreCore &core)
{
    if (!core.commit(m_syncs) && m_syncs)
        return;
    for (auto &[id, known] : m_tasks)
        known.acknowledged = qsizetype(known.steps.size()) - 1;
}

void PowerRun::play(StoreCore &core)
{
    for (int step = 0; step < steps; ++step) {
        change(core);
        const quint64 then = m_random() % 24;
        if (then < 12)
            acknowledge(core);
        else if (then < 15)
            core.pass();
        else if (then < 16)
            core.load(1, 0, 50);
        else if (then < 18)
            core.compactStep(); // moves the log into the file
    }
    acknowledge(core);
}

bool PowerRun::isThere(StoreCore &core, const TaskId &id, const Known &known) const
{
    const TaskFound found = core.find(1, id);
    for (size_t step = size_t(qMax<qsizetype>(0, known.acknowledged)); step < known.steps.size(); ++step) {
        const auto *ending = std::get_if<Ending>(&known.steps[step]);
        const auto *finished = std::get_if<FinishedTask>(&found.task);
        const auto *stored = std::get_if<StoredTask>(&found.task);
        if (ending && finished && finished->ending == *ending)
            return true;
        if (!ending && stored && stored->delivery == std::get<Delivery>(known.steps[step]))
            return true;
    }
    return false;
}

void PowerRun::check(StoreCore &core, PowerReport &report)
{
    const quint64 epoch = core.takeRecovered().epoch;
    if (epoch <= m_epoch)
        report.problems.append(QStringLiteral("seed %1: epoch %2 after %3").arg(m_seed).arg(epoch).arg(m_epoch));
    for (const auto &[id, known] : m_tasks) {
        const bool there = isThere(core, id, known);
        if (known.acknowledged < 0) {
            report.survivors += there;
            continue;
        }
        ++report.acknowledged;
        report.found += there;
        if (!there)
            report.problems.append(
                QStringLiteral("seed %1: %2 is not as it was acknowledged").arg(m_seed).arg(id.toString()));
    }
    const StoredTask next = sampleTask(1'000'000);
    core.add(TaskAdded{next}); // it goes on
    core.commit();
    core.pass();
    if (!std::holds_alternative<StoredTask>(core.find(2, next.submission.id).task))
        report.problems.append(QStringLiteral("seed %1: the store does not go on").arg(m_seed));
}

int PowerRun::countSyncs()
{
    reset();
    PowerVfs vfs;
    const QTemporaryDir folder;
    StoreCore core(folder.filePath(QStringLiteral("broker.db")), Durability::Disk, window, nowMs);
    play(core);
    return vfs.syncs();
}

void PowerRun::cut(int sync, bool after, Loss loss, PowerReport &report)
{
    reset();
    PowerVfs vfs;
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("broker.db"));
    const auto open = [&] { return std::make_unique<StoreCore>(path, Durability::Disk, window, nowMs); };
    vfs.cutAt(sync, after);
    try {
        const auto core = open();
        m_epoch = core->takeRecovered().epoch;
        play(*core);
    } catch (const TaskError &) {
        // as every call that comes after the cut
    }
    ++report.cuts;
    vfs.restart(loss, m_seed + quint64(sync));
    vfs.cutAt(1 + sync % 3, after); // and once more, while it recovers
    try {
        m_epoch = qMax(m_epoch, open()->takeRecovered().epoch);
    } catch (const TaskError &) {}
    ++report.cuts;
    vfs.restart(loss, m_seed + quint64(sync) + 1);
    try {
        const auto core = open();
        check(*core, report);
    } catch (const TaskError &trouble) {
        report.problems.append(
            QStringLiteral("seed %1, sync %2: %3").arg(m_seed).arg(sync).arg(trouble.error().message()));
    }
}

void PowerRun::cutEverywhere(PowerReport &report)
{
    const int syncs = countSyncs();
    report.syncPoints += quint64(2 * syncs);
    for (int sync = 1; sync <= syncs; ++sync) {
        for (const bool after : {false, true}) {
            for (const Loss loss : {Loss::Everything, Loss::Some, Loss::Torn})
                cut(sync, after, loss, report);
        }
    }
}

void PowerRun::killEverywhere(PowerReport &report)
{
    const int syncs = countSyncs();
    report.syncPoints += quint64(syncs);
    for (int sync = 1; sync <= syncs; ++sync)
        cut(sync, true, Loss::Nothing, report);
}

} // namespace drover::testing
