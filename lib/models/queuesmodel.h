// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/rowmodel.h"
#include "support/export.h"

namespace drover {

//! The queues of all brokers of a Monitor, by name.
class DROVER_MODELS_EXPORT QueuesModel : public RowModel<QueueInfo>
{
    Q_OBJECT
public:
    enum Column { NameColumn, WaitingColumn, RunningColumn, StateColumn };
    static constexpr int columns = StateColumn + 1;

    //! \a monitor is not owned and may be null: then somebody calls apply().
    explicit QueuesModel(Monitor *monitor, QObject *parent = nullptr);

    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : columns; }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;
    quint64 waiting() const; //!< tasks in all queues
    quint64 running() const;

protected:
    int compare(const QueueInfo &a, const QueueInfo &b, int column) const override;
};

} // namespace drover
