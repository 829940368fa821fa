// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "system/lab.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtTest/QTest>

namespace {

constexpr int patienceMs = 30'000;

} // namespace

QJsonObject Ran::json() const
{
    return lines().value(0);
}

QList<QJsonObject> Ran::lines() const
{
    QList<QJsonObject> objects;
    for (const QByteArray &line : output.split('\n')) {
        if (!line.isEmpty())
            objects.append(QJsonDocument::fromJson(line).object());
    }
    return objects;
}

QByteArray Ran::all() const
{
    return "exit code " + QByteArray::number(code) + "\n--- output\n" + output.left(2000) + "\n--- errors\n"
        + errors.left(2000);
}

Lab::Lab() : m_home(QDir::tempPath() + QStringLiteral("/dl.XXXXXX")) {}

Lab::~Lab()
{
    for (auto &[name, process] : m_processes)
        process->terminate();
    for (auto &[name, process] : m_processes) {
        if (process->state() != QProcess::NotRunning && !process->waitForFinished(5000)) {
            process->kill();
            process->waitForFinished();
        }
    }
}

QString Lab::program()
{
    return QStringLiteral(DROVER_PROGRAM);
}

QString Lab::labPlugin()
{
    return QStringLiteral(LAB_PLUGIN);
}

QString Lab::testPlugin()
{
    return QStringLiteral(TEST_PLUGIN);
}

QString Lab::crashingPlugin()
{
    return QStringLiteral(CRASHING_PLUGIN);
}

bool Lab::startProgram(const QString &name, const QString &program, const QStringList &words)
{
    auto process = std::make_unique<QProcess>();
    process->setStandardInputFile(QProcess::nullDevice());
    process->setStandardOutputFile(QProcess::nullDevice());
    process->setStandardErrorFile(m_home.filePath(name + QStringLiteral(".log")), QIODevice::Append);
    process->start(program, words);
    const bool started = process->waitForStarted();
    m_processes[name] = std::move(process);
    return started;
}

bool Lab::startBroker(const QStringList &more)
{
    QFile::remove(home() + QStringLiteral("/broker.json"));
    if (!run(QStringLiteral("broker"), QStringList{QStringLiteral("broker")} + more))
        return false;
    const QDeadlineTimer deadline(patienceMs);
    while (!deadline.hasExpired()) {
        if (QFile::exists(home() + QStringLiteral("/broker.json")) && shell({QStringLiteral("status")}).code == 0)
            return true;
        if (process(QStringLiteral("broker")).waitForFinished(20))
            return false;
    }
    return false;
}

bool Lab::startWorker(const QString &name, const QStringList &more)
{
    QStringList words{QStringLiteral("worker"), QStringLiteral("--name"), name};
    if (!more.contains(QStringLiteral("--plugin")))
        words += {QStringLiteral("--plugin"), labPlugin(), QStringLiteral("--plugin"), testPlugin()};
    return run(name, words + more);
}

bool Lab::awaitFunction(const QString &function, const QString &name) const
{
    const QDeadlineTimer deadline(patienceMs);
    while (!deadline.hasExpired()) {
        for (const QJsonObject &worker : shell({QStringLiteral("workers"), QStringLiteral("--json")}).lines()) {
            const bool isHere = worker[QLatin1String("connected")].toBool()
                && (name.isEmpty() || worker[QLatin1String("name")].toString() == name);
            if (isHere && worker[QLatin1String("functions")].toArray().contains(function))
                return true;
        }
    }
    return false;
}

bool Lab::awaitLog(const QString &name, const QString &text) const
{
    return QTest::qWaitFor([&] { return log(name).contains(text); }, patienceMs);
}

bool Lab::kill(const QString &name)
{
    QProcess &victim = process(name);
    if (victim.state() != QProcess::Running)
        return false;
    victim.kill();
    victim.waitForFinished();
    return victim.exitStatus() == QProcess::CrashExit;
}

bool Lab::end(const QString &name)
{
    QProcess &guest = process(name);
    guest.terminate();
    return guest.waitForFinished(patienceMs) && guest.exitStatus() == QProcess::NormalExit && guest.exitCode() == 0;
}

QString Lab::log(const QString &name) const
{
    QFile file(m_home.filePath(name + QStringLiteral(".log")));
    return file.open(QFile::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QList<qint64> Lab::executorsOf(const QString &worker)
{
    QList<qint64> found = processtable::childrenOf(process(worker).processId());
    found.removeIf([](qint64 pid) { return !processtable::commandOf(pid).contains(QLatin1String("drover")); });
    return found;
}

std::unique_ptr<QProcess> Lab::start(const QStringList &words) const
{
    auto process = std::make_unique<QProcess>();
    QStringList rest = words;
    rest.insert(1, QStringLiteral("--home"));
    rest.insert(2, home());
    process->start(QStringLiteral(DROVER_PROGRAM), words.isEmpty() ? words : rest);
    return process;
}

Ran Lab::result(QProcess &process)
{
    Ran ran;
    if (process.state() != QProcess::NotRunning && !process.waitForFinished(patienceMs)) {
        process.kill();
        process.waitForFinished();
    } else if (process.exitStatus() == QProcess::NormalExit) {
        ran.code = process.exitCode();
    }
    ran.output = process.readAllStandardOutput();
    ran.errors = process.readAllStandardError();
    return ran;
}

Ran Lab::shell(const QStringList &words, const QByteArray &input) const
{
    const auto process = start(words);
    process->write(input);
    process->closeWriteChannel();
    return result(*process);
}

QJsonObject Lab::show(const QString &id) const
{
    return shell({QStringLiteral("show"), QStringLiteral("--json"), id}).json();
}

QString Lab::stateOf(const QString &id) const
{
    return show(id)[QLatin1String("state")].toString();
}
