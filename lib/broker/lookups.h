// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/effects.h"
#include "broker/store.h"

#include <QtCore/QHash>

#include <functional>

namespace drover {

//! Questions to the store about tasks that are not in memory, and what to do with the answers.
class Lookups
{
public:
    using Then = std::function<void(const TaskFound &)>;

    explicit Lookups(Effects &effects) : m_effects(effects) {}

    void find(const TaskId &id, Then then)
    {
        m_waiting.insert(++m_request, std::move(then));
        m_effects.find(m_request, id);
    }
    void answer(const TaskFound &found)
    {
        if (const Then then = m_waiting.take(found.request))
            then(found);
    }

private:
    Effects &m_effects;
    quint64 m_request = 0;
    QHash<quint64, Then> m_waiting;
};

} // namespace drover
