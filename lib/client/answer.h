// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/result.h"

#include <QtCore/QObject>
#include <QtCore/QPointer>

#include <coroutine>
#include <functional>
#include <memory>
#include <optional>

namespace drover {

//! One answer that is on its way: `co_await` it, or give then() a function. Copies share it; dropping it is harmless.
//! Used in the thread of its Client.
template <typename T> class Answer
{
    struct State
    {
        std::optional<Result<T>> value;
        std::function<void()> told;
    };

public:
    Answer() : m_state(std::make_shared<State>()) {}

    //! What fulfils it, once; later calls are ignored.
    std::function<void(Result<T>)> sink() const
    {
        return [state = m_state](Result<T> value) {
            if (state->value)
                return;
            state->value = std::move(value);
            if (auto told = std::exchange(state->told, nullptr))
                told();
        };
    }

    class Awaiter
    {
    public:
        explicit Awaiter(std::shared_ptr<State> state) : m_state(std::move(state)) {}
        Awaiter(const Awaiter &) = delete;
        ~Awaiter()
        {
            if (m_waiting)
                m_state->told = nullptr;
        }
        bool await_ready() const { return m_state->value.has_value(); }
        void await_suspend(std::coroutine_handle<> coroutine)
        {
            m_waiting = true;
            m_state->told = [this, coroutine] {
                m_waiting = false;
                coroutine.resume();
            };
        }
        Result<T> await_resume() const { return *m_state->value; }

    private:
        std::shared_ptr<State> m_state;
        bool m_waiting = false;
    };
    Awaiter operator co_await() const { return Awaiter(m_state); }

    //! Calls `fn(Result<T>)` from the event loop of \a context; not at all when \a context is gone by then.
    template <typename Fn> void then(QObject *context, Fn fn) const
    {
        auto deliver = [context = QPointer<QObject>(context), state = m_state.get(), fn = std::move(fn)]() mutable {
            if (context)
                QMetaObject::invokeMethod(
                    context, [fn = std::move(fn), value = *state->value]() mutable { fn(std::move(value)); },
                    Qt::QueuedConnection);
        };
        if (m_state->value)
            deliver();
        else
            m_state->told = std::move(deliver);
    }

private:
    std::shared_ptr<State> m_state;
};

} // namespace drover
