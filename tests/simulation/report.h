// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ledger.h"
#include "protocol/kinds.h"

#include <QtCore/QTextStream>

#include <array>
#include <map>

namespace drover::simulation {

//! Counts what happened over all histories: what never happens is not tested.
class Report
{
public:
    void handled(Kind kind) { ++m_kinds[size_t(kind)]; }
    //! \a before: what the records said before \a record, null when there was no such task.
    void recorded(const Facts *before, const Record &record);
    //! A state as people see it.
    void changed(State from, State to) { ++m_changes[size_t(from)][size_t(to)]; }
    void count(const QString &what) { ++m_counts[what]; }
    void add(const QString &what, quint64 number) { m_counts[what] += number; }

    // From one process to another: a number a line.
    void write(QTextStream &out) const;
    void read(const QStringList &words);

    void print(QTextStream &out) const;
    //! What should have happened and did not.
    QStringList missing() const;

private:
    static constexpr size_t kinds = 128;
    static constexpr size_t states = 16; // 0: there was none

    std::array<quint64, kinds> m_kinds{};
    std::array<std::array<quint64, states>, states> m_changes{};
    std::map<QString, quint64> m_counts;
};

} // namespace drover::simulation
