// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "testing/site.h"

#include <QtCore/QFile>

namespace drover::testing {

Site::Site(QString program) : m_program(std::move(program)), m_home(QDir::tempPath() + QStringLiteral("/dr.XXXXXX"))
{
    qputenv("DROVER_HOME", m_home.path().toLocal8Bit());
}

Site::~Site()
{
    for (auto &[name, process] : m_processes)
        process->terminate();
    for (auto &[name, process] : m_processes) {
        if (!process->waitForFinished(5000)) {
            process->kill();
            process->waitForFinished();
        }
    }
}

bool Site::start(const QString &name, const QStringList &arguments)
{
    auto process = std::make_unique<QProcess>();
    process->setStandardInputFile(QProcess::nullDevice());
    process->setStandardOutputFile(QProcess::nullDevice());
    process->setStandardErrorFile(m_home.filePath(name + QStringLiteral(".log")), QIODevice::Append);
    process->start(m_program, arguments);
    const bool started = process->waitForStarted();
    m_processes[name] = std::move(process);
    return started;
}

bool Site::startBroker(const QStringList &options)
{
    return start(QStringLiteral("broker"), QStringList{QStringLiteral("broker")} + options);
}

bool Site::startWorker(const QString &name, const QString &plugin, const QStringList &options)
{
    return start(
        name,
        QStringList{QStringLiteral("worker"), QStringLiteral("--name"), name, QStringLiteral("--plugin"), plugin}
            + options);
}

bool Site::kill(const QString &name)
{
    QProcess &process = *m_processes.at(name);
    if (process.state() != QProcess::Running)
        return false;
    process.kill();
    process.waitForFinished();
    return process.exitStatus() == QProcess::CrashExit;
}

QString Site::logs() const
{
    QString all;
    for (const auto &[name, process] : m_processes) {
        QFile file(m_home.filePath(name + QStringLiteral(".log")));
        if (file.open(QFile::ReadOnly))
            all += QStringLiteral("--- %1\n").arg(name) + QString::fromUtf8(file.readAll());
    }
    return all;
}

} // namespace drover::testing
