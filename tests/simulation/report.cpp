// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "report.h"

#include "weather.h"

namespace drover::simulation {

namespace {

using S = State;

struct Step
{
    std::optional<State> from;
    State to;
};
constexpr Step steps[] = {
    {{}, S::Pending},
    {{}, S::Scheduled},
    {S::Scheduled, S::Pending},
    {S::Retry, S::Pending},
    {S::Pending, S::Received},
    {S::Received, S::Started},
    {S::Received, S::Success},
    {S::Started, S::Retry},
    {S::Received, S::Retry},
    {S::Received, S::Failure},
    {S::Received, S::Pending},
    {S::Started, S::Pending},
    {S::Pending, S::Failure},
    {S::Pending, S::Held},
    {S::Scheduled, S::Held},
    {S::Retry, S::Held},
    {S::Received, S::Paused},
    {S::Started, S::Paused},
    {S::Paused, S::Started},
    {S::Paused, S::Held},
    {S::Held, S::Pending},
    {S::Held, S::Scheduled},
    {S::Held, S::Retry},
    {S::Pending, S::Trashed},
    {S::Scheduled, S::Trashed},
    {S::Retry, S::Trashed},
    {S::Held, S::Trashed},
    {S::Trashed, S::Pending},
    {S::Pending, S::Revoked},
    {S::Scheduled, S::Revoked},
    {S::Retry, S::Revoked},
    {S::Held, S::Revoked},
    {S::Trashed, S::Revoked},
    {S::Received, S::Cancelling},
    {S::Started, S::Cancelling},
    {S::Cancelling, S::Success},
    {S::Cancelling, S::Revoked},
    {S::Paused, S::Cancelling},
};

//! What the links, not the machines, deal with; and what needs the driver of a broker.
constexpr Kind outside[] = {Kind::Refused,  Kind::Credit,     Kind::ShowBroker, Kind::BrokerInfo,
                            Kind::Maintain, Kind::Maintained, Kind::BlobPut,    Kind::BlobStored,
                            Kind::BlobGet,  Kind::BlobData,   Kind::BlobRead,   Kind::BlobClose};

bool isOutside(Kind kind)
{
    return std::find(std::begin(outside), std::end(outside), kind) != std::end(outside);
}

QString stepName(const Step &step)
{
    return QStringLiteral("%1 -> %2")
        .arg(step.from ? toString(*step.from) : QStringLiteral("(new)"), toString(step.to));
}

} // namespace

void Report::recorded(const Facts *before, const Record &record)
{
    const auto note = [&](State to) {
        const size_t from = before ? size_t(before->delivery().state) : 0;
        if (from != size_t(to))
            ++m_changes[from][size_t(to)];
    };
    if (const auto *added = std::get_if<TaskAdded>(&record))
        note(added->task.delivery.state);
    else if (const auto *updated = std::get_if<TaskUpdated>(&record))
        note(updated->delivery.state);
    else if (const auto *ended = std::get_if<TaskEnded>(&record))
        note(ended->ending.state);
    else if (std::holds_alternative<OrphanAdded>(record))
        count(QStringLiteral("task: a late result was kept as an orphan"));
}

void Report::write(QTextStream &out) const
{
    for (size_t i = 0; i < kinds; ++i)
        out << "kind\t" << i << '\t' << m_kinds[i] << '\n';
    for (size_t i = 0; i < states; ++i) {
        for (size_t j = 0; j < states; ++j)
            out << "change\t" << i << '\t' << j << '\t' << m_changes[i][j] << '\n';
    }
    for (const auto &[what, number] : m_counts)
        out << "count\t" << what << '\t' << number << '\n';
}

void Report::read(const QStringList &words)
{
    const QString &what = words.first();
    if (what == QLatin1String("kind"))
        m_kinds[words.value(1).toUInt() % kinds] += words.value(2).toULongLong();
    else if (what == QLatin1String("change"))
        m_changes[words.value(1).toUInt() % states][words.value(2).toUInt() % states] += words.value(3).toULongLong();
    else if (what == QLatin1String("count"))
        add(words.value(1), words.value(2).toULongLong());
}

void Report::print(QTextStream &out) const
{
    out << "Messages handled\n";
    for (const KindInfo &info : kindTable()) {
        if (!isOutside(info.kind))
            out << "  " << QString(info.name).leftJustified(20) << m_kinds[size_t(info.kind)] << '\n';
    }
    out << "States\n";
    for (const Step &step : steps)
        out << "  " << stepName(step).leftJustified(28)
            << m_changes[step.from ? size_t(*step.from) : 0][size_t(step.to)] << '\n';
    out << "Faults and what else happened\n";
    for (const auto &[what, number] : m_counts)
        out << "  " << what.leftJustified(56) << number << '\n';
}

QStringList Report::missing() const
{
    QStringList list;
    for (const KindInfo &info : kindTable()) {
        if (!isOutside(info.kind) && !m_kinds[size_t(info.kind)])
            list.append(QStringLiteral("no %1 was handled").arg(info.name));
    }
    for (const Step &step : steps) {
        if (!m_changes[step.from ? size_t(*step.from) : 0][size_t(step.to)])
            list.append(QStringLiteral("no task went %1").arg(stepName(step)));
    }
    for (const QString &fault : Weather::faults()) {
        if (!m_counts.contains(fault))
            list.append(QStringLiteral("this never happened: ") + fault);
    }
    return list;
}

} // namespace drover::simulation
