// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "lab.h"

#include <client/blockingclient.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QTextStream>
#include <QtCore/QThreadPool>
#include <QtCore/QTimer>

#include <atomic>

using namespace std::chrono_literals;

//! Four threads of a pool wait for tasks while the event loop of the application turns.
int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    drover::BlockingClient client;
    std::atomic<int> left = 4;
    std::atomic<int> sum = 0;
    for (int i = 1; i <= 4; ++i) {
        QThreadPool::globalInstance()->start([&, i] {
            sum += client.call(30s, lab::add, i, i).value_or(-1000);
            if (--left == 0)
                QMetaObject::invokeMethod(&application, &QCoreApplication::quit, Qt::QueuedConnection);
        });
    }
    int turns = 0;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &application, [&turns] { ++turns; });
    timer.start(0);
    QThreadPool::globalInstance()->setMaxThreadCount(4);
    const int code = application.exec();
    QTextStream(stdout) << "the sum of all is " << sum << (turns > 0 ? "" : ", and the loop stood still") << '\n';
    return code;
}
