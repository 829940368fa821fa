// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "figures.h"

#include <client/client.h>
#include <engine/worker.h>

#include <QCoro/QCoroTask>

#include <QtCore/QCoreApplication>
#include <QtCore/QTextStream>

#include <optional>

QCoro::Task<> use(drover::Client &client)
{
    QTextStream out(stdout);
    const QList<double> values{1, 2, 6};
    const drover::Result<double> mean = co_await client.call(figures::mean, values);
    out << "mean " << mean.value_or(-1) << '\n';

    const QList<double> nothing;
    const drover::Result<double> none = co_await client.call(figures::mean, nothing);
    try {
        out << none.value() << '\n';
    } catch (const drover::TaskError &failure) {
        out << failure.error().typeName() << ": " << failure.error().message() << '\n';
    }
    QCoreApplication::exit(mean ? 0 : 1);
}

//! `consumer URL [worker]`: calls a function behind `loopback:` directly, behind others on a worker, be it another process or
//! part of this one.
int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    drover::Registry registry;
    figures::addFunctions(registry);
    std::optional<drover::Worker> worker;
    if (application.arguments().contains(QStringLiteral("worker"))) {
        worker.emplace(drover::WorkerSettings().functions(figures::addFunctions).slotCount(1));
        worker->activate();
    }
    const QUrl broker(application.arguments().value(1));
    drover::Client client(broker, drover::ClientSettings().registry(&registry));
    QMetaObject::invokeMethod(
        &client, [&client] { use(client); }, Qt::QueuedConnection);
    return application.exec();
}
