// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "gui/launchbar.h"
#include "gui/launches.h"
#include "gui/mainwindow.h"
#include "gui/tablepanel.h"
#include "gui/taskdetails.h"

#include <QtCore/QSettings>
#include <QtGui/QActionGroup>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QMessageBox>

// What a person can ask of the window.
namespace drover::gui {

void MainWindow::makeMenus()
{
    QMenu *program = menuBar()->addMenu(tr("&Drover"));
    program->addAction(tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), this, &QWidget::close);
    QMenu *task = menuBar()->addMenu(tr("&Task"));
    task->addAction(tr("&Launch a command"), QKeySequence(Qt::CTRL | Qt::Key_L), this, [this] {
        m_launchBar->line()->setFocus();
        m_launchBar->line()->selectAll();
    });
    task->addAction(tr("&Search"), QKeySequence(QKeySequence::Find), this, [this] {
        m_search->setFocus();
        m_search->selectAll();
    });
    task->addSeparator();
    m_cancelAction = task->addAction(tr("&Cancel selected tasks"), this, &MainWindow::cancelSelected);
    m_openActions = {m_cancelAction};
    const QList<std::pair<TaskControl, QString>> controls{{TaskControl::Kill, tr("&Kill selected tasks")},
                                                          {TaskControl::Pause, tr("&Pause selected tasks")},
                                                          {TaskControl::Resume, tr("&Resume selected tasks")}};
    for (const auto &[control, name] : controls)
        m_openActions.append(task->addAction(name, this, [this, control = control] { controlSelected(control); }));
    for (QAction *action : std::as_const(m_openActions))
        action->setEnabled(false);
    QMenu *view = menuBar()->addMenu(tr("&View"));
    auto *themes = new QActionGroup(this);
    const QList<std::pair<Theme, QString>> names{
        {Theme::System, tr("As the s&ystem")}, {Theme::Light, tr("&Light")}, {Theme::Dark, tr("&Dark")}};
    const int chosen = QSettings().value(QStringLiteral("theme"), 0).toInt();
    for (const auto &[theme, name] : names) {
        QAction *action = view->addAction(name, this, [theme = theme] {
            QSettings().setValue(QStringLiteral("theme"), int(theme));
            applyTheme(theme);
        });
        action->setCheckable(true);
        action->setChecked(int(theme) == chosen);
        themes->addAction(action);
    }
    QMenu *help = menuBar()->addMenu(tr("&Help"));
    help->addAction(tr("&About Drover"), this, [this] {
        QMessageBox::about(this, tr("About Drover"),
                           tr("Drover %1 spreads work over the machines of a LAN.\n\nLicence: MIT")
                               .arg(QCoreApplication::applicationVersion()));
    });
}

void MainWindow::makeTaskMenu()
{
    QTableView *view = m_tasksPanel->view();
    view->setContextMenuPolicy(Qt::ActionsContextMenu);
    view->addActions(m_openActions);
    auto *again = new QAction(tr("Run again"), view);
    connect(again, &QAction::triggered, this, [this] {
        for (const RowKey &task : selectedTasks())
            runAgain(task);
    });
    auto *copy = new QAction(tr("Copy task id"), view);
    copy->setShortcut(QKeySequence(QKeySequence::Copy));
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, &MainWindow::copySelected);
    view->addAction(again);
    view->addAction(copy);
    auto *remove = new QAction(view);
    remove->setShortcut(QKeySequence(Qt::Key_Delete));
    remove->setShortcutContext(Qt::WidgetShortcut);
    connect(remove, &QAction::triggered, this, &MainWindow::cancelSelected);
    m_tasksPanel->addAction(remove);
}

void MainWindow::launch(int broker, const QStringList &words)
{
    m_wanted = m_launches->launch(broker, Command(words.first()).args(words.mid(1)));
    m_launchBar->showDone(m_monitor->isConnected(broker)
                              ? tr("%1 is queued.").arg(words.first())
                              : tr("%1 will be sent once the broker answers.").arg(words.first()));
}

void MainWindow::cancelSelected()
{
    for (const RowKey &task : selectedTasks())
        cancel(task);
}

void MainWindow::cancel(const RowKey &task)
{
    const auto id = TaskId::fromBytes(task.id);
    Client *client = m_monitor->client(task.broker);
    if (!id || !client)
        return;
    client->cancel(*id).then(this, [this](const Result<CancelOutcome> &outcome) {
        if (!outcome)
            m_launchBar->showError(outcome.error().message());
    });
}

void MainWindow::controlSelected(TaskControl what)
{
    for (const RowKey &task : selectedTasks()) {
        const auto id = TaskId::fromBytes(task.id);
        Client *client = m_monitor->client(task.broker);
        if (!id || !client)
            continue;
        client->control(*id, what).then(this, [this](const Result<ControlOutcome> &outcome) {
            if (!outcome)
                m_launchBar->showError(outcome.error().message());
        });
    }
}

void MainWindow::runAgain(const RowKey &task)
{
    const auto id = TaskId::fromBytes(task.id);
    Client *client = m_monitor->client(task.broker);
    if (!id || !client)
        return;
    client->retry(*id).then(this, [this, broker = task.broker](const Result<TaskId> &next) {
        if (!next) {
            m_launchBar->showError(next.error().message());
            return;
        }
        const RowKey key{broker, next->view().toByteArray()};
        m_launches->add(key);
        selectTask(key);
    });
}

void MainWindow::copySelected()
{
    QStringList ids;
    for (const RowKey &key : selectedTasks()) {
        if (const auto id = TaskId::fromBytes(key.id))
            ids.append(id->toString());
    }
    QGuiApplication::clipboard()->setText(ids.join(u'\n'));
}

} // namespace drover::gui
