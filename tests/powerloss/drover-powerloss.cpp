// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "powerrun.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>

// Cuts the power at every sync point of as many histories as wanted, and prints the table.
int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({QStringLiteral("seeds"), QStringLiteral("How many histories."), QStringLiteral("number"),
                      QStringLiteral("20")});
    parser.addOption({QStringLiteral("seed"), QStringLiteral("Only this one."), QStringLiteral("number")});
    parser.process(application);
    drover::testing::PowerReport report;
    if (parser.isSet(QStringLiteral("seed"))) {
        drover::testing::PowerRun(parser.value(QStringLiteral("seed")).toULongLong(), true).cutEverywhere(report);
    } else {
        const quint64 seeds = parser.value(QStringLiteral("seeds")).toULongLong();
        for (quint64 seed = 1; seed <= seeds; ++seed)
            drover::testing::PowerRun(seed, true).cutEverywhere(report);
    }
    report.print();
    return report.problems.isEmpty() ? 0 : 1;
}
