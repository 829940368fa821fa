// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "gui/demo.h"
#include "gui/icon.h"
#include "gui/language.h"
#include "gui/mainwindow.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QSettings>
#include <QtWidgets/QApplication>

#include <cstdio>

using namespace drover;
using namespace drover::gui;

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("drover-monitor", source);
}

void declare(QCommandLineParser &parser)
{
    parser.setApplicationDescription(text(
        QT_TRANSLATE_NOOP("drover-monitor", "Shows the queues, workers and tasks of Drover, and launches commands.")));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({
        {QStringLiteral("broker"),
         text(QT_TRANSLATE_NOOP(
             "drover-monitor",
             "The broker to watch: local:, drover://host[:port] or embedded:[path]; may be repeated.")),
         QStringLiteral("url")},
        {QStringLiteral("no-start"),
         text(QT_TRANSLATE_NOOP("drover-monitor", "Do not start the broker of this user when it does not run."))},
        {QStringLiteral("home"), text(QT_TRANSLATE_NOOP("drover-monitor", "The folder of keys and trust.")),
         QStringLiteral("folder")},
        {QStringLiteral("demo"),
         text(QT_TRANSLATE_NOOP("drover-monitor", "Show sample work of a broker and two workers in this program."))},
        {QStringLiteral("theme"), text(QT_TRANSLATE_NOOP("drover-monitor", "How it looks: system, light or dark.")),
         QStringLiteral("name")},
        {QStringLiteral("language"), text(QT_TRANSLATE_NOOP("drover-monitor", "Its language: de or en.")),
         QStringLiteral("code")},
    });
}

int wrong(const QString &message)
{
    std::fprintf(stderr, "drover-monitor: %s\n", qPrintable(message));
    return 2;
}

//! The value of --language, before anything was translated.
QLocale chosenLocale()
{
    const QStringList arguments = QCoreApplication::arguments();
    const qsizetype at = arguments.indexOf(QStringLiteral("--language"));
    return at > 0 && at + 1 < arguments.size() ? QLocale(arguments.at(at + 1)) : QLocale::system();
}

std::optional<Theme> chosenTheme(const QCommandLineParser &parser)
{
    if (parser.isSet(QStringLiteral("theme")))
        return themeFromText(parser.value(QStringLiteral("theme")));
    return Theme(qBound(0, QSettings().value(QStringLiteral("theme")).toInt(), 2));
}

void addBrokers(Monitor &monitor, const QCommandLineParser &parser)
{
    ClientSettings settings;
    settings.startBroker(!parser.isSet(QStringLiteral("no-start"))).home(parser.value(QStringLiteral("home")));
    QStringList urls = parser.values(QStringLiteral("broker"));
    if (urls.isEmpty() && !parser.isSet(QStringLiteral("demo")))
        urls.append(QStringLiteral("local:"));
    for (const QString &url : std::as_const(urls))
        monitor.addBroker(QUrl(url), settings);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("Drover"));
    QCoreApplication::setApplicationName(QStringLiteral("drover-monitor"));
    QCoreApplication::setApplicationVersion(QStringLiteral(DROVER_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("drover-monitor"));
    const Language language(chosenLocale());
    QApplication::setWindowIcon(programIcon());
    QCommandLineParser parser;
    declare(parser);
    parser.process(application);
    const auto theme = chosenTheme(parser);
    if (!theme)
        return wrong(text(QT_TRANSLATE_NOOP("drover-monitor", "--theme takes system, light or dark, got \"%1\""))
                         .arg(parser.value(QStringLiteral("theme"))));
    if (parser.isSet(QStringLiteral("language"))
        && !Language::available().contains(parser.value(QStringLiteral("language"))))
        return wrong(text(QT_TRANSLATE_NOOP("drover-monitor", "--language takes de or en, got \"%1\""))
                         .arg(parser.value(QStringLiteral("language"))));
    applyTheme(*theme);
    Monitor monitor;
    Launches launches(&monitor);
    std::unique_ptr<Demo> demo;
    if (parser.isSet(QStringLiteral("demo"))) {
        demo = std::make_unique<Demo>(&monitor, &launches);
        if (const auto started = demo->start(); !started)
            return wrong(started.error().message());
    }
    addBrokers(monitor, parser);
    MainWindow window(&monitor, &launches);
    window.show();
    return QApplication::exec();
}
