// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "models/tasksmodel.h"

#include "models/roles.h"
#include "models/texts.h"

#include <QtCore/QDateTime>

namespace drover {

namespace {

bool isRunning(State state)
{
    return state == State::Received || state == State::Started || state == State::Cancelling || state == State::Paused;
}

bool isWaiting(State state)
{
    return !isFinal(state) && !isRunning(state);
}

template <typename N> int order(const N &a, const N &b)
{
    return a < b ? -1 : b < a ? 1 : 0;
}

int order(const QString &a, const QString &b)
{
    return a.compare(b, Qt::CaseInsensitive);
}

QString stateText(const TaskInfo &task)
{
    if (task.asked == Asked::Pause || task.asked == Asked::Resume)
        return QStringLiteral("%1, %2").arg(Texts::state(task.state), Texts::asked(task.asked));
    if (task.state == State::Started && task.progress >= 0)
        return QStringLiteral("%1 %2 %").arg(Texts::state(task.state)).arg(int(task.progress * 100));
    return Texts::state(task.state);
}

QString whereOrWhy(const TaskInfo &task)
{
    return isWaiting(task.state) && !task.why.isEmpty() ? Texts::why(task.why) : task.worker;
}

} // namespace

TasksModel::TasksModel(Monitor *monitor, QObject *parent) : RowModel(parent), m_monitor(monitor)
{
    sort(SubmittedColumn, Qt::DescendingOrder);
    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, this, [this] { columnChanged(RanColumn); });
    m_second.start();
    if (!monitor)
        return;
    connect(monitor, &Monitor::tasksChanged, this, [this](const RowChanges<TaskInfo> &changes) { apply(changes); });
    connect(monitor, &Monitor::brokerChanged, this, [this] { columnChanged(BrokerColumn); });
    monitor->resend();
}

void TasksModel::setFilter(const QString &text)
{
    const QStringList words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words == m_filter)
        return;
    m_filter = words;
    refilter();
    Q_EMIT filterChanged();
}

void TasksModel::setGroup(Group group)
{
    if (std::exchange(m_group, group) == group)
        return;
    refilter();
    Q_EMIT filterChanged();
}

bool TasksModel::accepts(const TaskInfo &task) const
{
    switch (m_group) {
    case AllTasks: break;
    case OpenTasks:
        if (!isWaiting(task.state))
            return false;
        break;
    case RunningTasks:
        if (!isRunning(task.state))
            return false;
        break;
    case FailedTasks:
        if (task.state != State::Failure && task.state != State::Retry)
            return false;
        break;
    case EndedTasks:
        if (!isFinal(task.state))
            return false;
        break;
    }
    return std::all_of(m_filter.cbegin(), m_filter.cend(), [&task](const QString &word) {
        const auto has = [&word](const QString &text) { return text.contains(word, Qt::CaseInsensitive); };
        return has(task.name) || has(task.summary) || has(task.function) || has(task.queue) || has(task.worker)
            || has(task.id.toString());
    });
}

int TasksModel::compare(const TaskInfo &a, const TaskInfo &b, int column) const
{
    switch (column) {
    case StateColumn: return order(quint8(a.state), quint8(b.state));
    case TitleColumn: return order(Texts::title(a), Texts::title(b));
    case QueueColumn: return order(a.queue, b.queue);
    case WorkerColumn: return order(whereOrWhy(a), whereOrWhy(b));
    case SubmittedColumn: {
        const int times = order(a.submittedMs, b.submittedMs);
        return times != 0 ? times : order(a.id, b.id);
    }
    case RanColumn: {
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        return order(Texts::ran(a, now), Texts::ran(b, now));
    }
    default: return 0;
    }
}

QString TasksModel::text(const TaskInfo &task, const RowKey &key, int column) const
{
    switch (column) {
    case StateColumn: return stateText(task);
    case TitleColumn: return Texts::title(task);
    case QueueColumn: return task.queue;
    case WorkerColumn: return whereOrWhy(task);
    case SubmittedColumn: return Texts::moment(task.submittedMs);
    case RanColumn: return Texts::duration(Texts::ran(task, QDateTime::currentMSecsSinceEpoch()));
    case BrokerColumn: return brokerName(key.broker);
    default: return {};
    }
}

QVariant TasksModel::data(const QModelIndex &index, int role) const
{
    const TaskInfo *task = valueAt(index.row());
    if (!task)
        return {};
    switch (role) {
    case Qt::DisplayRole: return text(*task, keyAt(index.row()), index.column());
    case Qt::ToolTipRole:
        if (index.column() == StateColumn && !task->error.message().isEmpty())
            return task->error.message();
        return index.column() == TitleColumn || index.column() == WorkerColumn
            ? text(*task, keyAt(index.row()), index.column())
            : QVariant();
    case Qt::TextAlignmentRole:
        return index.column() == RanColumn ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    case IdRole: return task->id.toString();
    case BrokerRole: return keyAt(index.row()).broker;
    case StateRole: return int(task->state);
    case ProgressRole: return task->progress;
    case FaintRole: return index.column() == WorkerColumn && isWaiting(task->state);
    case TroubleRole: return task->state == State::Failure;
    default: return {};
    }
}

QVariant TasksModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return section == RanColumn && role == Qt::TextAlignmentRole
            ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter))
            : QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case StateColumn: return tr("State");
    case TitleColumn: return tr("Task");
    case QueueColumn: return tr("Queue");
    case WorkerColumn: return tr("Worker");
    case SubmittedColumn: return tr("Submitted");
    case RanColumn: return tr("Duration");
    case BrokerColumn: return tr("Broker");
    default: return {};
    }
}

QHash<int, QByteArray> TasksModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractTableModel::roleNames();
    names.insert(IdRole, "rowId");
    names.insert(BrokerRole, "broker");
    names.insert(StateRole, "state");
    names.insert(ProgressRole, "progress");
    names.insert(FaintRole, "faint");
    names.insert(TroubleRole, "trouble");
    return names;
}

} // namespace drover
