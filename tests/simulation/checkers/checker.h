// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "world.h"

namespace drover::simulation {

//! A witness that knows a rule.
class Checker : public Witness
{
public:
    //! \a rule: its number in DESIGN.md section 5, and a few words.
    Checker(World &world, const char *rule) : m_world(world), m_rule(QLatin1String(rule)) {}

protected:
    World &world() const { return m_world; }
    void broken(const QString &what) const { m_world.broken(m_rule, what); }
    //! For a condition that must hold.
    void expect(bool holds, const QString &what) const
    {
        if (!holds)
            broken(what);
    }

private:
    World &m_world;
    QString m_rule;
};

//! The message that \a event is about, if it is an M.
template <typename M> const M *messageOf(const BrokerEvent &event)
{
    return event.message ? std::get_if<M>(event.message) : nullptr;
}

//! Whether the record takes the lease away that the task had.
bool endsLease(const Facts &before, const Record &record);

} // namespace drover::simulation
