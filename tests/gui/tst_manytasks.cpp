// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/broker.h"
#include "gui/guimain.h"
#include "gui/launches.h"
#include "gui/mainwindow.h"
#include "gui/tablepanel.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTemporaryDir>
#include <QtCore/QThread>

using namespace drover;
using namespace drover::gui;

namespace {

constexpr quint64 taskCount = 100'000;

//! A broker on a thread of its own, and on another one a client that queues tasks which nobody runs.
class Crowd
{
public:
    explicit Crowd(const QString &home)
    {
        BrokerOptions options;
        options.home = home;
        options.discover = false;
        options.durability = Durability::Process;
        m_broker = new Broker(options);
        m_broker->moveToThread(&m_brokerThread);
        m_brokerThread.start();
        QMetaObject::invokeMethod(
            m_broker, [this] { (void)m_broker->start(); }, Qt::BlockingQueuedConnection);
        const ClientSettings settings = ClientSettings().home(home);
        m_sender.moveToThread(&m_senderThread);
        m_senderThread.start();
        QMetaObject::invokeMethod(
            &m_sender, [this, settings] { m_client = new Client(url(), settings, &m_sender); },
            Qt::BlockingQueuedConnection);
    }
    ~Crowd()
    {
        QMetaObject::invokeMethod(
            &m_sender, [this] { delete m_client; }, Qt::BlockingQueuedConnection);
        QMetaObject::invokeMethod(
            m_broker, [this] { delete m_broker; }, Qt::BlockingQueuedConnection);
        for (QThread *thread : {&m_senderThread, &m_brokerThread}) {
            thread->quit();
            thread->wait();
        }
    }
    QUrl url() const { return QUrl(QStringLiteral("drover://127.0.0.1:%1").arg(m_broker->port())); }
    void send()
    {
        QMetaObject::invokeMethod(&m_sender, [this] {
            for (quint64 i = 0; i < taskCount; ++i)
                (void)m_client->submit(QStringLiteral("nobody.knows"), {i});
        });
    }

private:
    QThread m_brokerThread;
    QThread m_senderThread;
    Broker *m_broker;
    QObject m_sender;
    Client *m_client = nullptr;
};

} // namespace

//! A window stays quick, and small, while far more tasks are queued than it shows.
class TestManyTasks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theWindowGoesOnWhileManyAreQueued();
};

void TestManyTasks::theWindowGoesOnWhileManyAreQueued()
{
    const QTemporaryDir home;
    Crowd crowd(home.path());
    Monitor monitor;
    Launches launches(&monitor);
    const int broker = monitor.addBroker(crowd.url(), ClientSettings().home(home.path()));
    MainWindow window(&monitor, &launches);
    window.show();
    QTRY_VERIFY_WITH_TIMEOUT(monitor.isConnected(broker), 30'000);
    const QueuesModel *queues = window.findChild<QueuesModel *>();
    QElapsedTimer beat;
    QElapsedTimer all;
    all.start();
    qint64 longest = 0;
    QTimer heart;
    connect(&heart, &QTimer::timeout, &heart, [&] { longest = qMax(longest, beat.restart()); });
    heart.start(5);
    beat.start();
    crowd.send();
    QTRY_COMPARE_WITH_TIMEOUT(queues->waiting(), taskCount, 150'000);
    QTRY_VERIFY_WITH_TIMEOUT(monitor.isTruncated(broker), 30'000);
    heart.stop();
    qInfo("%llu tasks queued in %lld ms, %d rows, the window stood still for at most %lld ms", taskCount, all.elapsed(),
          window.tasks()->rowCount(), longest);
    QVERIFY(window.tasks()->rowCount() >= 1'000);
    QVERIFY(window.tasks()->total() <= MonitorLimits().live + MonitorLimits().ended + MonitorLimits().asked);
    QVERIFY2(longest < 1'000, qPrintable(QString::number(longest)));
}

DROVER_GUI_TEST_MAIN(TestManyTasks)
#include "tst_manytasks.moc"
