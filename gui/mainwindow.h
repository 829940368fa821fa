// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "gui/theme.h"
#include "models/queuesmodel.h"
#include "models/tasksmodel.h"
#include "models/workersmodel.h"

#include <QtWidgets/QMainWindow>

class QComboBox;
class QLabel;
class QLineEdit;
class QSplitter;

namespace drover::gui {

class Banner;
class LaunchBar;
class Launches;
class TablePanel;
class TaskDetails;

//! The window: a line to launch a command, the queues, workers and tasks of a Monitor, and one task in detail. Its geometry is
//! remembered in QSettings(). Closing it stops no work.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    //! Neither is owned; both must outlive the window.
    MainWindow(Monitor *monitor, Launches *launches, QWidget *parent = nullptr);
    ~MainWindow() override;

    LaunchBar *launchBar() const { return m_launchBar; }
    Banner *banner() const { return m_banner; }
    TablePanel *tasksPanel() const { return m_tasksPanel; }
    TablePanel *queuesPanel() const { return m_queuesPanel; }
    TablePanel *workersPanel() const { return m_workersPanel; }
    TaskDetails *details() const { return m_details; }
    TasksModel *tasks() const { return m_tasks; }
    QLineEdit *search() const { return m_search; }
    void selectTask(const RowKey &task);

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void makePanels();
    void makeTaskTools();
    void layOut();
    void makeMenus();
    void makeTaskMenu();
    void connectAll();

    void launch(int broker, const QStringList &words);
    void cancelSelected();
    void cancel(const RowKey &task);
    void controlSelected(TaskControl what);
    void runAgain(const RowKey &task);
    void copySelected();
    void showCurrent();
    void rowsCame();
    void updateConnection();
    void updateSummary();
    void updateTaskTexts();
    QList<RowKey> selectedTasks() const;

    void restore();
    void save() const;

    Monitor *m_monitor;
    Launches *m_launches;
    TasksModel *m_tasks;
    QueuesModel *m_queues;
    WorkersModel *m_workers;
    Banner *m_banner;
    LaunchBar *m_launchBar;
    TablePanel *m_tasksPanel;
    TablePanel *m_queuesPanel;
    TablePanel *m_workersPanel;
    TaskDetails *m_details;
    QLineEdit *m_search;
    QComboBox *m_group;
    QSplitter *m_columns;
    QSplitter *m_left;
    QSplitter *m_right;
    QLabel *m_summary;
    QLabel *m_connection;
    QAction *m_cancelAction;
    QList<QAction *> m_openActions; //!< for tasks that have not ended
    RowKey m_wanted; //!< to be selected when it comes
    bool m_wasConnected = false;
};

} // namespace drover::gui
