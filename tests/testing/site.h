// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QDir>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>

#include <map>
#include <memory>

namespace drover::testing {

//! A broker and workers as processes of their own in a home of their own. Nothing is left when it is destroyed.
class Site
{
public:
    //! \a program is `drover`. Sets `DROVER_HOME` for this process, too.
    explicit Site(QString program);
    ~Site();

    QString home() const { return m_home.path(); }
    //! The names are "broker" and those of the workers.
    bool startBroker(const QStringList &options = {});
    bool startWorker(const QString &name, const QString &plugin, const QStringList &options = {});
    //! kill -9; true when the process lived until then.
    bool kill(const QString &name);
    //! What the processes wrote to standard error, for when something went wrong.
    QString logs() const;

private:
    bool start(const QString &name, const QStringList &arguments);

    QString m_program;
    QTemporaryDir m_home;
    std::map<QString, std::unique_ptr<QProcess>> m_processes;
};

} // namespace drover::testing
