// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "submitter.h"

#include <QtCore/QCryptographicHash>

using namespace drover;

namespace {

constexpr Milliseconds period{20};
constexpr size_t maxOpen = 150;
constexpr int maxBurst = 6;

ClientSettings clientSettings(const Submitter::Settings &settings)
{
    return ClientSettings().home(settings.home).name(settings.name).startBroker(false);
}

} // namespace

QString resultText(const PendingTask &task)
{
    const Outcome &outcome = task.outcome();
    if (!outcome)
        return QStringLiteral("error %1 %2").arg(toString(outcome.error().reason()), toString(outcome.error().code()));
    const QByteArray bytes = outcome->inlineBytes().value_or(QByteArray("not inline"));
    return QStringLiteral("ok %1").arg(
        QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha1).toHex()));
}

Submitter::Submitter(const Settings &settings)
    : m_settings(settings), m_random(settings.seed), m_client(QUrl(QStringLiteral("local:")), clientSettings(settings))
{
    goOn();
    connect(&m_timer, &QTimer::timeout, this, &Submitter::tick);
    m_timer.start(period);
}

Submitter::~Submitter() = default;

// What was acknowledged is attached to; what was not is lost, but for those that a key makes known again.
void Submitter::goOn()
{
    LineFile::cutTornLine(m_settings.ledger);
    Ledger ledger(m_settings.ledger);
    ledger.update();
    for (const auto &[number, entry] : ledger.entries()) {
        m_last = number;
        if (entry.acknowledged && entry.result.isEmpty() && entry.kind != TaskKind::Unwanted)
            m_open[number] = {entry.kind, true, m_client.attach(entry.id).task()};
        else if (!entry.acknowledged && entry.refused.isEmpty() && entry.kind == TaskKind::Keyed)
            submit(number, entry.kind);
    }
    writeSubmitted();
}

void Submitter::writeSubmitted()
{
    if (!m_submitted.isEmpty())
        LineFile::append(m_settings.ledger, std::exchange(m_submitted, {}));
}

// What is submitted in here leaves the process later than its line does.
void Submitter::tick()
{
    note();
    const bool stops = QFile::exists(m_settings.stopFile);
    for (int burst = m_random.bounded(maxBurst + 1); burst > 0 && !stops && m_open.size() < maxOpen; --burst)
        submit(m_last + 1, TaskKind(m_random.bounded(taskKinds)));
    writeSubmitted();
    if (stops && m_open.empty())
        Q_EMIT ended();
}

void Submitter::submit(quint64 number, TaskKind kind)
{
    m_last = std::max(m_last, number);
    const auto task = submitTask(m_client, kind, number, m_settings.name, m_random);
    m_submitted += Ledger::submitted(number, task->id(), kind);
    m_open[number] = {kind, false, task};
}

void Submitter::note()
{
    QByteArray lines;
    for (auto &[number, open] : m_open) {
        const TaskId id = open.task->id();
        if (open.task->isAccepted() && !std::exchange(open.told, true))
            lines += open.task->accepted() ? Ledger::acknowledged(number, id)
                                           : Ledger::refused(number, id, open.task->accepted().error().message());
        if (open.told && open.task->isSettled())
            lines += Ledger::settled(number, id, resultText(*open.task));
    }
    std::erase_if(m_open, [](const auto &entry) {
        const Open &open = entry.second;
        return open.told && (open.task->isSettled() || open.kind == TaskKind::Unwanted);
    });
    if (!lines.isEmpty())
        LineFile::append(m_settings.ledger, lines, true);
}
