// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "gui/demo.h"
#include "gui/language.h"
#include "gui/logview.h"
#include "gui/mainwindow.h"
#include "gui/tablepanel.h"
#include "gui/taskdetails.h"

#include <QtCore/QDir>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>

#include <cstdio>

// Writes pictures of the monitor into a folder: busy, empty and disconnected, light and dark, English and German.
using namespace drover;
using namespace drover::gui;

namespace {

struct Look
{
    QString language;
    Theme theme;

    QString text() const
    {
        return QStringLiteral("%1-%2").arg(theme == Theme::Dark ? QStringLiteral("dark") : QStringLiteral("light"),
                                           language);
    }
};

int count(const TasksModel &tasks, State state)
{
    int count = 0;
    for (int row = 0; row < tasks.rowCount(); ++row)
        count += tasks.valueAt(row)->state == state;
    return count;
}

void selectYoungRendering(MainWindow &window)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    for (int row = 0; row < window.tasks()->rowCount(); ++row) {
        const TaskInfo &task = *window.tasks()->valueAt(row);
        if (task.state == State::Started && task.function == QLatin1String("film.render")
            && now - task.startedMs < 2500)
            window.selectTask(window.tasks()->keyAt(row));
    }
}

//! Selects a task that runs; true when it has written some lines, and there is a task in each of the usual states.
bool isBusy(MainWindow &window)
{
    const TasksModel &tasks = *window.tasks();
    for (const State state : {State::Success, State::Failure, State::Started, State::Pending}) {
        if (count(tasks, state) < 1)
            return false;
    }
    const TaskInfo *shown = tasks.valueAt(tasks.rowOf(window.details()->task()));
    if (!shown || shown->state != State::Started)
        selectYoungRendering(window);
    else if (window.details()->log()->blockCount() > 6)
        return true;
    return false;
}

bool shoot(const QString &scene, const Look &look, MainWindow &window, const std::function<bool()> &ready,
           const QDir &folder)
{
    window.show();
    const bool isReady = QTest::qWaitFor(ready, 60'000);
    if (!isReady)
        std::fprintf(stderr, "the scene \"%s\" did not come about\n", qPrintable(scene));
    QTest::qWait(100); // for what is laid out later
    window.tasksPanel()->view()->scrollTo(window.tasksPanel()->view()->currentIndex());
    const QString file = folder.filePath(QStringLiteral("monitor-%1-%2.png").arg(scene, look.text()));
    std::printf("%s\n", qPrintable(file));
    return window.grab().toImage().convertToFormat(QImage::Format_RGB888).save(file, "PNG", 0) && isReady;
}

bool shootBusy(const QList<Look> &looks, const QDir &folder)
{
    Monitor monitor;
    Launches launches(&monitor);
    Demo demo(&monitor, &launches);
    bool good = demo.start().has_value();
    for (const Look &look : looks) {
        applyTheme(look.theme);
        const Language words{QLocale(look.language)};
        MainWindow window(&monitor, &launches);
        good = shoot(
                   QStringLiteral("busy"), look, window, [&window] { return isBusy(window); }, folder)
            && good;
    }
    return good;
}

bool shootQuiet(const QString &scene, const QUrl &broker, const QList<Look> &looks, const QDir &folder)
{
    bool good = true;
    for (const Look &look : looks) {
        applyTheme(look.theme);
        const Language words{QLocale(look.language)};
        const QTemporaryDir home;
        Monitor monitor;
        Launches launches(&monitor);
        const int number = monitor.addBroker(broker, ClientSettings().home(home.path()));
        MainWindow window(&monitor, &launches);
        const auto ready = [&] {
            return (monitor.isConnected(number) && monitor.name(number) != broker.toString())
                || !monitor.connectionError(number).message().isEmpty();
        };
        good = shoot(scene, look, window, ready, folder) && good;
    }
    return good;
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QTemporaryDir settings;
    qputenv("XDG_CONFIG_HOME", settings.path().toLocal8Bit());
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("drover-monitor"));
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 2 || !QDir().mkpath(arguments.last())) {
        std::fprintf(stderr, "usage: drover-screenshots DIR\n");
        return 2;
    }
    const QDir folder(arguments.last());
    const QList<Look> looks{{QStringLiteral("en"), Theme::Light},
                            {QStringLiteral("de"), Theme::Light},
                            {QStringLiteral("en"), Theme::Dark},
                            {QStringLiteral("de"), Theme::Dark}};
    bool good = shootBusy(looks, folder);
    good = shootQuiet(QStringLiteral("empty"), QUrl(QStringLiteral("embedded:")), looks, folder) && good;
    good =
        shootQuiet(QStringLiteral("disconnected"), QUrl(QStringLiteral("drover://127.0.0.1:9")), looks, folder) && good;
    return good ? 0 : 1;
}
