// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "gui/mainwindow.h"

#include "gui/banner.h"
#include "gui/launchbar.h"
#include "gui/launches.h"
#include "gui/shellwords.h"
#include "gui/tablepanel.h"
#include "gui/taskdetails.h"
#include "models/texts.h"

#include <QtCore/QEvent>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStatusBar>
#include <QtWidgets/QVBoxLayout>

namespace drover::gui {

MainWindow::MainWindow(Monitor *monitor, Launches *launches, QWidget *parent)
    : QMainWindow(parent), m_monitor(monitor), m_launches(launches), m_tasks(new TasksModel(monitor, this)),
      m_queues(new QueuesModel(monitor, this)), m_workers(new WorkersModel(monitor, this)), m_banner(new Banner(this)),
      m_launchBar(new LaunchBar(this))
{
    setObjectName(QStringLiteral("MainWindow"));
    makePanels();
    makeTaskTools();
    layOut();
    makeMenus();
    makeTaskMenu();
    connectAll();
    restore();
    updateConnection();
    updateSummary();
    updateTaskTexts();
    m_launchBar->line()->setFocus();
}

MainWindow::~MainWindow() = default;

void MainWindow::makePanels()
{
    m_tasksPanel = new TablePanel(tr("Tasks"), m_tasks, TasksModel::StateColumn, TasksModel::TitleColumn, this);
    m_queuesPanel = new TablePanel(tr("Queues"), m_queues, -1, QueuesModel::NameColumn, this);
    m_workersPanel = new TablePanel(tr("Workers"), m_workers, -1, WorkersModel::SlotsColumn, this);
    m_details = new TaskDetails(m_monitor, m_launches, this);
    QTableView *tasks = m_tasksPanel->view();
    tasks->setSelectionMode(QAbstractItemView::ExtendedSelection);
    tasks->sortByColumn(TasksModel::SubmittedColumn, Qt::DescendingOrder);
    tasks->setColumnHidden(TasksModel::BrokerColumn, m_monitor->brokers().size() < 2);
    m_queuesPanel->view()->sortByColumn(QueuesModel::NameColumn, Qt::AscendingOrder);
    m_workersPanel->view()->sortByColumn(WorkersModel::NameColumn, Qt::AscendingOrder);

    QStringList states;
    for (int state = int(State::Held); state <= int(State::Revoked); ++state)
        states.append(Texts::state(State(state)) + QStringLiteral("MM"));
    m_tasksPanel->fitColumn(TasksModel::StateColumn, states);
    m_tasksPanel->fitColumn(TasksModel::QueueColumn, {QStringLiteral("some-queue")});
    m_tasksPanel->fitColumn(TasksModel::WorkerColumn, {QStringLiteral("a-workstation-0123")});
    m_tasksPanel->fitColumn(TasksModel::SubmittedColumn, {QStringLiteral("00:00:00")});
    m_tasksPanel->fitColumn(TasksModel::RanColumn, {Texts::duration(3'599'000)});
    m_queuesPanel->fitColumn(QueuesModel::WaitingColumn, {QStringLiteral("100.000")});
    m_queuesPanel->fitColumn(QueuesModel::RunningColumn, {QStringLiteral("1.000")});
    m_queuesPanel->fitColumn(QueuesModel::StateColumn, {QueuesModel::tr("Paused"), QueuesModel::tr("Open")});
    m_workersPanel->fitColumn(WorkersModel::NameColumn, {QStringLiteral("worker-01")});
    m_workersPanel->fitColumn(WorkersModel::DoneColumn, {QStringLiteral("10.000")});
    m_workersPanel->fitColumn(WorkersModel::TagsColumn, {QStringLiteral("film, gpu")});
}

void MainWindow::makeTaskTools()
{
    m_search = new QLineEdit(this);
    m_search->setPlaceholderText(tr("Search tasks"));
    m_search->setAccessibleName(tr("Search tasks"));
    m_search->setClearButtonEnabled(true);
    m_search->setFixedWidth(260);
    m_group = new QComboBox(this);
    m_group->setAccessibleName(tr("Which tasks are shown"));
    m_group->addItem(tr("All tasks"), int(TasksModel::AllTasks));
    m_group->addItem(tr("Waiting"), int(TasksModel::OpenTasks));
    m_group->addItem(tr("Running"), int(TasksModel::RunningTasks));
    m_group->addItem(tr("Failed"), int(TasksModel::FailedTasks));
    m_group->addItem(tr("Ended"), int(TasksModel::EndedTasks));
    m_tasksPanel->addBeside(m_group);
    m_tasksPanel->addBeside(m_search);
}

void MainWindow::layOut()
{
    m_left = new QSplitter(Qt::Vertical, this);
    m_left->addWidget(m_queuesPanel);
    m_left->addWidget(m_workersPanel);
    m_right = new QSplitter(Qt::Vertical, this);
    m_right->addWidget(m_tasksPanel);
    m_right->addWidget(m_details);
    m_columns = new QSplitter(Qt::Horizontal, this);
    m_columns->addWidget(m_left);
    m_columns->addWidget(m_right);
    for (QSplitter *splitter : {m_left, m_right, m_columns}) {
        splitter->setChildrenCollapsible(false);
        splitter->setHandleWidth(10);
    }
    m_columns->setStretchFactor(1, 1);
    m_left->setSizes({240, 360});
    m_right->setSizes({360, 260});
    auto *middle = new QWidget(this);
    auto *layout = new QVBoxLayout(middle);
    layout->setContentsMargins(12, 10, 12, 4);
    layout->setSpacing(8);
    layout->addWidget(m_launchBar);
    layout->addWidget(m_columns, 1);
    auto *all = new QWidget(this);
    auto *outer = new QVBoxLayout(all);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    outer->addWidget(m_banner);
    outer->addWidget(middle, 1);
    setCentralWidget(all);
    m_summary = new QLabel(this);
    m_connection = new QLabel(this);
    statusBar()->addWidget(m_summary, 1);
    statusBar()->addPermanentWidget(m_connection);
    statusBar()->setSizeGripEnabled(false);
    m_summary->setContentsMargins(10, 0, 0, 2);
    m_connection->setContentsMargins(0, 0, 10, 2);
}

void MainWindow::connectAll()
{
    connect(m_launchBar, &LaunchBar::launched, this, &MainWindow::launch);
    connect(m_launches, &Launches::refused, this,
            [this](const RowKey &, const Error &error) { m_launchBar->showError(error.message()); });
    connect(m_search, &QLineEdit::textChanged, m_tasks, &TasksModel::setFilter);
    connect(m_group, &QComboBox::currentIndexChanged, this,
            [this] { m_tasks->setGroup(TasksModel::Group(m_group->currentData().toInt())); });
    connect(m_tasks, &TasksModel::filterChanged, this, &MainWindow::updateTaskTexts);
    connect(m_tasks, &TasksModel::rowsInserted, this, &MainWindow::rowsCame);
    connect(m_tasks, &TasksModel::rowsRemoved, this, &MainWindow::updateTaskTexts);
    connect(m_tasksPanel->view()->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &MainWindow::showCurrent);
    connect(m_tasksPanel->view(), &QTableView::doubleClicked, this, [this] { m_details->log()->setFocus(); });
    connect(m_tasksPanel->emptyState(), &EmptyState::actionClicked, this, [this] {
        m_search->clear();
        m_group->setCurrentIndex(0);
    });
    connect(m_details, &TaskDetails::cancelAsked, this, &MainWindow::cancel);
    connect(m_details, &TaskDetails::againAsked, this, &MainWindow::runAgain);
    connect(m_monitor, &Monitor::brokerChanged, this, &MainWindow::updateConnection);
    connect(m_monitor, &Monitor::queuesChanged, this, &MainWindow::updateSummary);
    connect(m_monitor, &Monitor::workersChanged, this, &MainWindow::updateSummary);
}

void MainWindow::selectTask(const RowKey &task)
{
    const int row = m_tasks->rowOf(task);
    m_wanted = row < 0 ? task : RowKey();
    if (row < 0)
        return;
    const QModelIndex index = m_tasks->index(row, 0);
    m_tasksPanel->view()->selectionModel()->setCurrentIndex(
        index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_tasksPanel->view()->scrollTo(index);
}

// After the model has put new rows in their places.
void MainWindow::rowsCame()
{
    updateTaskTexts();
    if (!m_wanted.id.isEmpty())
        QMetaObject::invokeMethod(
            this, [this] { selectTask(m_wanted); }, Qt::QueuedConnection);
}

QList<RowKey> MainWindow::selectedTasks() const
{
    QList<RowKey> keys;
    for (const QModelIndex &index : m_tasksPanel->view()->selectionModel()->selectedRows())
        keys.append(m_tasks->keyAt(index.row()));
    return keys;
}

void MainWindow::showCurrent()
{
    const QList<RowKey> keys = selectedTasks();
    const auto isOpen = [this](const RowKey &key) {
        const TaskInfo *task = m_tasks->valueAt(m_tasks->rowOf(key));
        return task && !isFinal(task->state);
    };
    const bool anyOpen = std::any_of(keys.cbegin(), keys.cend(), isOpen);
    for (QAction *action : std::as_const(m_openActions))
        action->setEnabled(anyOpen);
    if (keys.size() == 1)
        m_details->showTask(keys.first());
    else if (keys.size() > 1)
        m_details->showNothing();
}

void MainWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && m_connection)
        updateConnection();
    QMainWindow::changeEvent(event);
}

} // namespace drover::gui
