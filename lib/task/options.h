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
    //! How long an attempt may run; \ref unlimited unless set.
    Options &timeout(Milliseconds limit)
    {
        m_timeoutMs = limit == unlimited ? 0 : limit.count() > 0 ? limit.count() : -1;
        return *this;
    }
    //! How often a task that failed by its own doing runs again; 0 unless set.
    Options &retries(int count)
    {
        m_retries = count;
        return *this;
    }
    //! The wait before the first retry, doubled for each further one; 1 s unless set.
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
    //! Not before this time, by the broker's clock.
    Options &eta(const QDateTime &at)
    {
        m_etaMs = at.toMSecsSinceEpoch();
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
    Milliseconds timeout() const { return m_timeoutMs == 0 ? unlimited : Milliseconds(m_timeoutMs); }
    int retries() const { return m_retries; }
    Milliseconds backoff() const { return Milliseconds(m_backoffMs); }
    const QStringList &tags() const { return m_tags; }
    bool isNoResult() const { return m_noResult; }
    bool isRaw() const { return m_raw; }
    const QString &idempotencyKey() const { return m_idempotencyKey; }
    QDateTime eta() const { return toTime(m_etaMs); } //!< invalid when unset; UTC
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
          m_etaMs, m_expiresMs, m_detached);
    }
    friend bool operator==(const Options &, const Options &) = default;

private:
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
    QString m_codec;
};

Q_DECLARE_OPERATORS_FOR_FLAGS(Options::Features)

} // namespace drover
