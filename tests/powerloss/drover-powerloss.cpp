// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "powerrun.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>

using namespace drover;
using namespace drover::testing;

// Cuts the power at every sync point of as many histories as wanted, and prints the table.
int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({QStringLiteral("seeds"), QStringLiteral("How many histories."), QStringLiteral("number"),
                      QStringLiteral("20")});
    parser.addOption({QStringLiteral("seed"), QStringLiteral("Only this one."), QStringLiteral("number")});
    parser.addOption({QStringLiteral("patterns"),
                      QStringLiteral("How many chances of what is lost and torn at each cut."),
                      QStringLiteral("number"), QStringLiteral("2")});
    parser.process(application);
    const quint64 only = parser.value(QStringLiteral("seed")).toULongLong();
    const quint64 last = only ? only : parser.value(QStringLiteral("seeds")).toULongLong();
    PowerReport power;
    PowerReport kill;
    PowerReport migration;
    for (quint64 seed = qMax<quint64>(1, only); seed <= last; ++seed) {
        PowerRun(seed, Durability::Disk).cutEverywhere(power, parser.value(QStringLiteral("patterns")).toInt());
        PowerRun(seed, Durability::Process).killEverywhere(kill);
        PowerRun(seed, Durability::Disk).cutMigration(migration);
    }
    power.print("power cut before and after each sync, durability disk");
    kill.print("process killed before each write, durability process");
    migration.print("power cut before and after each sync of a migration");
    return power.problems.isEmpty() && kill.problems.isEmpty() && migration.problems.isEmpty() ? 0 : 1;
}
