// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "gui/banner.h"
#include "gui/launchbar.h"
#include "gui/mainwindow.h"
#include "gui/tablepanel.h"
#include "gui/taskdetails.h"

#include <QtCore/QLocale>
#include <QtCore/QSettings>
#include <QtGui/QCloseEvent>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QSplitter>

// What the window says of brokers, and what it remembers.
namespace drover::gui {

namespace {

constexpr int layoutVersion = 1;

} // namespace

void MainWindow::updateConnection()
{
    QList<std::pair<int, QString>> names;
    QStringList lost;
    QStringList reasons;
    for (const int broker : m_monitor->brokers()) {
        names.append({broker, m_monitor->name(broker)});
        if (m_monitor->isConnected(broker))
            continue;
        lost.append(m_monitor->name(broker));
        if (!m_monitor->connectionError(broker).message().isEmpty())
            reasons.append(m_monitor->connectionError(broker).message());
    }
    const bool connected = lost.isEmpty() && !names.isEmpty();
    m_wasConnected |= connected;
    m_launchBar->setBrokers(names);
    m_tasksPanel->view()->setColumnHidden(TasksModel::BrokerColumn, names.size() < 2);
    if (connected)
        m_banner->hide();
    else if (reasons.isEmpty())
        m_banner->show(Banner::Calm, tr("Connecting to %1…").arg(lost.join(QStringLiteral(", "))), {});
    else
        m_banner->show(Banner::Trouble, tr("Not connected to %1").arg(lost.join(QStringLiteral(", "))),
                       tr("%1 Trying again by itself.", "the reason, a sentence").arg(reasons.join(u' ')));
    const State sign = connected ? State::Success : reasons.isEmpty() ? State::Pending : State::Failure;
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, stateColor(sign, palette()));
    m_connection->setPalette(colors);
    m_connection->setText(
        connected ? tr("Connected to %1")
                        .arg(names.size() == 1 ? names.first().second : tr("%n broker(s)", nullptr, int(names.size())))
            : reasons.isEmpty() ? tr("Connecting")
                                : tr("Not connected"));
    setWindowTitle(names.size() == 1 ? tr("%1 – Drover", "the name of a broker").arg(names.first().second)
                                     : QStringLiteral("Drover"));
    updateTaskTexts();
    updateSummary();
}

void MainWindow::updateSummary()
{
    const QLocale locale;
    const QString dot = QStringLiteral("   ·   ");
    m_summary->setText(QStringList{
        tr("%n worker(s)", nullptr, m_workers->connected()),
        tr("%1 of %2 slots in use").arg(m_workers->busySlots()).arg(m_workers->slotCount()),
        tr("%1 waiting", "tasks").arg(locale.toString(m_queues->waiting())),
        tr("%1 running", "tasks").arg(locale.toString(m_queues->running())),
    }
                           .join(dot));
    const QList<int> brokers = m_monitor->brokers();
    const auto isUp = [this](int broker) { return m_monitor->isConnected(broker); };
    if (!std::any_of(brokers.cbegin(), brokers.cend(), isUp)) {
        m_queuesPanel->emptyState()->setTexts(tr("Not connected"), tr("The broker knows the queues."));
        m_workersPanel->emptyState()->setTexts(tr("Not connected"), tr("The broker knows the workers."));
        return;
    }
    m_queuesPanel->emptyState()->setTexts(tr("No queue yet"), tr("A queue appears with the first task that names it."));
    m_workersPanel->emptyState()->setTexts(
        tr("No worker is connected"), tr("Tasks wait until there is one. Start a worker here or on another machine:"),
        QStringLiteral("drover worker"));
}

void MainWindow::updateTaskTexts()
{
    const QLocale locale;
    const qsizetype shown = m_tasks->rowCount();
    bool truncated = false;
    for (const int broker : m_monitor->brokers())
        truncated |= m_monitor->isTruncated(broker);
    if (truncated)
        m_tasksPanel->setNote(tr("%1 of more, the rest waits", "tasks").arg(locale.toString(shown)));
    else if (shown < m_tasks->total())
        m_tasksPanel->setNote(tr("%1 of %2", "tasks").arg(locale.toString(shown), locale.toString(m_tasks->total())));
    else
        m_tasksPanel->setNote(shown > 0 ? locale.toString(shown) : QString());
    EmptyState *empty = m_tasksPanel->emptyState();
    if (m_tasks->total() > 0)
        empty->setTexts(tr("No task is like that"),
                        tr("%n task(s) are hidden by the search.", nullptr, int(m_tasks->total())), {},
                        tr("Show all tasks"));
    else if (m_banner->isVisibleTo(this))
        empty->setTexts(tr("Tasks appear once the broker answers"),
                        tr("What was queued is kept there, and workers go on."));
    else
        empty->setTexts(tr("No tasks yet"), tr("Type a command above and press Enter, or in a terminal:"),
                        QStringLiteral("drover run -- echo hello"));
}

void MainWindow::restore()
{
    QSettings settings;
    resize(1280, 800);
    m_columns->setSizes({420, 860});
    settings.beginGroup(QStringLiteral("window"));
    if (settings.value(QStringLiteral("version")).toInt() == layoutVersion) {
        restoreGeometry(settings.value(QStringLiteral("geometry")).toByteArray());
        m_columns->restoreState(settings.value(QStringLiteral("columns")).toByteArray());
        m_left->restoreState(settings.value(QStringLiteral("left")).toByteArray());
        m_right->restoreState(settings.value(QStringLiteral("right")).toByteArray());
        m_details->splitter()->restoreState(settings.value(QStringLiteral("details")).toByteArray());
        m_tasksPanel->restore(settings, QStringLiteral("tasks"));
        m_queuesPanel->restore(settings, QStringLiteral("queues"));
        m_workersPanel->restore(settings, QStringLiteral("workers"));
    }
    settings.endGroup();
    m_launchBar->setHistory(settings.value(QStringLiteral("launched")).toStringList());
}

void MainWindow::save() const
{
    QSettings settings;
    settings.setValue(QStringLiteral("launched"), m_launchBar->history());
    settings.beginGroup(QStringLiteral("window"));
    settings.setValue(QStringLiteral("version"), layoutVersion);
    settings.setValue(QStringLiteral("geometry"), saveGeometry());
    settings.setValue(QStringLiteral("columns"), m_columns->saveState());
    settings.setValue(QStringLiteral("left"), m_left->saveState());
    settings.setValue(QStringLiteral("right"), m_right->saveState());
    settings.setValue(QStringLiteral("details"), m_details->splitter()->saveState());
    m_tasksPanel->save(settings, QStringLiteral("tasks"));
    m_queuesPanel->save(settings, QStringLiteral("queues"));
    m_workersPanel->save(settings, QStringLiteral("workers"));
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    save();
    QMainWindow::closeEvent(event);
}

} // namespace drover::gui
