// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/result.h"

#include <functional>
#include <map>

namespace drover {

//! Questions of one kind that await their answer, by request number. Each answer is given exactly once; what is left
//! gets an error by failAll(). Pure.
template <typename Question, typename Value> class Requests
{
public:
    using Answer = std::function<void(Result<Value>)>;

    //! Remembers \a question, to be asked again after a lost link, and sets its request number.
    const Question &add(quint64 number, Question question, Answer answer)
    {
        question.request = number;
        return m_open.emplace(number, Open{std::move(question), std::move(answer)}).first->second.question;
    }
    void answer(quint64 number, Result<Value> value)
    {
        if (auto node = m_open.extract(number))
            node.mapped().answer(std::move(value));
    }
    template <typename Send> void askAgain(Send &&send) const
    {
        for (const auto &[number, open] : m_open)
            send(open.question);
    }
    void failAll(const Error &error)
    {
        const auto all = std::exchange(m_open, {});
        for (const auto &[number, open] : all)
            open.answer(fail(error));
    }

private:
    struct Open
    {
        Question question;
        Answer answer;
    };
    std::map<quint64, Open> m_open;
};

} // namespace drover
