// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "support/result.h"
#include "task/stream.h"
#include "task/value.h"

#include <QtCore/QList>

#include <coroutine>
#include <deque>
#include <functional>
#include <memory>
#include <optional>

namespace drover {

//! The values of one task on their way from its stream to who asks for them one by one: each once, over several attempts. What
//! TaskHandle::next() waits on. One thread; always owned by a shared_ptr.
class DROVER_CLIENT_EXPORT ValueStream : public std::enable_shared_from_this<ValueStream>
{
public:
    //! Bytes that may wait here before the writer is held.
    static constexpr qsizetype enough = 256 * 1024;

    //! The next value, or why there is none: ErrorCode::None at the end.
    using Step = Result<QByteArray>;

    //! \a hold is told when the writer is to wait, and when it may go on.
    explicit ValueStream(std::function<void(bool)> hold) : m_hold(std::move(hold)) {}

    //! -- for who reads the stream
    void received(quint32 attempt, const QList<StreamItem> &items, bool end);
    //! Nothing more will come.
    void fail(const Error &error);

    //! -- for who asks
    bool hasStep() const { return !m_steps.empty() || m_ended; }
    Step take();
    const Error &error() const { return m_error; } //!< of the last step that was no value
    void setError(const Error &error) { m_error = error; }

    //! Waits within a coroutine; several are served in the order in which they came.
    class DROVER_CLIENT_EXPORT Awaiter
    {
    public:
        explicit Awaiter(std::shared_ptr<ValueStream> stream) : m_stream(std::move(stream)) {}
        Awaiter(const Awaiter &) = delete;
        ~Awaiter();
        bool await_ready() const { return m_stream->m_waiting.empty() && m_stream->hasStep(); }
        void await_suspend(std::coroutine_handle<> coroutine);

    protected:
        std::shared_ptr<ValueStream> m_stream;

    private:
        friend class ValueStream;
        std::coroutine_handle<> m_coroutine;
        bool m_waiting = false;
    };

private:
    void newAttempt(quint32 attempt);
    void item(const StreamItem &item);
    void value(const QByteArray &data);
    void lost(const QByteArray &number);
    void complain(ErrorCode code, const QString &message);
    void push(Step step);
    void serve();

    std::function<void(bool)> m_hold;
    std::deque<Step> m_steps;
    std::deque<Awaiter *> m_waiting;
    qsizetype m_bytes = 0; //!< of the values in m_steps
    quint32 m_attempt = 0;
    quint64 m_nextSeq = 1; //!< item of that attempt
    quint64 m_count = 0; //!< values of the task that were pushed
    size_t m_hash = 0; //!< of all of those
    quint64 m_again = 0; //!< values of this attempt that an earlier one has given
    quint64 m_expected = 0; //!< how many those are to be
    size_t m_againHash = 0;
    bool m_gap = false; //!< some are missing: the count is not theirs
    bool m_held = false;
    bool m_ended = false;
    Error m_end; //!< why nothing more comes
    Error m_error;
};

//! What TaskHandle::next() gives: co_await it.
template <Encodable T> class NextValue
{
public:
    explicit NextValue(std::shared_ptr<ValueStream> stream) : m_stream(std::move(stream)) {}

    class Awaiter final : public ValueStream::Awaiter
    {
    public:
        using ValueStream::Awaiter::Awaiter;
        std::optional<T> await_resume() const
        {
            const ValueStream::Step step = m_stream->take();
            if (!step)
                return std::nullopt;
            Result<T> value = decodeResult<T>(*step);
            if (value)
                return *std::move(value);
            m_stream->setError(value.error());
            return std::nullopt;
        }
    };
    Awaiter operator co_await() const { return Awaiter(m_stream); }

private:
    std::shared_ptr<ValueStream> m_stream;
};

} // namespace drover
