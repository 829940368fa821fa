// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "monitor/monitor.h"

#include <QCoro/QCoroTask>

namespace drover::gui {

//! Commands that this program has launched. It remembers the latest, because it may read their output: a stream has one
//! reader, and that of other tasks belongs to whoever launched them.
class Launches : public QObject
{
    Q_OBJECT
public:
    //! \a monitor is not owned and must outlive this.
    explicit Launches(Monitor *monitor, QObject *parent = nullptr);

    //! Where accepted() or refused() will tell what became of it.
    RowKey launch(int broker, const Command &command, const Options &options = {});
    bool contains(const RowKey &task) const { return m_tasks.contains(task); }
    void add(const RowKey &task);

Q_SIGNALS:
    void accepted(const drover::RowKey &task);
    void refused(const drover::RowKey &task, const drover::Error &error);

private:
    static QCoro::Task<> await(QPointer<Launches> self, RowKey task, Acceptance acceptance);

    Monitor *m_monitor;
    QSet<RowKey> m_tasks;
    QList<RowKey> m_order; //!< oldest first
};

} // namespace drover::gui
