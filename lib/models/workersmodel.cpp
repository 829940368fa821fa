// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "models/workersmodel.h"

#include "models/roles.h"
#include "models/texts.h"

#include <QtCore/QLocale>

namespace drover {

WorkersModel::WorkersModel(Monitor *monitor, QObject *parent) : RowModel(parent)
{
    sort(NameColumn);
    if (!monitor)
        return;
    connect(monitor, &Monitor::workersChanged, this, [this](const RowChanges<WorkerInfo> &changes) { apply(changes); });
    monitor->resend();
}

int WorkersModel::compare(const WorkerInfo &a, const WorkerInfo &b, int column) const
{
    const auto order = [](auto x, auto y) { return x < y ? -1 : int(y < x); };
    switch (column) {
    case NameColumn: return a.name.compare(b.name, Qt::CaseInsensitive);
    case SlotsColumn:
        if (a.connected != b.connected)
            return a.connected ? 1 : -1;
        return order(a.busy, b.busy);
    case DoneColumn: return order(a.done, b.done);
    case TagsColumn: return order(a.tags, b.tags);
    default: return 0;
    }
}

QString WorkersModel::text(const WorkerInfo &worker, int column)
{
    switch (column) {
    case NameColumn: return worker.name;
    case SlotsColumn:
        return worker.connected ? tr("%1 of %2", "slots taken").arg(worker.busy).arg(worker.slots)
                                : tr("gone since %1").arg(Texts::moment(worker.sinceMs));
    case DoneColumn: return QLocale().toString(worker.done);
    case TagsColumn: return worker.tags.join(QStringLiteral(", "));
    default: return {};
    }
}

QString WorkersModel::toolTip(const WorkerInfo &worker)
{
    QStringList lines{worker.name, worker.address};
    if (!worker.tags.isEmpty())
        lines.append(tr("Tags: %1").arg(text(worker, TagsColumn)));
    if (worker.connected)
        lines.append(tr("Connected since %1").arg(Texts::moment(worker.sinceMs)));
    lines.append(worker.fingerprint);
    return lines.join(QLatin1Char('\n'));
}

QVariant WorkersModel::data(const QModelIndex &index, int role) const
{
    const WorkerInfo *worker = valueAt(index.row());
    if (!worker)
        return {};
    switch (role) {
    case Qt::DisplayRole: return text(*worker, index.column());
    case Qt::ToolTipRole: return toolTip(*worker);
    case Qt::TextAlignmentRole:
        return index.column() == DoneColumn ? int(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case IdRole: return worker->fingerprint;
    case BrokerRole: return keyAt(index.row()).broker;
    case LoadRole:
        return index.column() == SlotsColumn && worker->connected && worker->slots > 0
            ? QVariant(qMin(1.0, double(worker->busy) / worker->slots))
            : QVariant();
    case FaintRole: return !worker->connected;
    case TroubleRole: return !worker->connected;
    default: return {};
    }
}

QVariant WorkersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && section == DoneColumn)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return RowModel::headerData(section, orientation, role);
    switch (section) {
    case NameColumn: return tr("Worker");
    case SlotsColumn: return tr("Slots in use");
    case DoneColumn: return tr("Done");
    case TagsColumn: return tr("Tags");
    default: return {};
    }
}

QHash<int, QByteArray> WorkersModel::roleNames() const
{
    QHash<int, QByteArray> names = RowModel::roleNames();
    names.insert(IdRole, "rowId");
    names.insert(BrokerRole, "broker");
    names.insert(LoadRole, "load");
    names.insert(FaintRole, "faint");
    names.insert(TroubleRole, "trouble");
    return names;
}

int WorkersModel::connected() const
{
    int count = 0;
    for (int row = 0; row < rowCount(); ++row)
        count += valueAt(row)->connected;
    return count;
}

quint64 WorkersModel::slotCount() const
{
    quint64 sum = 0;
    for (int row = 0; row < rowCount(); ++row)
        sum += valueAt(row)->connected ? valueAt(row)->slots : 0;
    return sum;
}

quint64 WorkersModel::busySlots() const
{
    quint64 sum = 0;
    for (int row = 0; row < rowCount(); ++row)
        sum += valueAt(row)->connected ? valueAt(row)->busy : 0;
    return sum;
}

} // namespace drover
