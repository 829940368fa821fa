// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "report.h"

#include <QtCore/QList>

namespace drover::simulation {

//! Histories by their seeds, first to last, in one or more threads.
struct Seeds
{
    quint64 first = 1;
    quint64 last = 1;
    int jobs = 1;
};

//! A history in which a rule was broken.
struct BrokenSeed
{
    quint64 seed = 0;
    QString what;
};

struct Outcome
{
    Report report;
    QList<BrokenSeed> failures; //!< by seed
};

//! Lives all of them; with \a firstOnly until one breaks a rule.
Outcome run(const Seeds &seeds, bool firstOnly);
//! Lives one and prints it.
Outcome trace(quint64 seed, QTextStream &out);

} // namespace drover::simulation
