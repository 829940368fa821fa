// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "report.h"

#include <QtCore/QList>
#include <QtCore/QStringList>

#include <functional>

namespace drover::simulation {

//! Histories by their seeds, the first to the last.
struct Seeds
{
    quint64 first = 1;
    quint64 last = 1;

    quint64 count() const { return last - first + 1; }
};

//! A history in which a rule was broken.
struct BrokenSeed
{
    quint64 seed = 0;
    QStringList what; //!< all complaints about one moment
};

struct Outcome
{
    Report report;
    QList<BrokenSeed> broken; //!< by seed
};

//! Lives all of them, or until \a isEnough says so of one that breaks a rule.
Outcome run(const Seeds &seeds, const std::function<bool(const BrokenSeed &)> &isEnough = {});
//! The same in so many processes: a process has one disk that forgets. \a fault: the name of the one to plant, or empty.
Outcome runInProcesses(const Seeds &seeds, int processes, const QString &fault);
//! Lives one and prints it.
Outcome trace(quint64 seed, QTextStream &out);

//! What one process tells the one that has started it.
void write(QTextStream &out, const Outcome &outcome);

} // namespace drover::simulation
