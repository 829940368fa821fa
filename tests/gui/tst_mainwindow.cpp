// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/broker.h"
#include "engine/worker.h"
#include "gui/banner.h"
#include "gui/guimain.h"
#include "gui/launchbar.h"
#include "gui/launches.h"
#include "gui/logview.h"
#include "gui/mainwindow.h"
#include "gui/tablepanel.h"
#include "gui/taskdetails.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QAbstractItemModelTester>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

using namespace drover;
using namespace drover::gui;

namespace {

constexpr int patience = 30'000;

} // namespace

//! The real window over a broker inside this process, and mostly a worker, too.
class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void anEmptyWindowSaysWhatToDo();
    void aCommandIsLaunchedAndItsOutputShown();
    void whatIsWrongWithALineIsSaidBelowIt();
    void aTaskThatNobodyRunsSaysWhyAndIsCancelled();
    void aFailedTaskShowsWhyAndRunsAgain();
    void aSearchThatFindsNothingCanBeUndone();
    void selectionStaysWhileTasksCome();
    void aLostBrokerShowsUntilItIsBack();
    void whatWasLaunchedAndTheGeometryAreRemembered();

private:
    void startWorker();
    void type(const QString &line);
    //! The state of the task that the window shows in detail.
    State shownState() const;

    std::unique_ptr<QTemporaryDir> home;
    std::unique_ptr<Monitor> monitor;
    std::unique_ptr<Launches> launches;
    std::unique_ptr<MainWindow> window;
    std::unique_ptr<Worker> worker;
    int broker = 0;
};

void TestMainWindow::init()
{
    QCoreApplication::setOrganizationName(QStringLiteral("Drover"));
    QCoreApplication::setApplicationName(QString::fromLatin1(QTest::currentTestFunction()));
    home = std::make_unique<QTemporaryDir>();
    monitor = std::make_unique<Monitor>();
    launches = std::make_unique<Launches>(monitor.get());
    broker = monitor->addBroker(QUrl(QStringLiteral("embedded:")), ClientSettings().home(home->path()));
    window = std::make_unique<MainWindow>(monitor.get(), launches.get());
    new QAbstractItemModelTester(window->tasks(), QAbstractItemModelTester::FailureReportingMode::QtTest, window.get());
    window->show();
    QTRY_VERIFY_WITH_TIMEOUT(monitor->isConnected(broker), patience);
}

void TestMainWindow::cleanup()
{
    window.reset();
    worker.reset();
    launches.reset();
    monitor.reset();
    home.reset();
}

void TestMainWindow::startWorker()
{
    worker = std::make_unique<Worker>(WorkerSettings()
                                          .name(QStringLiteral("here"))
                                          .home(home->path())
                                          .slotCount(2)
                                          .commands(true)
                                          .listen(QStringLiteral("127.0.0.1")));
    worker->activate();
    QTRY_COMPARE_WITH_TIMEOUT(window->workersPanel()->view()->model()->rowCount(), 1, patience);
}

void TestMainWindow::type(const QString &line)
{
    QTest::keyClicks(window->launchBar()->line(), line);
    QTest::keyClick(window->launchBar()->line(), Qt::Key_Return);
}

State TestMainWindow::shownState() const
{
    const TaskInfo *task = window->tasks()->valueAt(window->tasks()->rowOf(window->details()->task()));
    return task ? task->state : State::Held;
}

void TestMainWindow::anEmptyWindowSaysWhatToDo()
{
    for (TablePanel *panel : {window->tasksPanel(), window->queuesPanel(), window->workersPanel()})
        QVERIFY(panel->emptyState()->isVisible());
    QTRY_VERIFY(!window->banner()->isVisible());
    QVERIFY(!window->launchBar()->button()->isEnabled());
}

void TestMainWindow::aCommandIsLaunchedAndItsOutputShown()
{
    startWorker();
    QVERIFY(!window->workersPanel()->emptyState()->isVisible());
    QTest::keyClicks(window->launchBar()->line(), QStringLiteral("sh -c 'echo hello; echo oops >&2'"));
    QVERIFY(window->launchBar()->note().contains(QStringLiteral("[-c] [echo hello; echo oops >&2]")));
    QTest::mouseClick(window->launchBar()->button(), Qt::LeftButton);
    QVERIFY(window->launchBar()->line()->text().isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(shownState(), State::Success, patience);
    QVERIFY(!window->tasksPanel()->emptyState()->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(window->details()->log()->toPlainText().contains(QStringLiteral("hello")), patience);
    QTRY_VERIFY_WITH_TIMEOUT(window->details()->log()->toPlainText().contains(QStringLiteral("oops")), patience);
    QVERIFY(window->details()->againButton()->isVisible());
    QVERIFY(!window->details()->cancelButton()->isVisible());
}

void TestMainWindow::whatIsWrongWithALineIsSaidBelowIt()
{
    LaunchBar *bar = window->launchBar();
    QTest::keyClicks(bar->line(), QStringLiteral("echo 'hello"));
    QVERIFY(bar->note().contains(QStringLiteral("not closed")));
    QVERIFY(!bar->button()->isEnabled());
    QTest::keyClick(bar->line(), Qt::Key_Return);
    QCOMPARE(bar->line()->text(), QStringLiteral("echo 'hello"));
    QTest::keyClicks(bar->line(), QStringLiteral("'"));
    QVERIFY(bar->button()->isEnabled());
}

void TestMainWindow::aTaskThatNobodyRunsSaysWhyAndIsCancelled()
{
    type(QStringLiteral("echo hello"));
    QTRY_COMPARE_WITH_TIMEOUT(shownState(), State::Pending, patience);
    const QModelIndex why =
        window->tasks()->index(window->tasks()->rowOf(window->details()->task()), TasksModel::WorkerColumn);
    QCOMPARE(why.data().toString(), QStringLiteral("No worker is connected."));
    QTRY_VERIFY_WITH_TIMEOUT(window->details()->cancelButton()->isEnabled(), patience);
    QTest::mouseClick(window->details()->cancelButton(), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(shownState(), State::Revoked, patience);
}

void TestMainWindow::aFailedTaskShowsWhyAndRunsAgain()
{
    startWorker();
    type(QStringLiteral("sh -c 'echo before the end; exit 3'"));
    QTRY_COMPARE_WITH_TIMEOUT(shownState(), State::Failure, patience);
    const RowKey first = window->details()->task();
    QTRY_VERIFY_WITH_TIMEOUT(window->details()->againButton()->isVisible(), patience);
    QTest::mouseClick(window->details()->againButton(), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(window->details()->task() != first, patience);
    QTRY_COMPARE_WITH_TIMEOUT(shownState(), State::Failure, patience);
    window->selectTask(first); // what it wrote is kept with its result
    QTRY_VERIFY_WITH_TIMEOUT(window->details()->log()->toPlainText().contains(QStringLiteral("before the end")),
                             patience);
}

void TestMainWindow::aSearchThatFindsNothingCanBeUndone()
{
    type(QStringLiteral("echo hello"));
    QTRY_COMPARE_WITH_TIMEOUT(window->tasks()->rowCount(), 1, patience);
    QTest::keyClicks(window->search(), QStringLiteral("nowhere"));
    QCOMPARE(window->tasks()->rowCount(), 0);
    QVERIFY(window->tasksPanel()->emptyState()->isVisible());
    auto *undo = window->tasksPanel()->emptyState()->findChild<QPushButton *>();
    QVERIFY(undo->isVisible());
    QTest::mouseClick(undo, Qt::LeftButton);
    QCOMPARE(window->tasks()->rowCount(), 1);
    QVERIFY(window->search()->text().isEmpty());
}

void TestMainWindow::selectionStaysWhileTasksCome()
{
    type(QStringLiteral("echo first"));
    QTRY_COMPARE_WITH_TIMEOUT(shownState(), State::Pending, patience);
    const RowKey chosen = window->details()->task();
    for (int i = 0; i < 500; ++i)
        launches->launch(broker, Command("echo").args(QString::number(i)));
    QTRY_COMPARE_WITH_TIMEOUT(window->tasks()->rowCount(), 501, patience);
    QItemSelectionModel *selection = window->tasksPanel()->view()->selectionModel();
    QCOMPARE(selection->selectedRows().size(), 1);
    QCOMPARE(window->tasks()->keyAt(selection->selectedRows().first().row()), chosen);
    QCOMPARE(window->details()->task(), chosen);
    monitor->removeBroker(broker);
    QTRY_COMPARE(window->tasks()->rowCount(), 0);
}

void TestMainWindow::aLostBrokerShowsUntilItIsBack()
{
    BrokerOptions options;
    options.home = home->path();
    options.store = home->filePath(QStringLiteral("other.db"));
    options.discover = false;
    auto other = std::make_unique<Broker>(options);
    QVERIFY(other->start());
    options.port = other->port();
    const QUrl url(QStringLiteral("drover://127.0.0.1:%1").arg(options.port));
    const int number = monitor->addBroker(url, ClientSettings().home(home->path()));
    QTRY_VERIFY_WITH_TIMEOUT(monitor->isConnected(number), patience);
    QVERIFY(!window->banner()->isVisible());
    const RowKey task = launches->launch(number, Command("echo").args("kept"));
    QTRY_VERIFY_WITH_TIMEOUT(window->tasks()->rowOf(task) >= 0, patience);
    other.reset();
    QTRY_VERIFY_WITH_TIMEOUT(window->banner()->isVisible(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(!monitor->connectionError(number).message().isEmpty(), patience);
    QVERIFY(window->tasks()->rowOf(task) >= 0); // as it was
    other = std::make_unique<Broker>(options);
    QVERIFY(other->start());
    QTRY_VERIFY_WITH_TIMEOUT(!window->banner()->isVisible(), patience);
    QVERIFY(window->tasks()->rowOf(task) >= 0);
    monitor->removeBroker(number);
    QCOMPARE(window->tasks()->rowOf(task), -1);
}

void TestMainWindow::whatWasLaunchedAndTheGeometryAreRemembered()
{
    type(QStringLiteral("echo remembered"));
    window->resize(1000, 700);
    window->tasksPanel()->view()->setColumnWidth(TasksModel::QueueColumn, 77);
    window->close();
    MainWindow next(monitor.get(), launches.get());
    QCOMPARE(next.size(), QSize(1000, 700));
    QCOMPARE(next.tasksPanel()->view()->columnWidth(TasksModel::QueueColumn), 77);
    QCOMPARE(next.launchBar()->history(), QStringList{QStringLiteral("echo remembered")});
}

DROVER_GUI_TEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
