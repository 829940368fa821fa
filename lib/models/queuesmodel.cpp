// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "models/queuesmodel.h"

#include "models/roles.h"

#include <QtCore/QLocale>

namespace drover {

QueuesModel::QueuesModel(Monitor *monitor, QObject *parent) : RowModel(parent)
{
    sort(NameColumn);
    if (!monitor)
        return;
    connect(monitor, &Monitor::queuesChanged, this, [this](const RowChanges<QueueInfo> &changes) { apply(changes); });
    monitor->resend();
}

int QueuesModel::compare(const QueueInfo &a, const QueueInfo &b, int column) const
{
    const auto order = [](quint64 x, quint64 y) { return x < y ? -1 : int(x > y); };
    switch (column) {
    case NameColumn: return a.name.compare(b.name, Qt::CaseInsensitive);
    case WaitingColumn: return order(a.pending, b.pending);
    case RunningColumn: return order(a.running, b.running);
    case StateColumn: return int(a.paused) - int(b.paused);
    default: return 0;
    }
}

QVariant QueuesModel::data(const QModelIndex &index, int role) const
{
    const QueueInfo *queue = valueAt(index.row());
    if (!queue)
        return {};
    const bool isNumber = index.column() == WaitingColumn || index.column() == RunningColumn;
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case NameColumn: return queue->name;
        case WaitingColumn: return QLocale().toString(queue->pending);
        case RunningColumn: return QLocale().toString(queue->running);
        case StateColumn: return queue->paused ? tr("Paused") : tr("Open");
        default: return {};
        }
    case Qt::TextAlignmentRole: return isNumber ? int(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case IdRole: return queue->name;
    case BrokerRole: return keyAt(index.row()).broker;
    case FaintRole: return index.column() == StateColumn && !queue->paused;
    case TroubleRole: return queue->paused;
    default: return {};
    }
}

QVariant QueuesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const bool isNumber = section == WaitingColumn || section == RunningColumn;
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && isNumber)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return RowModel::headerData(section, orientation, role);
    switch (section) {
    case NameColumn: return tr("Queue");
    case WaitingColumn: return tr("Waiting");
    case RunningColumn: return tr("Running");
    case StateColumn: return tr("State");
    default: return {};
    }
}

QHash<int, QByteArray> QueuesModel::roleNames() const
{
    QHash<int, QByteArray> names = RowModel::roleNames();
    names.insert(IdRole, "rowId");
    names.insert(BrokerRole, "broker");
    names.insert(FaintRole, "faint");
    names.insert(TroubleRole, "trouble");
    return names;
}

quint64 QueuesModel::waiting() const
{
    quint64 sum = 0;
    for (int row = 0; row < rowCount(); ++row)
        sum += valueAt(row)->pending;
    return sum;
}

quint64 QueuesModel::running() const
{
    quint64 sum = 0;
    for (int row = 0; row < rowCount(); ++row)
        sum += valueAt(row)->running;
    return sum;
}

} // namespace drover
