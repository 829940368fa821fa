// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "runner.h"

#include "world.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>

namespace drover::simulation {

namespace {

void live(quint64 seed, const QString &folder, QTextStream *out, Outcome &outcome)
{
    World world({seed, folder, out}, outcome.report);
    const QStringList broken = world.run();
    if (!broken.isEmpty())
        outcome.broken.append({seed, broken});
}

std::unique_ptr<QProcess> start(const Seeds &seeds, const QString &fault)
{
    QStringList arguments{QStringLiteral("--raw"), QStringLiteral("--seeds"),
                          QStringLiteral("%1-%2").arg(seeds.first).arg(seeds.last)};
    if (!fault.isEmpty())
        arguments << QStringLiteral("--fault") << fault;
    auto process = std::make_unique<QProcess>();
    process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process->start(QCoreApplication::applicationFilePath(), arguments);
    return process;
}

void read(QProcess &process, Outcome &outcome)
{
    process.waitForFinished(-1);
    QTextStream lines(&process);
    while (!lines.atEnd()) {
        const QStringList words = lines.readLine().split(u'\t');
        if (words.first() == QLatin1String("broken"))
            outcome.broken.append({words.value(1).toULongLong(), {words.value(2)}});
        else
            outcome.report.read(words);
    }
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() > 1)
        outcome.broken.append({0, {QStringLiteral("a process that lived histories died")}});
}

} // namespace

Outcome run(const Seeds &seeds, const std::function<bool(const BrokenSeed &)> &isEnough)
{
    Outcome outcome;
    const QTemporaryDir folder;
    for (quint64 seed = seeds.first; seed <= seeds.last; ++seed) {
        live(seed, folder.path(), nullptr, outcome);
        const bool isBroken = !outcome.broken.isEmpty() && outcome.broken.last().seed == seed;
        if (isBroken && isEnough && isEnough(outcome.broken.last()))
            break;
    }
    return outcome;
}

Outcome trace(quint64 seed, QTextStream &out)
{
    Outcome outcome;
    const QTemporaryDir folder;
    live(seed, folder.path(), &out, outcome);
    return outcome;
}

Outcome runInProcesses(const Seeds &seeds, int processes, const QString &fault)
{
    std::vector<std::unique_ptr<QProcess>> started;
    const quint64 share = (seeds.count() + quint64(processes) - 1) / quint64(processes);
    for (quint64 first = seeds.first; first <= seeds.last; first += share)
        started.push_back(start({first, std::min(first + share - 1, seeds.last)}, fault));
    Outcome outcome;
    for (const auto &process : started)
        read(*process, outcome);
    return outcome;
}

void write(QTextStream &out, const Outcome &outcome)
{
    outcome.report.write(out);
    for (const BrokenSeed &broken : outcome.broken)
        out << "broken\t" << broken.seed << '\t' << broken.what.first() << '\n';
}

} // namespace drover::simulation
