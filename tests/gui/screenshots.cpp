// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "gui/demo.h"
#include "gui/language.h"
#include "gui/logview.h"
#include "gui/mainwindow.h"
#include "gui/taskdetails.h"

#include <QtCore/QDir>
#include <QtCore/QSettings>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>

#include <cstdio>

// Writes pictures of the monitor into a folder: busy, empty and disconnected, light and dark, English and German.
using namespace drover;
using namespace drover::gui;

namespace {

struct Scene
{
    QString name;
    Monitor *monitor;
    Launches *launches;
    std::function<bool(MainWindow &)> ready;
};

int count(const TasksModel &tasks, State state)
{
    int count = 0;
    for (int row = 0; row < tasks.rowCount(); ++row)
        count += tasks.valueAt(row)->state == state;
    return count;
}

//! Shows a task that runs, once there is one of each kind of state and it has written some lines.
bool isBusy(MainWindow &window)
{
    const TasksModel &tasks = *window.tasks();
    for (const State state : {State::Success, State::Failure, State::Started, State::Pending}) {
        if (count(tasks, state) < 1)
            return false;
    }
    const int shown = tasks.rowOf(window.details()->task());
    if (shown >= 0 && tasks.valueAt(shown)->state == State::Started)
        return window.details()->log()->blockCount() > 6;
    for (int row = 0; row < tasks.rowCount(); ++row) {
        const TaskInfo &task = *tasks.valueAt(row);
        const qint64 age = QDateTime::currentMSecsSinceEpoch() - task.startedMs;
        if (task.state == State::Started && task.function == QLatin1String("film.render") && age > 300 && age < 2500) {
            window.selectTask(tasks.keyAt(row));
            return false;
        }
    }
    return false;
}

bool shoot(const Scene &scene, const QString &language, Theme theme, const QDir &folder)
{
    applyTheme(theme);
    const Language words{QLocale(language)};
    MainWindow window(scene.monitor, scene.launches);
    window.show();
    const bool isReady = QTest::qWaitFor([&] { return scene.ready(window); }, 20'000);
    if (!isReady)
        std::fprintf(stderr, "the scene \"%s\" did not come about\n", qPrintable(scene.name));
    const QString look = theme == Theme::Dark ? QStringLiteral("dark") : QStringLiteral("light");
    const QString file = folder.filePath(QStringLiteral("monitor-%1-%2-%3.png").arg(scene.name, look, language));
    const bool written = window.grab().save(file);
    std::printf("%s\n", qPrintable(file));
    return written && isReady;
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QTemporaryDir home;
    qputenv("XDG_CONFIG_HOME", home.path().toLocal8Bit());
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("drover-monitor"));
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 2 || !QDir().mkpath(arguments.last())) {
        std::fprintf(stderr, "usage: drover-screenshots DIR\n");
        return 2;
    }
    const QDir folder(arguments.last());
    Monitor busy, empty, lost;
    Launches launches(&busy), none(&empty), nobody(&lost);
    Demo demo(&busy, &launches);
    if (!demo.start())
        return 1;
    const ClientSettings settings = ClientSettings().home(home.path());
    empty.addBroker(QUrl(QStringLiteral("embedded:")), settings);
    lost.addBroker(QUrl(QStringLiteral("drover://127.0.0.1:9")), settings);
    const auto isConnected = [&](MainWindow &) {
        return empty.isConnected(1) && empty.name(1) != QLatin1String("embedded:");
    };
    const auto isLost = [&](MainWindow &) { return !lost.connectionError(1).message().isEmpty(); };
    bool good = true;
    for (const Scene &scene : {Scene{QStringLiteral("busy"), &busy, &launches, isBusy},
                               Scene{QStringLiteral("empty"), &empty, &none, isConnected},
                               Scene{QStringLiteral("disconnected"), &lost, &nobody, isLost}}) {
        for (const Theme theme : {Theme::Light, Theme::Dark}) {
            for (const QString &language : {QStringLiteral("en"), QStringLiteral("de")})
                good = shoot(scene, language, theme, folder) && good;
        }
    }
    return good ? 0 : 1;
}
