// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "lab.h"

#include <client/client.h>

#include <QCoro/QCoroTask>

#include <QtCore/QCoreApplication>
#include <QtCore/QTextStream>

QCoro::Task<> work(drover::Client &client)
{
    QTextStream out(stdout);
    const drover::Result<int> sum = co_await client.call(lab::add, 2, 3);
    if (sum)
        out << "2 + 3 = " << *sum << '\n';
    else
        out << "failed: " << sum.error().message() << '\n';

    const auto slow = client.submit(lab::fib, 10, drover::Options().priority(-1));
    const drover::Result<void> durable = co_await slow.accepted();
    if (durable)
        out << "task " << slow.id().toString() << " is safe, even from a power cut" << '\n';
    out << "fib(10) = " << (co_await slow).value_or(-1) << '\n';
    QCoreApplication::quit();
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    drover::Client client;
    work(client);
    return application.exec();
}
