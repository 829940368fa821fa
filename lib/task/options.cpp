// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/options.h"

namespace drover {

namespace {

struct Named
{
    Options::Feature feature;
    const char *name;
};

constexpr Named optionNames[] = {
    {Options::Queue, "queue"},
    {Options::Priority, "priority"},
    {Options::Timeout, "timeout"},
    {Options::Retries, "retries"},
    {Options::Backoff, "backoff"},
    {Options::Tags, "tags"},
    {Options::NoResult, "noResult"},
    {Options::Raw, "raw"},
    {Options::IdempotencyKey, "idempotencyKey"},
    {Options::Eta, "eta"},
    {Options::Expires, "expires"},
    {Options::Detached, "detached"},
    {Options::Codec, "codec"},
    {Options::Delay, "delay"},
    {Options::SoftTimeout, "softTimeout"},
    {Options::Deadline, "deadline"},
    {Options::AckEarly, "ackEarly"},
    {Options::Exclusive, "exclusive"},
    {Options::RetryOn, "retryOn"},
    {Options::ResultTtl, "resultTtl"},
};

Unexpected<Error> refuse(const char *option, const QString &why)
{
    return fail(ErrorCode::InvalidArgument, QStringLiteral("Option %1 %2.").arg(QLatin1String(option), why));
}

} // namespace

Options::Features Options::used() const
{
    static const Options unset;
    Features used;
    used.setFlag(Queue, m_queue != unset.m_queue);
    used.setFlag(Priority, m_priority != 0);
    used.setFlag(Timeout, m_timeoutMs != 0);
    used.setFlag(Retries, m_retries != 0);
    used.setFlag(Backoff, m_backoffMs != unset.m_backoffMs);
    used.setFlag(Tags, !m_tags.isEmpty());
    used.setFlag(NoResult, m_noResult);
    used.setFlag(Raw, m_raw);
    used.setFlag(IdempotencyKey, !m_idempotencyKey.isEmpty());
    used.setFlag(Eta, m_etaMs != 0);
    used.setFlag(Expires, m_expiresMs != 0);
    used.setFlag(Detached, m_detached);
    used.setFlag(Codec, !m_codec.isEmpty());
    used.setFlag(Delay, m_delayMs != 0);
    used.setFlag(SoftTimeout, m_softTimeoutMs != 0);
    used.setFlag(Deadline, m_deadlineMs != 0);
    used.setFlag(AckEarly, m_ackEarly);
    used.setFlag(Exclusive, m_exclusive);
    used.setFlag(RetryOn, m_retryOn != 0);
    used.setFlag(ResultTtl, m_resultTtlMs != 0);
    return used;
}

QStringList Options::unsupported(Features enforced) const
{
    const Features missing = used() & ~enforced;
    QStringList list;
    for (const Named &entry : optionNames) {
        if (missing.testFlag(entry.feature))
            list.append(QString::fromLatin1(entry.name));
    }
    return list;
}

Result<void> Options::check() const
{
    if (m_queue.isEmpty())
        return refuse("queue", QStringLiteral("is empty"));
    if (m_priority < leastPriority || m_priority > greatestPriority)
        return refuse(
            "priority",
            QStringLiteral("is %1; it goes from %2 to %3").arg(m_priority).arg(leastPriority).arg(greatestPriority));
    const std::pair<const char *, qint64> limits[] = {{"timeout", m_timeoutMs},
                                                      {"softTimeout", m_softTimeoutMs},
                                                      {"deadline", m_deadlineMs},
                                                      {"resultTtl", m_resultTtlMs}};
    for (const auto &[name, ms] : limits) {
        if (ms < 0)
            return refuse(name, QStringLiteral("must be greater than 0; Options::unlimited is no limit"));
    }
    if (m_timeoutMs > 0 && m_softTimeoutMs >= m_timeoutMs)
        return refuse("softTimeout", QStringLiteral("must be shorter than timeout, which kills"));
    if (m_delayMs < 0)
        return refuse("delay", QStringLiteral("cannot be negative"));
    if (m_delayMs > 0 && m_etaMs != 0)
        return refuse("delay", QStringLiteral("cannot be combined with eta"));
    if (m_ackEarly && m_retries > 0)
        return refuse("ackEarly", QStringLiteral("means at most once, and cannot be combined with retries"));
    if (m_retries < 0)
        return refuse("retries", QStringLiteral("is %1; it cannot be negative").arg(m_retries));
    if (m_backoffMs < 0)
        return refuse("backoff", QStringLiteral("cannot be negative"));
    if (m_raw && !m_codec.isEmpty())
        return refuse("codec", QStringLiteral("cannot be combined with raw"));
    return {};
}

} // namespace drover
