// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "discovery/namespaces.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDebug>
#include <QtCore/QDir>
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>

#include <unistd.h>

namespace drover {

namespace {

const QString stem = QStringLiteral("drover-test-");

struct Outcome
{
    bool ok = false;
    QByteArray output;
    QByteArray problem;
};

QString ipProgram()
{
    const QString found = QStandardPaths::findExecutable(QStringLiteral("ip"));
    return found.isEmpty()
        ? QStandardPaths::findExecutable(QStringLiteral("ip"), {QStringLiteral("/usr/sbin"), QStringLiteral("/sbin")})
        : found;
}

Outcome ip(const QStringList &arguments)
{
    QProcess process;
    process.start(ipProgram(), arguments);
    const bool ended = process.waitForFinished(30000) && process.exitStatus() == QProcess::NormalExit;
    return {ended && process.exitCode() == 0, process.readAllStandardOutput(), process.readAllStandardError()};
}

bool succeeds(const QStringList &arguments)
{
    const Outcome outcome = ip(arguments);
    if (!outcome.ok)
        qWarning().noquote() << "ip" << arguments.join(u' ') << outcome.problem;
    return outcome.ok;
}

void removeWhatDeadProcessesLeft()
{
    for (const QString &name :
         QDir(QStringLiteral("/run/netns")).entryList({stem + u'*'}, QDir::Files | QDir::System)) {
        const QString process = name.mid(stem.size()).section(u'-', 0, 0);
        if (!QDir(QStringLiteral("/proc/") + process).exists())
            ip({QStringLiteral("netns"), QStringLiteral("delete"), name});
    }
}

} // namespace

Namespaces::Namespaces()
{
    removeWhatDeadProcessesLeft();
}

Namespaces::~Namespaces()
{
    for (const QString &name : std::as_const(m_names))
        succeeds({QStringLiteral("netns"), QStringLiteral("delete"), fullName(name)});
}

QString Namespaces::whyNot()
{
    if (geteuid() != 0)
        return QStringLiteral("needs root, to make network namespaces");
    if (ipProgram().isEmpty())
        return QStringLiteral("needs the program ip (package iproute2), to make network namespaces");
    const QString probe = stem + QString::number(QCoreApplication::applicationPid()) + QStringLiteral("-probe");
    const Outcome outcome = ip({QStringLiteral("netns"), QStringLiteral("add"), probe});
    ip({QStringLiteral("netns"), QStringLiteral("delete"), probe});
    return outcome.ok
        ? QString()
        : QStringLiteral("network namespaces cannot be made here: ") + QString::fromLocal8Bit(outcome.problem);
}

bool Namespaces::add(const QString &name)
{
    if (!succeeds({QStringLiteral("netns"), QStringLiteral("add"), fullName(name)}))
        return false;
    m_names += name;
    return true;
}

bool Namespaces::connect(const QString &from, const QString &to)
{
    return succeeds({QStringLiteral("link"), QStringLiteral("add"), from.section(u':', 1), QStringLiteral("netns"),
                     fullName(from.section(u':', 0, 0)), QStringLiteral("type"), QStringLiteral("veth"),
                     QStringLiteral("peer"), QStringLiteral("name"), to.section(u':', 1), QStringLiteral("netns"),
                     fullName(to.section(u':', 0, 0))});
}

QByteArray Namespaces::run(const QString &name, const QString &script) const
{
    const QStringList shell{QStringLiteral("sh"), QStringLiteral("-ec"), script};
    const Outcome outcome = ip(prefix(name).sliced(1) + shell);
    if (!outcome.ok)
        qWarning().noquote() << script << outcome.problem;
    return outcome.ok ? QByteArray("") + outcome.output : QByteArray();
}

QStringList Namespaces::prefix(const QString &name) const
{
    return {ipProgram(), QStringLiteral("netns"), QStringLiteral("exec"), fullName(name)};
}

QString Namespaces::fullName(const QString &name) const
{
    return stem + QString::number(QCoreApplication::applicationPid()) + u'-' + name;
}

} // namespace drover
