// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/store.h"
#include "powervfs.h"

#include <QtCore/QStringList>
#include <QtCore/QTemporaryDir>

#include <map>

namespace drover {
class StoreCore;
}

namespace drover::testing {

//! What came of cutting the power again and again.
struct PowerReport
{
    quint64 moments = 0; //!< at which it was cut: before or after a sync, or before a write
    quint64 cuts = 0;
    quint64 acknowledged = 0; //!< tasks, over all cuts
    quint64 found = 0; //!< of these, as they were acknowledged or as they became later
    quint64 survivors = 0; //!< tasks that were not acknowledged and are there all the same
    quint64 olderFormat = 0; //!< cuts of a migration that left the file as it was before
    QStringList problems;

    //! \a title: what was cut.
    void print(const char *title) const;
};

//! One history of a store, made from a seed and played again and again, with the power cut at another moment each time.
class PowerRun
{
public:
    //! \a durability: Disk, or Process, whose commits are acknowledged without waiting for the disk.
    PowerRun(quint64 seed, Durability durability);
    ~PowerRun();

    //! Cuts it before and after each sync of the history, and once more while the store recovers, with each kind of loss, \a patterns times.
    void cutEverywhere(PowerReport &report, int patterns = 1);
    //! Ends the process before each write, or before one of \a every, which loses nothing that was written before.
    void killEverywhere(PowerReport &report, int every = 1);
    //! Cuts it before and after each sync while a file of the first format is opened.
    void cutMigration(PowerReport &report);

private:
    //! When the power goes.
    struct Moment
    {
        int sync = 0;
        bool after = false;
        int write = 0; //!< instead of a sync
    };
    //! What became of a task, step by step, and which of these steps was acknowledged.
    struct Known
    {
        std::vector<std::variant<Delivery, Ending>> steps;
        qsizetype acknowledged = -1;
        quint64 number = 0;
        bool hasEnded() const { return std::holds_alternative<Ending>(steps.back()); }
    };

    std::unique_ptr<StoreCore> open() const;
    void reset();
    void playToTheEnd(PowerVfs &vfs);
    void cut(Moment moment, Loss loss, quint64 chance, PowerReport &report);
    void makeOldFile(PowerVfs &vfs);
    void cutMigration(Moment moment, Loss loss, PowerReport &report);

    void play(StoreCore &core);
    void change(StoreCore &core);
    void submit(StoreCore &core);
    void acknowledge(StoreCore &core);

    void reopen(PowerReport &report);
    void check(StoreCore &core, PowerReport &report);
    void checkTasks(StoreCore &core, const Recovered &recovered, PowerReport &report);
    void checkQueues(const Recovered &recovered, PowerReport &report) const;
    void goOn(StoreCore &core, PowerReport &report) const;
    bool isAsAcknowledged(const TaskFound &found, const Known &known) const;
    bool isRemembered(const StoredTask &task, const Recovered &recovered) const;
    void note(PowerReport &report, const QString &problem) const;

    quint64 m_seed;
    Durability m_durability;
    QTemporaryDir m_folder; // for the lock; the rest is in memory
    std::mt19937_64 m_random;
    std::map<TaskId, Known> m_tasks;
    std::vector<QueueSettings> m_settings; // of one queue, one after the other
    qsizetype m_settingsAcknowledged = -1;
    quint64 m_number = 0;
    quint64 m_epoch = 0; //!< the last one that a store has given
};

} // namespace drover::testing
