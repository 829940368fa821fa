// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "testing/main.h"

#include "testing/children.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QRandomGenerator>
#include <QtCore/QTemporaryDir>

#include <chrono>
#include <cstdio>

namespace drover::testing {

namespace {

using namespace std::chrono_literals;

constexpr auto patience = 3s;

// Below the ports that the system gives to outgoing sockets.
int randomPort()
{
    return QRandomGenerator::system()->bounded(20000, 32000);
}

void setSurroundings(const QString &home)
{
    const QByteArray path = QFile::encodeName(home);
    qputenv("DROVER_HOME", path);
    qputenv("XDG_DATA_HOME", path + "/data");
    qputenv("XDG_CONFIG_HOME", path + "/config");
    qputenv("XDG_CACHE_HOME", path + "/cache");
    qputenv("DROVER_BEACON_PORT", QByteArray::number(randomPort()));
    qputenv("DROVER_INTERFACE", "lo");
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("LC_ALL", "C.UTF-8");
    qputenv("TZ", "UTC");
}

int runSlots(int argc, char **argv, const MakeTest &make, const MakeApplication &makeApplication)
{
    const std::unique_ptr<QCoreApplication> application =
        makeApplication ? makeApplication(argc, argv) : std::make_unique<QCoreApplication>(argc, argv);
    const std::unique_ptr<QObject> test = make();
    return QTest::qExec(test.get(), argc, argv);
}

} // namespace

int runTest(int argc, char **argv, const MakeTest &make, const MakeApplication &makeApplication)
{
    QTemporaryDir home(QDir::tempPath() + QStringLiteral("/dt.XXXXXX"));
    if (!home.isValid()) {
        std::fprintf(stderr, "No folder for the test: %s\n", qPrintable(home.errorString()));
        return 1;
    }
    setSurroundings(home.path());
    adoptOrphans();
    int code = runSlots(argc, argv, make, makeApplication);
    for (const QString &child : killSurvivors(patience)) {
        std::fprintf(stderr, "FAIL!  : a child process survived the test: %s\n", qPrintable(child));
        code = code == 0 ? 1 : code;
    }
    return code;
}

} // namespace drover::testing
