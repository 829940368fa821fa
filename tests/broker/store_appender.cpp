// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

// store_appender FILE FIRST: appends tasks from the number FIRST on and prints each number that is committed, for ever.
// Every third task is leased, then ended; every fifth only leased.

#include "storesamples.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>

#include <cstdio>

using namespace drover;
using namespace drover::testing;

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    auto opened = Store::open(app.arguments().value(1), Durability::Process, 10, {});
    if (!opened) {
        std::fprintf(stderr, "%s\n", qPrintable(opened.error().message()));
        return 1;
    }
    Store &store = **opened;
    Replies replies(store);
    const quint64 begin = app.arguments().value(2).toULongLong();
    quint64 committed = begin - 1;
    for (quint64 number = begin;; ++number) {
        QList<Record> records{TaskAdded{sampleTask(number)}};
        if (number % 3 == 0 || number % 5 == 0)
            records.append(TaskUpdated{sampleId(number), {1, number}, sampleLease(1)});
        store.append(2 * number, records);
        records.clear();
        if (number % 3 == 0)
            records.append(TaskEnded{sampleId(number), {1, number}, sampleSuccess()});
        store.append(2 * number + 1, records);
        if (number % 500 == 0)
            store.load(1, number - 100, 10); // brings the tables up
        while (number - committed > 300) {
            const auto reply = replies.next<Committed>();
            if (!reply)
                return 2;
            committed = (reply->number - 1) / 2;
            std::printf("%llu\n", static_cast<unsigned long long>(committed));
            std::fflush(stdout);
        }
    }
}
