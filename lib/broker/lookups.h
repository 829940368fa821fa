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
        m_waiting.insert(++m_request, {id, std::move(then)});
        m_requests.insert(id, m_request);
        m_effects.find(m_request, id);
    }
    //! The task was recorded as a new one: an answer that is under way knows nothing of it.
    void noteAdded(const TaskId &id)
    {
        for (auto it = m_requests.constFind(id); it != m_requests.cend() && it.key() == id; ++it)
            m_waiting[*it].outdated = true;
    }
    void answer(const TaskFound &found)
    {
        const Question question = m_waiting.take(found.request);
        m_requests.remove(question.id, found.request);
        if (question.outdated)
            find(question.id, question.then);
        else if (question.then)
            question.then(found);
    }

private:
    struct Question
    {
        TaskId id;
        Then then;
        bool outdated = false;
    };

    Effects &m_effects;
    quint64 m_request = 0;
    QHash<quint64, Question> m_waiting;
    QMultiHash<TaskId, quint64> m_requests; //!< of these, by task
};

} // namespace drover
