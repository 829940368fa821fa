// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/rowmodel.h"
#include "support/export.h"

#include <QtCore/QTimer>

namespace drover {

//! The tasks of all brokers of a Monitor, the latest first.
class DROVER_MODELS_EXPORT TasksModel : public RowModel<TaskInfo>
{
    Q_OBJECT
    Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY filterChanged)
public:
    enum Column { StateColumn, TitleColumn, QueueColumn, WorkerColumn, SubmittedColumn, RanColumn, BrokerColumn };
    static constexpr int columns = BrokerColumn + 1;

    //! Groups of states to choose from. The values are part of settings: never renumber.
    enum Group { AllTasks = 0, OpenTasks = 1, RunningTasks = 2, FailedTasks = 3, EndedTasks = 4 };
    Q_ENUM(Group)

    //! \a monitor is not owned and may be null: then somebody calls apply().
    explicit TasksModel(Monitor *monitor, QObject *parent = nullptr);

    //! Words that each have to occur in the title, queue, worker or id of a task, in any case.
    QString filter() const { return m_filter.join(QLatin1Char(' ')); }
    void setFilter(const QString &text);
    Group group() const { return m_group; }
    void setGroup(Group group);

    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : columns; }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void filterChanged();

protected:
    int compare(const TaskInfo &a, const TaskInfo &b, int column) const override;
    bool accepts(const TaskInfo &task) const override;

private:
    QString text(const TaskInfo &task, const RowKey &key, int column) const;
    QString brokerName(int broker) const { return m_monitor ? m_monitor->name(broker) : QString(); }

    QPointer<Monitor> m_monitor;
    QStringList m_filter;
    Group m_group = AllTasks;
    QTimer m_second;
};

} // namespace drover
