// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "gui/demo.h"

#include "gui/demofunctions.h"
#include "protocol/rows.h"

#include <QtCore/QRandomGenerator>
#include <QtNetwork/QNetworkInterface>

namespace drover::gui {

namespace {

constexpr Milliseconds pace{700};
constexpr qsizetype mostOpen = 12;

// Nothing of a demo leaves the machine, and no broker outside hears of its workers.
void stayHere()
{
    for (const QNetworkInterface &interface : QNetworkInterface::allInterfaces()) {
        if (interface.flags() & QNetworkInterface::IsLoopBack)
            qputenv("DROVER_INTERFACE", interface.name().toUtf8());
    }
    qputenv("DROVER_BEACON_PORT", QByteArray::number(QRandomGenerator::system()->bounded(20'000, 32'000)));
}

} // namespace

Demo::Demo(Monitor *monitor, Launches *launches, QObject *parent)
    : QObject(parent), m_monitor(monitor), m_launches(launches)
{
    stayHere();
    m_pace.setInterval(pace);
    connect(&m_pace, &QTimer::timeout, this, &Demo::launchSome);
}

Demo::~Demo()
{
    m_monitor->removeBroker(m_broker);
}

Result<int> Demo::start()
{
    if (!m_home.isValid())
        return fail(ErrorCode::StorageFailed, m_home.errorString());
    m_broker = m_monitor->addBroker(QUrl(QStringLiteral("embedded:")), ClientSettings().home(m_home.path()));
    startWorker(QStringLiteral("studio"), 3, {QStringLiteral("film")});
    startWorker(QStringLiteral("rack-2"), 4, {QStringLiteral("gpu"), QStringLiteral("film")});
    for (int i = 0; i < 10; ++i)
        launchNext();
    m_pace.start();
    return m_broker;
}

void Demo::startWorker(const QString &name, quint32 slotCount, const QStringList &tags)
{
    WorkerSettings settings;
    settings.name(name).home(m_home.path()).slotCount(slotCount).tags(tags).commands(true);
    settings.functions(demo::addFunctions).listen(QStringLiteral("127.0.0.1"));
    m_workers.push_back(std::make_unique<Worker>(settings));
    m_workers.back()->activate();
}

template <typename R> void Demo::own(const Submitted<R> &task)
{
    m_launches->add({m_broker, task.id().view().toByteArray()});
}

void Demo::launchSome()
{
    m_open.removeIf([](const Submitted<QVariant> &task) { return task.isFinished(); });
    if (m_open.size() < mostOpen)
        launchNext();
}

void Demo::launchNext()
{
    Client *client = m_monitor->client(m_broker);
    const int number = ++m_launched;
    const auto open = [this](const auto &task) {
        own(task);
        m_open.append(Submitted<QVariant>(task.task()));
    };
    switch (number % 6) {
    case 0:
        open(client->submit(demo::train, 0.01 + 0.005 * (number % 5), 12,
                            Options().queue("models").tags("gpu").priority(5)));
        break;
    case 1:
    case 4:
        open(
            client->submit(demo::simulate, QStringLiteral("wing-%1").arg(number % 4), number, Options().queue("mesh")));
        break;
    case 2:
        open(client->submit(Command("sh").args(
            "-c", "echo checking out; sleep 1; echo 214 tests; sleep 2; echo slow: 3 >&2; sleep 1; echo all passed")));
        break;
    default:
        open(client->submit(demo::render, QStringLiteral("shot-%1").arg(number % 9 + 1, 2, 10, QLatin1Char('0')),
                            100 + number, Options().queue("film").tags("film")));
    }
    const QDateTime soon = QDateTime::currentDateTimeUtc().addSecs(20);
    if (number % 10 == 0) // nobody can run it
        own(client->submit(demo::simulate, QStringLiteral("tail-1"), number,
                           Options().queue("mesh").tags("fpga").expires(soon)));
}

} // namespace drover::gui
