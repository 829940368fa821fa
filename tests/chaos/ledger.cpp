// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "ledger.h"

namespace {

QByteArray line(char what, quint64 number, drover::TaskId id, const QString &more)
{
    QString text = more;
    text.replace(u'\n', u' ');
    return QByteArray(1, what) + ' ' + QByteArray::number(number) + ' ' + id.toString().toLatin1() + ' ' + text.toUtf8()
        + '\n';
}

} // namespace

void Ledger::update()
{
    for (const QByteArray &line : m_lines.next())
        read(line.split(' '));
}

void Ledger::read(const QList<QByteArray> &words)
{
    if (words.size() < 4)
        return;
    Entry &entry = m_entries[words[1].toULongLong()];
    const drover::TaskId id = drover::Id::fromString(QString::fromLatin1(words[2])).value_or(drover::TaskId());
    const QString rest = QString::fromUtf8(words.mid(3).join(' '));
    switch (words[0].front()) {
    case 'S':
        entry.number = words[1].toULongLong();
        entry.id = id;
        entry.kind = TaskKind(rest.toInt());
        ++m_unacknowledged;
        break;
    case 'A':
        entry.id = id;
        entry.acknowledged = true;
        m_unacknowledged = qMax<qsizetype>(0, m_unacknowledged - 1);
        break;
    case 'R':
        entry.refused = rest;
        m_unacknowledged = qMax<qsizetype>(0, m_unacknowledged - 1);
        break;
    case 'F':
        entry.contradicted |= !entry.result.isEmpty() && entry.result != rest;
        entry.result = rest;
        break;
    default: break;
    }
}

QByteArray Ledger::submitted(quint64 number, drover::TaskId id, TaskKind kind)
{
    return line('S', number, id, QString::number(int(kind)));
}

QByteArray Ledger::acknowledged(quint64 number, drover::TaskId id)
{
    return line('A', number, id, QString());
}

QByteArray Ledger::refused(quint64 number, drover::TaskId id, const QString &why)
{
    return line('R', number, id, why);
}

QByteArray Ledger::settled(quint64 number, drover::TaskId id, const QString &result)
{
    return line('F', number, id, result);
}
