// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "faults.h"
#include "runner.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QHash>

using namespace drover;
using namespace drover::simulation;

namespace {

QString replay(quint64 seed)
{
    const PlantedFault *fault = nullptr;
    for (const PlantedFault &known : plantedFaults()) {
        if (known.fault == plantedFault)
            fault = &known;
    }
    return QStringLiteral("drover-simulation --seed %1%2 --trace")
        .arg(seed)
        .arg(fault ? QStringLiteral(" --fault ") + fault->name : QString());
}

void print(QTextStream &out, const QList<BrokenSeed> &broken)
{
    for (const BrokenSeed &failure : broken)
        out << "seed " << failure.seed << " breaks " << failure.what.first() << "\n  " << replay(failure.seed) << '\n';
}

//! Histories without a fault: none may break a rule, and of everything something must have happened.
int runAll(QTextStream &out, const QCommandLineParser &parser, const Seeds &seeds)
{
    const int processes = parser.value(QStringLiteral("jobs")).toInt();
    const simulation::Outcome outcome =
        processes > 1 ? runInProcesses(seeds, processes, parser.value(QStringLiteral("fault"))) : run(seeds);
    if (parser.isSet(QStringLiteral("raw"))) {
        write(out, outcome);
        return 0;
    }
    const bool reports = parser.isSet(QStringLiteral("report"));
    const QStringList missing = reports ? outcome.report.missing() : QStringList();
    if (reports)
        outcome.report.print(out);
    for (const QString &what : missing)
        out << "missing: " << what << '\n';
    print(out, outcome.broken);
    out << seeds.count() << " histories, " << outcome.broken.size() << " broke a rule\n";
    return outcome.broken.isEmpty() && missing.isEmpty() ? 0 : 1;
}

//! Whether the checker of \a rule said that.
bool isOf(const QString &what, int rule)
{
    const QString rules = what.section(u',', 0, 0); // "rule 3", "rules 5 and 6"
    return rules.split(u' ').contains(QString::number(rule));
}

//! Each planted fault must be found, by the checker of its rule.
int runFaults(QTextStream &out, const Seeds &seeds)
{
    int missed = 0;
    for (const PlantedFault &fault : plantedFaults()) {
        plantedFault = fault.fault;
        QString found;
        const auto isFound = [&](const BrokenSeed &broken) {
            const auto own = std::find_if(broken.what.begin(), broken.what.end(),
                                          [&](const QString &what) { return isOf(what, fault.rule); });
            found = own == broken.what.end() ? QString() : *own;
            return !found.isEmpty();
        };
        const simulation::Outcome outcome = run(seeds, isFound);
        missed += found.isEmpty();
        out << QString(fault.name).leftJustified(28) << "rule " << QString::number(fault.rule).leftJustified(4)
            << fault.what << "\n    ";
        if (!found.isEmpty())
            out << "seed " << outcome.broken.last().seed << ": " << found << '\n';
        else if (!outcome.broken.isEmpty())
            out << "FOUND BY ANOTHER, seed " << outcome.broken.first().seed << ": "
                << outcome.broken.first().what.first() << '\n';
        else
            out << "NOT FOUND\n";
        out.flush();
    }
    out << plantedFaults().size() << " faults, " << missed << " were not found in " << seeds.count() << " histories\n";
    return missed ? 1 : 0;
}

Seeds seedsOf(const QCommandLineParser &parser)
{
    const QStringList ends = parser.value(QStringLiteral("seeds")).split(u'-');
    const quint64 first = ends.first().toULongLong();
    return {first, std::max(first, ends.last().toULongLong())};
}

} // namespace

int main(int argc, char **argv)
{
    QHashSeed::setDeterministicGlobalSeed(); // a history is the same each time
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
        "Lives histories of a broker, workers and clients in virtual time, and checks the rules of delivery."));
    parser.addHelpOption();
    const auto option = [](const char *name, const char *text, const char *value = "", const char *standard = "") {
        return QCommandLineOption(QLatin1String(name), QLatin1String(text), QLatin1String(value),
                                  QLatin1String(standard));
    };
    parser.addOptions({option("seeds", "Which histories.", "FROM-TO", "1-200"), option("seed", "One history.", "N"),
                       option("trace", "Print all that happens in it."),
                       option("fault", "With this fault planted.", "NAME"),
                       option("faults", "Plant one fault after the other, and print what finds each."),
                       option("report", "Print what happened how often; what did not is a failure."),
                       option("jobs", "Processes.", "N", "1")});
    QCommandLineOption raw(QStringLiteral("raw"));
    raw.setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOption(raw);
    parser.process(application);
    QTextStream out(stdout);
    if (parser.isSet(QStringLiteral("fault"))) {
        const PlantedFault *fault = plantedFaultOf(parser.value(QStringLiteral("fault")));
        if (!fault) {
            out << "There is no fault of that name.\n";
            return 2;
        }
        plantedFault = fault->fault;
    }
    if (parser.isSet(QStringLiteral("faults")))
        return runFaults(out, seedsOf(parser));
    if (!parser.isSet(QStringLiteral("seed")))
        return runAll(out, parser, seedsOf(parser));
    const quint64 seed = parser.value(QStringLiteral("seed")).toULongLong();
    const simulation::Outcome outcome = parser.isSet(QStringLiteral("trace")) ? trace(seed, out) : run({seed, seed});
    print(out, outcome.broken);
    return outcome.broken.isEmpty() ? 0 : 1;
}
