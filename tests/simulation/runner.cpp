// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "runner.h"

#include "world.h"

#include <QtCore/QTemporaryDir>

#include <atomic>
#include <thread>

namespace drover::simulation {

namespace {

//! The stores of one thread; in memory where the system has such a place.
class Folder
{
public:
    Folder() : m_folder(QDir(place()).filePath(QStringLiteral("drover-simulation-XXXXXX"))) {}
    QString path() const { return m_folder.path(); }

private:
    static QString place()
    {
        const QString memory = QStringLiteral("/dev/shm");
        return QFileInfo(memory).isWritable() ? memory : QDir::tempPath();
    }
    QTemporaryDir m_folder;
};

void live(quint64 seed, const QString &folder, QTextStream *out, Outcome &outcome)
{
    World world({seed, folder, out}, outcome.report);
    const QStringList broken = world.run();
    if (!broken.isEmpty())
        outcome.failures.append({seed, broken.first()});
}

} // namespace

Outcome run(const Seeds &seeds, bool firstOnly)
{
    std::vector<Outcome> outcomes(size_t(seeds.jobs));
    std::atomic<quint64> next = seeds.first;
    std::atomic<bool> isOver = false;
    const auto work = [&](Outcome &outcome) {
        const Folder folder;
        for (quint64 seed = next++; seed <= seeds.last && !isOver; seed = next++) {
            live(seed, folder.path(), nullptr, outcome);
            if (firstOnly && !outcome.failures.isEmpty())
                isOver = true;
        }
    };
    std::vector<std::thread> threads;
    for (Outcome &outcome : outcomes)
        threads.emplace_back([&work, &outcome] { work(outcome); });
    for (std::thread &thread : threads)
        thread.join();
    Outcome all;
    for (const Outcome &outcome : outcomes) {
        all.report.add(outcome.report);
        all.failures.append(outcome.failures);
    }
    std::sort(all.failures.begin(), all.failures.end(), [](const BrokenSeed &a, const BrokenSeed &b) { return a.seed < b.seed; });
    return all;
}

Outcome trace(quint64 seed, QTextStream &out)
{
    Outcome outcome;
    const Folder folder;
    live(seed, folder.path(), &out, outcome);
    return outcome;
}

} // namespace drover::simulation
