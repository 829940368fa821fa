// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/rowmodel.h"
#include "support/export.h"

namespace drover {

//! The workers of all brokers of a Monitor, by name.
class DROVER_MODELS_EXPORT WorkersModel : public RowModel<WorkerInfo>
{
    Q_OBJECT
public:
    enum Column { NameColumn, SlotsColumn, DoneColumn, TagsColumn };
    static constexpr int columns = TagsColumn + 1;

    //! \a monitor is not owned and may be null: then somebody calls apply().
    explicit WorkersModel(Monitor *monitor, QObject *parent = nullptr);

    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : columns; }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;
    int connected() const; //!< how many workers
    quint64 slotCount() const; //!< of those
    quint64 busySlots() const;

protected:
    int compare(const WorkerInfo &a, const WorkerInfo &b, int column) const override;

private:
    static QString text(const WorkerInfo &worker, int column);
    static QString toolTip(const WorkerInfo &worker);
};

} // namespace drover
