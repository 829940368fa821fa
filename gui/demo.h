// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/worker.h"
#include "gui/launches.h"

#include <QtCore/QTemporaryDir>
#include <QtCore/QTimer>

#include <vector>

namespace drover::gui {

//! Something to look at without a LAN: a broker and two workers in this process, real ones, and sample work at a steady pace.
//! All of it stays on this machine and is gone when this is destroyed.
class Demo : public QObject
{
    Q_OBJECT
public:
    //! Neither is owned; both must outlive this. To be made before anything else opens a socket: it confines the process to
    //! its loopback interface.
    Demo(Monitor *monitor, Launches *launches, QObject *parent = nullptr);
    //! The monitor lost its broker before.
    ~Demo() override;

    //! Adds the broker to the monitor; its number. StorageFailed without a folder to write to.
    Result<int> start();
    //! No more tasks; what is queued goes on.
    void pause() { m_pace.stop(); }

private:
    void startWorker(const QString &name, quint32 slotCount, const QStringList &tags);
    void launchSome();
    void launchNext();
    template <typename R> void own(const Submitted<R> &task);

    Monitor *m_monitor;
    Launches *m_launches;
    QTemporaryDir m_home;
    int m_broker = 0;
    std::vector<std::unique_ptr<Worker>> m_workers;
    QList<Submitted<QVariant>> m_open;
    QTimer m_pace;
    int m_launched = 0;
};

} // namespace drover::gui
