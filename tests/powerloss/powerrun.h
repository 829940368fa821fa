// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/records.h"
#include "powervfs.h"

#include <QtCore/QStringList>

#include <map>

namespace drover {
class StoreCore;
}

namespace drover::testing {

//! What came of cutting the power again and again.
struct PowerReport
{
    quint64 syncPoints = 0; //!< at which it was cut, before or after
    quint64 cuts = 0;
    quint64 acknowledged = 0; //!< tasks, over all cuts
    quint64 found = 0; //!< of these, as they were acknowledged or as they became later
    quint64 survivors = 0; //!< tasks that were not acknowledged and are there all the same
    QStringList problems;

    void print() const;
};

//! One history of a store, made from a seed and played again and again, with the power cut at another moment each time.
class PowerRun
{
public:
    //! \a syncs false: commits are acknowledged without waiting for the disk, to see that this is found out.
    PowerRun(quint64 seed, bool syncs);

    //! Cuts it before and after each sync of the history, and once more while the store recovers, with each kind of loss.
    void cutEverywhere(PowerReport &report);
    //! The same for processes that die, which lose nothing that was written.
    void killEverywhere(PowerReport &report);

private:
    //! What became of a task, step by step, and which of these steps was acknowledged.
    struct Known
    {
        std::vector<std::variant<Delivery, Ending>> steps;
        qsizetype acknowledged = -1;
        quint64 number = 0;
        bool hasEnded() const { return std::holds_alternative<Ending>(steps.back()); }
    };

    int countSyncs();
    void cut(int sync, bool after, Loss loss, PowerReport &report);
    void play(StoreCore &core);
    void change(StoreCore &core);
    void acknowledge(StoreCore &core);
    void check(StoreCore &core, PowerReport &report);
    bool isThere(StoreCore &core, const TaskId &id, const Known &known) const;
    void reset();

    quint64 m_seed;
    bool m_syncs;
    std::mt19937_64 m_random;
    std::map<TaskId, Known> m_tasks;
    quint64 m_number = 0;
    quint64 m_epoch = 0; //!< the last one that a store has given
};

} // namespace drover::testing
