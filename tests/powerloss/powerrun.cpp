// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "powerrun.h"

#include "broker/sqlite.h"
#include "broker/storecore.h"
#include "storesamples.h"

#include <cstdio>

namespace drover::testing {

namespace {

constexpr int steps = 60;
constexpr qsizetype window = 100'000;
constexpr qint64 nowMs = 1'800'000'000'000;

//! One of three lanes, all of one client; every fourth has an idempotency key.
StoredTask taskOf(quint64 number)
{
    StoredTask task = sampleTask(number, quint32(1 + number % 3));
    task.client = sampleId(quint64(1) << 40);
    if (number % 4 == 0)
        task.submission.options.idempotencyKey(QString::number(number));
    return task;
}

//! The unfinished tasks that a broker would begin with, each as often as it is there.
QList<TaskId> unfinishedOf(const Recovered &recovered)
{
    QList<TaskId> ids;
    const auto take = [&ids](const QList<StoredTask> &tasks) {
        for (const StoredTask &task : tasks)
            ids.append(task.submission.id);
    };
    for (const RecoveredLane &lane : recovered.lanes)
        take(lane.window);
    take(recovered.leased);
    take(recovered.scheduled);
    return ids;
}

} // namespace

void PowerReport::print(const char *title) const
{
    std::printf("%s\n  moments      %llu\n  cuts         %llu\n  acknowledged %llu\n  found        %llu\n"
                "  survivors    %llu, which were not acknowledged\n",
                title, moments, cuts, acknowledged, found, survivors);
    if (olderFormat > 0)
        std::printf("  older format %llu times the file was as before its migration\n", olderFormat);
    for (const QString &problem : problems.mid(0, 20))
        std::printf("  PROBLEM      %s\n", qPrintable(problem));
    if (problems.isEmpty())
        std::printf(
            "  Nothing that was acknowledged was lost, nothing is there twice, nothing that had ended came back, and no "
            "epoch was given twice.\n");
}

PowerRun::PowerRun(quint64 seed, Durability durability) : m_seed(seed), m_durability(durability) {}

PowerRun::~PowerRun() = default;

std::unique_ptr<StoreCore> PowerRun::open() const
{
    return std::make_unique<StoreCore>(m_folder.filePath(QStringLiteral("broker.db")), m_durability, window, nowMs);
}

void PowerRun::reset()
{
    m_random.seed(m_seed);
    m_tasks.clear();
    m_settings.clear();
    m_settingsAcknowledged = -1;
    m_number = 0;
    m_epoch = 0;
    QFile::remove(m_folder.filePath(QStringLiteral("broker.db")));
}

void PowerRun::submit(StoreCore &core)
{
    const StoredTask task = taskOf(++m_number);
    core.add(TaskAdded{task});
    Known &added = m_tasks[task.submission.id];
    added.steps.push_back(task.delivery);
    added.number = m_number;
}

void PowerRun::change(StoreCore &core)
{
    std::vector<TaskId> open;
    for (const auto &[id, known] : m_tasks) {
        if (!known.hasEnded())
            open.push_back(id);
    }
    const quint64 what = m_random() % 11;
    if (what < 5 || open.empty()) {
        for (quint64 count = 1 + m_random() % 5; count > 0; --count)
            submit(core);
        return;
    }
    if (what == 10) {
        m_settings.push_back({QStringLiteral("q"), QueueDurability(m_settings.size() % 4)});
        core.add(QueueChanged{m_settings.back()});
        return;
    }
    const TaskId id = open[m_random() % open.size()];
    Known &known = m_tasks[id];
    const Place place = taskOf(known.number).place;
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
    const bool waits = m_durability == Durability::Disk;
    if (!core.commit(waits) && waits)
        return;
    for (auto &[id, known] : m_tasks)
        known.acknowledged = qsizetype(known.steps.size()) - 1;
    m_settingsAcknowledged = qsizetype(m_settings.size()) - 1;
}

void PowerRun::play(StoreCore &core)
{
    for (int step = 0; step < steps; ++step) {
        change(core);
        const quint64 then = m_random() % 24;
        if (then < 12) {
            acknowledge(core);
        } else if (then < 15) {
            acknowledge(core); // tables follow commits
            core.pass();
        } else if (then < 16) {
            acknowledge(core);
            core.load(1, 0, 50);
        } else if (then < 18) {
            core.compactStep(); // moves the log into the file
        } else if (then < 19) {
            core.commit(false); // a group that nobody waits for
        }
    }
    acknowledge(core);
}

void PowerRun::note(PowerReport &report, const QString &problem) const
{
    report.problems.append(QStringLiteral("seed %1: %2").arg(m_seed).arg(problem));
}

bool PowerRun::isAsAcknowledged(const TaskFound &found, const Known &known) const
{
    StoredTask task = taskOf(known.number);
    for (size_t step = size_t(qMax<qsizetype>(0, known.acknowledged)); step < known.steps.size(); ++step) {
        if (const auto *ending = std::get_if<Ending>(&known.steps[step])) {
            const auto *finished = std::get_if<FinishedTask>(&found.task);
            if (finished && finished->ending == *ending && finished->task.submission == task.submission)
                return true;
        } else {
            const auto *stored = std::get_if<StoredTask>(&found.task);
            task.delivery = std::get<Delivery>(known.steps[step]);
            if (stored && *stored == task)
                return true;
        }
    }
    return false;
}

//! That a resubmit of it would be recognised.
bool PowerRun::isRemembered(const StoredTask &task, const Recovered &recovered) const
{
    const auto marks = [&](const ClientMark &client) {
        return client.client == task.client
            && (task.submitSeq <= client.mark || client.beyond.contains(task.submitSeq));
    };
    const QByteArray key = idempotencyKey(task.submission, task.lane.owner);
    const auto holds = [&](const KeyEntry &entry) { return entry.key == key && entry.id == task.submission.id; };
    return std::any_of(recovered.clients.cbegin(), recovered.clients.cend(), marks)
        && (key.isEmpty() || std::any_of(recovered.keys.cbegin(), recovered.keys.cend(), holds));
}

void PowerRun::checkTasks(StoreCore &core, const Recovered &recovered, PowerReport &report)
{
    const QList<TaskId> unfinished = unfinishedOf(recovered);
    quint64 finished = 0;
    qsizetype live = 0;
    for (const auto &[id, known] : m_tasks) {
        const TaskFound found = core.find(1, id);
        const bool isLive = std::holds_alternative<StoredTask>(found.task);
        finished += std::holds_alternative<FinishedTask>(found.task);
        live += isLive;
        if (unfinished.count(id) != (isLive ? 1 : 0))
            note(report, QStringLiteral("%1 is live %2 times").arg(id.toString()).arg(unfinished.count(id)));
        const bool there = isAsAcknowledged(found, known);
        if (known.acknowledged < 0) {
            report.survivors += there;
            continue;
        }
        ++report.acknowledged;
        report.found += there;
        if (!there)
            note(report, QStringLiteral("%1 is not as it was acknowledged").arg(id.toString()));
        if (!isRemembered(taskOf(known.number), recovered))
            note(report, QStringLiteral("%1 would be taken a second time").arg(id.toString()));
    }
    if (finished != recovered.finished || live != unfinished.size())
        note(report,
             QStringLiteral("%1 ended and %2 live, of which %3 and %4 are known")
                 .arg(recovered.finished)
                 .arg(unfinished.size())
                 .arg(finished)
                 .arg(live));
}

void PowerRun::checkQueues(const Recovered &recovered, PowerReport &report) const
{
    const QueueSettings *found = recovered.queues.isEmpty() ? nullptr : &recovered.queues.first();
    bool is = !found && m_settingsAcknowledged < 0;
    for (size_t step = size_t(qMax<qsizetype>(0, m_settingsAcknowledged)); step < m_settings.size(); ++step)
        is = is || (found && *found == m_settings[step]);
    if (!is)
        note(report, QStringLiteral("the settings of a queue are not as they were acknowledged"));
}

void PowerRun::goOn(StoreCore &core, PowerReport &report) const
{
    const StoredTask next = taskOf(1'000'000);
    core.add(TaskAdded{next});
    core.commit();
    core.pass();
    if (!std::holds_alternative<StoredTask>(core.find(2, next.submission.id).task))
        note(report, QStringLiteral("the store does not go on"));
}

void PowerRun::check(StoreCore &core, PowerReport &report)
{
    const Recovered recovered = core.takeRecovered();
    if (recovered.epoch <= m_epoch)
        note(report, QStringLiteral("epoch %1 after %2").arg(recovered.epoch).arg(m_epoch));
    checkTasks(core, recovered, report);
    checkQueues(recovered, report);
    goOn(core, report);
}

void PowerRun::reopen(PowerReport &report)
{
    try {
        check(*open(), report);
    } catch (const TaskError &trouble) {
        note(report, trouble.error().message());
    }
}

void PowerRun::playToTheEnd(PowerVfs &vfs)
{
    reset();
    const auto core = open();
    m_epoch = core->takeRecovered().epoch;
    play(*core);
    Q_ASSERT(!vfs.isCut());
}

void PowerRun::cut(Moment moment, Loss loss, quint64 chance, PowerReport &report)
{
    reset();
    PowerVfs vfs;
    vfs.cutAt(moment.sync, moment.after);
    vfs.cutAtWrite(moment.write);
    try {
        const auto core = open();
        m_epoch = core->takeRecovered().epoch;
        play(*core);
    } catch (const TaskError &) {
        // as every call that comes after the cut
    }
    ++report.cuts;
    vfs.restart(loss, chance);
    vfs.cutAt(moment.sync ? 1 + moment.sync % 3 : 0, moment.after); // and once more, while it recovers
    vfs.cutAtWrite(moment.write ? 1 + moment.write % 7 : 0);
    try {
        m_epoch = qMax(m_epoch, open()->takeRecovered().epoch);
    } catch (const TaskError &) {}
    ++report.cuts;
    vfs.restart(loss, chance + 1);
    reopen(report);
}

void PowerRun::cutEverywhere(PowerReport &report, int patterns)
{
    const int syncs = [this] {
        PowerVfs vfs;
        playToTheEnd(vfs);
        return vfs.syncs();
    }();
    report.moments += quint64(2 * syncs);
    for (int sync = 1; sync <= syncs; ++sync) {
        for (const bool after : {false, true}) {
            cut({sync, after}, Loss::Everything, 0, report);
            for (int pattern = 0; pattern < patterns; ++pattern) {
                const quint64 chance = (m_seed * 100'000 + quint64(sync)) * 1000 + quint64(pattern) * 2;
                cut({sync, after}, Loss::Some, chance, report);
                cut({sync, after}, Loss::Torn, chance, report);
            }
        }
    }
}

void PowerRun::killEverywhere(PowerReport &report, int every)
{
    const int writes = [this] {
        PowerVfs vfs;
        playToTheEnd(vfs);
        return vfs.writes();
    }();
    for (int write = 1; write <= writes; write += every) {
        ++report.moments;
        cut({0, false, write}, Loss::Nothing, 0, report);
    }
}

void PowerRun::makeOldFile(PowerVfs &vfs)
{
    playToTheEnd(vfs);
    m_settings.clear(); // format 1 has none
    m_settingsAcknowledged = -1;
    makeFormat1(m_folder.filePath(QStringLiteral("broker.db")));
    vfs.restart(Loss::Nothing, 0);
}

void PowerRun::cutMigration(PowerReport &report)
{
    const int syncs = [this] {
        PowerVfs vfs;
        makeOldFile(vfs);
        open();
        return vfs.syncs();
    }();
    report.moments += quint64(2 * syncs);
    for (int sync = 1; sync <= syncs; ++sync) {
        for (const bool after : {false, true}) {
            for (const Loss loss : {Loss::Nothing, Loss::Everything, Loss::Some, Loss::Torn})
                cutMigration({sync, after}, loss, report);
        }
    }
}

void PowerRun::cutMigration(Moment moment, Loss loss, PowerReport &report)
{
    PowerVfs vfs;
    makeOldFile(vfs);
    vfs.cutAt(moment.sync, moment.after);
    try {
        m_epoch = qMax(m_epoch, open()->takeRecovered().epoch);
    } catch (const TaskError &) {}
    ++report.cuts;
    vfs.restart(loss, m_seed * 1000 + quint64(moment.sync));
    {
        Database file(m_folder.filePath(QStringLiteral("broker.db")));
        report.olderFormat += file.number("SELECT value FROM meta WHERE name = 'format'") == 1;
    }
    reopen(report);
}

} // namespace drover::testing
