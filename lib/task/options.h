// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/clock.h"
#include "support/export.h"
#include "support/result.h"

#include <QtCore/QAnyStringView>
#include <QtCore/QDateTime>
#include <QtCore/QFlags>
#include <QtCore/QStringList>

#include <concepts>

namespace drover {

//! How a task is to be treated. A value, built in place and given as the last argument of a call:
//! `client.call(power, 2, 10, Options().queue("slow").retries(3))`.
class DROVER_CORE_EXPORT Options
{
public:
    //! One flag an option, for backends to say which ones they enforce.
    enum Feature : quint32 {
        Queue = 1 << 0,
        Priority = 1 << 1,
        Timeout = 1 << 2,
        Retries = 1 << 3,
        Backoff = 1 << 4,
        Tags = 1 << 5,
        NoResult = 1 << 6,
        Raw = 1 << 7,
        IdempotencyKey = 1 << 8,
        Eta = 1 << 9,
        Expires = 1 << 10,
        Detached = 1 << 11,
        Codec = 1 << 12,
        Delay = 1 << 13,
        SoftTimeout = 1 << 14,
        Deadline = 1 << 15,
        AckEarly = 1 << 16,
        Exclusive = 1 << 17,
        RetryOn = 1 << 18,
        ResultTtl = 1 << 19,
    };
    Q_DECLARE_FLAGS(Features, Feature)

    static constexpr Milliseconds unlimited = Milliseconds::max(); //!< no time limit
    static constexpr int leastPriority = -100;
    static constexpr int greatestPriority = 100;

    Options() {}

    //! The queue to wait in; `default` unless set.
    Options &queue(QAnyStringView name)
    {
        m_queue = name.toString();
        return *this;
    }
    //! From leastPriority to greatestPriority, greater runs first; 0 unless set.
    Options &priority(int value)
    {
        m_priority = value;
        return *this;
    }
    //! How long an attempt may run; \ref unlimited unless set. Then it is told to stop, and killed a second later; with a
    //! softTimeout() it has been told, and is killed at once.
    Options &timeout(Milliseconds limit)
    {
        m_timeoutMs = toLimit(limit);
        return *this;
    }
    //! When an attempt is told to end, as a cancelled one is, see Context::stopReason(). What it returns then still counts.
    Options &softTimeout(Milliseconds limit)
    {
        m_softTimeoutMs = toLimit(limit);
        return *this;
    }
    //! How long the task may take in all, from when the broker has taken it: what waits or runs then ends as FAILURE.
    Options &deadline(Milliseconds limit)
    {
        m_deadlineMs = toLimit(limit);
        return *this;
    }
    //! How often a task that failed by its own doing runs again; 0 unless set.
    Options &retries(int count)
    {
        m_retries = count;
        return *this;
    }
    //! Which failures are tried again: Reason::Exception, ExitCode, Timeout, SpawnFailed, OutputLimit, ...; unless set all
    //! but Rejected. Executors that die are judged apart: such a task runs again two times, and is then quarantined.
    template <std::same_as<Reason>... R>
        requires(sizeof...(R) > 0)
    Options &retryOn(R... reasons)
    {
        m_retryOn = (quint32(0) | ... | bit(reasons));
        return *this;
    }
    Options &retryOn(const QList<Reason> &reasons) //!< none: as if unset
    {
        m_retryOn = 0;
        for (const Reason reason : reasons)
            m_retryOn |= bit(reason);
        return *this;
    }
    //! The wait before the first retry, doubled for each further one; 1 s unless set. Up to a tenth is added by chance.
    Options &backoff(Milliseconds first)
    {
        m_backoffMs = first.count();
        return *this;
    }
    //! A worker must have all of these.
    Options &tags(QStringList all)
    {
        m_tags = std::move(all);
        return *this;
    }
    template <typename... Tag>
        requires(sizeof...(Tag) > 0 && (std::is_convertible_v<const Tag &, QAnyStringView> && ...))
    Options &tags(const Tag &...all)
    {
        m_tags.clear();
        (m_tags.append(QAnyStringView(all).toString()), ...);
        return *this;
    }
    //! At most once: it is given to a worker only when that is on disk, and never a second time, unless the worker hands it
    //! back unstarted. Should its worker be lost, it ends as FAILURE. Not to be combined with retries().
    Options &ackEarly(bool on = true)
    {
        m_ackEarly = on;
        return *this;
    }
    //! Never two attempts at a time: it is given to a worker only when that is on disk, a worker that lost touch with the
    //! broker kills it when its lease is over, and only another lease time later it runs elsewhere.
    Options &exclusive(bool on = true)
    {
        m_exclusive = on;
        return *this;
    }
    //! How long the result is kept after the end; \ref unlimited unless set. Then asking for it is ErrorCode::Expired.
    Options &resultTtl(Milliseconds time)
    {
        m_resultTtlMs = toLimit(time);
        return *this;
    }
    //! Nobody wants the result: success is not sent back and no value is kept.
    Options &noResult(bool on = true)
    {
        m_noResult = on;
        return *this;
    }
    //! The one argument and the result are bytes that travel without any encoding.
    Options &raw(bool on = true)
    {
        m_raw = on;
        return *this;
    }
    //! The same key, function and owner is the same task: it runs once and all share its result.
    Options &idempotencyKey(QAnyStringView key)
    {
        m_idempotencyKey = key.toString();
        return *this;
    }
    //! Not before this time, by the broker's clock. For a duration take delay(), which no wrong clock can change.
    Options &eta(const QDateTime &at)
    {
        m_etaMs = at.toMSecsSinceEpoch();
        return *this;
    }
    //! Not before so long after the broker has taken it.
    Options &delay(Milliseconds time)
    {
        m_delayMs = time.count();
        return *this;
    }
    //! Not started after this time.
    Options &expires(const QDateTime &at)
    {
        m_expiresMs = at.toMSecsSinceEpoch();
        return *this;
    }
    //! A task submitted by a task goes on when its parent is cancelled.
    Options &detached(bool on = true)
    {
        m_detached = on;
        return *this;
    }
    //! Arguments and result travel through this codec, see Codecs. The caller's own business: it is not sent.
    Options &codec(QAnyStringView name)
    {
        m_codec = name.toString();
        return *this;
    }

    const QString &queue() const { return m_queue; }
    int priority() const { return m_priority; }
    Milliseconds timeout() const { return fromLimit(m_timeoutMs); }
    Milliseconds softTimeout() const { return fromLimit(m_softTimeoutMs); }
    Milliseconds deadline() const { return fromLimit(m_deadlineMs); }
    int retries() const { return m_retries; }
    bool retriesOn(Reason reason) const
    {
        return m_retryOn ? (m_retryOn & bit(reason)) != 0 : reason != Reason::Rejected;
    }
    Milliseconds backoff() const { return Milliseconds(m_backoffMs); }
    const QStringList &tags() const { return m_tags; }
    bool isAckEarly() const { return m_ackEarly; }
    bool isExclusive() const { return m_exclusive; }
    Milliseconds resultTtl() const { return fromLimit(m_resultTtlMs); }
    bool isNoResult() const { return m_noResult; }
    bool isRaw() const { return m_raw; }
    const QString &idempotencyKey() const { return m_idempotencyKey; }
    QDateTime eta() const { return toTime(m_etaMs); } //!< invalid when unset; UTC
    Milliseconds delay() const { return Milliseconds(m_delayMs); } //!< 0 when unset
    QDateTime expires() const { return toTime(m_expiresMs); } //!< invalid when unset; UTC
    bool isDetached() const { return m_detached; }
    const QString &codec() const { return m_codec; }

    //! The options that differ from their default.
    Features used() const;
    //! The names of the options in use that are not in \a enforced, for an `Unsupported` error.
    QStringList unsupported(Features enforced) const;
    //! `InvalidArgument`, naming the option, when a value is out of its range.
    Result<void> check() const;

    //! What travels, in wire order.
    template <typename V> void fields(V &v)
    {
        v(m_queue, m_priority, m_timeoutMs, m_retries, m_backoffMs, m_tags, m_noResult, m_raw, m_idempotencyKey,
          m_etaMs, m_expiresMs, m_detached, m_delayMs, m_softTimeoutMs, m_deadlineMs, m_ackEarly, m_exclusive, m_retryOn,
          m_resultTtlMs);
    }
    friend bool operator==(const Options &, const Options &) = default;

private:
    static constexpr quint32 bit(Reason reason) { return quint32(1) << quint32(reason); }
    static qint64 toLimit(Milliseconds limit) { return limit == unlimited ? 0 : limit.count() > 0 ? limit.count() : -1; }
    static Milliseconds fromLimit(qint64 ms) { return ms == 0 ? unlimited : Milliseconds(ms); }
    static QDateTime toTime(qint64 ms) { return ms ? QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC) : QDateTime(); }

    QString m_queue = QStringLiteral("default");
    qint32 m_priority = 0;
    qint64 m_timeoutMs = 0;
    qint32 m_retries = 0;
    qint64 m_backoffMs = 1000;
    QStringList m_tags;
    bool m_noResult = false;
    bool m_raw = false;
    bool m_detached = false;
    QString m_idempotencyKey;
    qint64 m_etaMs = 0;
    qint64 m_expiresMs = 0;
    qint64 m_delayMs = 0;
    qint64 m_softTimeoutMs = 0;
    qint64 m_deadlineMs = 0;
    qint64 m_resultTtlMs = 0;
    quint32 m_retryOn = 0; // bits of Reason; 0 = unset
    bool m_ackEarly = false;
    bool m_exclusive = false;
    QString m_codec;
};

Q_DECLARE_OPERATORS_FOR_FLAGS(Options::Features)

} // namespace drover
