// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "faults.h"
#include "runner.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>

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
    return QStringLiteral("simulation --seed %1%2 --trace").arg(seed).arg(fault ? QStringLiteral(" --fault ") + fault->name : QString());
}

void print(QTextStream &out, const QList<BrokenSeed> &failures)
{
    for (const BrokenSeed &failure : failures)
        out << "seed " << failure.seed << " breaks " << failure.what << "\n  " << replay(failure.seed) << '\n';
}

//! Histories without a fault: none may break a rule, and of everything something must have happened.
int runAll(QTextStream &out, const Seeds &seeds, bool reports)
{
    const Outcome outcome = run(seeds, false);
    const QStringList missing = reports ? outcome.report.missing() : QStringList();
    if (reports)
        outcome.report.print(out);
    for (const QString &what : missing)
        out << "missing: " << what << '\n';
    print(out, outcome.failures);
    out << seeds.last - seeds.first + 1 << " histories, " << outcome.failures.size() << " broke a rule\n";
    return outcome.failures.isEmpty() && missing.isEmpty() ? 0 : 1;
}

//! Each planted fault must be found, by the checker of its rule.
int runFaults(QTextStream &out, const Seeds &seeds)
{
    int missed = 0;
    for (const PlantedFault &fault : plantedFaults()) {
        plantedFault = fault.fault;
        const Outcome outcome = run(seeds, true);
        const QString found = outcome.failures.isEmpty() ? QStringLiteral("not found") : outcome.failures.first().what;
        const QString seed = outcome.failures.isEmpty() ? QStringLiteral("-") : QString::number(outcome.failures.first().seed);
        missed += outcome.failures.isEmpty();
        out << QString(fault.name).leftJustified(28) << "rule " << QString::number(fault.rule).leftJustified(4) << "seed "
            << seed.leftJustified(6) << fault.what << "\n    " << found << '\n';
        out.flush();
    }
    out << plantedFaults().size() << " faults, " << missed << " were not found in " << seeds.last << " histories\n";
    return missed ? 1 : 0;
}

Seeds seedsOf(const QCommandLineParser &parser)
{
    const QStringList ends = parser.value(QStringLiteral("seeds")).split(u'-');
    const quint64 first = ends.first().toULongLong();
    return {first, std::max(first, ends.last().toULongLong()), std::max(1, parser.value(QStringLiteral("jobs")).toInt())};
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Lives histories of a broker, workers and clients in virtual time, and checks the rules of delivery."));
    parser.addHelpOption();
    const auto option = [](const char *name, const char *text, const char *value = "", const char *standard = "") {
        return QCommandLineOption(QLatin1String(name), QLatin1String(text), QLatin1String(value), QLatin1String(standard));
    };
    parser.addOptions({option("seeds", "Which histories.", "FROM-TO", "1-200"), option("seed", "One history.", "N"),
                       option("trace", "Print all that happens in it."), option("fault", "With this fault planted.", "NAME"),
                       option("faults", "Plant one fault after the other, and print what finds each."),
                       option("report", "Print what happened how often; what did not is a failure."),
                       option("jobs", "Threads.", "N", "1")});
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
        return runAll(out, seedsOf(parser), parser.isSet(QStringLiteral("report")));
    const quint64 seed = parser.value(QStringLiteral("seed")).toULongLong();
    const Outcome outcome = parser.isSet(QStringLiteral("trace")) ? trace(seed, out) : run({seed, seed, 1}, false);
    print(out, outcome.failures);
    return outcome.failures.isEmpty() ? 0 : 1;
}
