// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "lab.h"

#include <client/client.h>
#include <engine/worker.h>
#include <task/registry.h>

#include <QCoro/QCoroTask>

#include <QtCore/QCoreApplication>
#include <QtCore/QTextStream>

static void addFunctions(drover::Registry &registry)
{
    registry.add(lab::add, [](int x, int y) { return x + y; });
}

static QCoro::Task<> work(drover::Client &client)
{
    const drover::Result<int> sum = co_await client.call(lab::add, 2, 3);
    QTextStream(stdout) << "2 + 3 = " << sum.value_or(-1) << '\n';
    QCoreApplication::quit();
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    drover::Client client(QUrl(QStringLiteral("embedded:"))); // its queues are in a file of this program
    drover::Worker worker(drover::WorkerSettings().functions(addFunctions));
    worker.activate();
    work(client);
    return application.exec();
}
