// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "system/processtable.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>

#include <map>
#include <memory>

//! What a run of `drover VERB` did.
struct Ran
{
    int code = -1; //!< -1: it did not end in time, or crashed
    QByteArray output;
    QByteArray errors;

    QString text() const { return QString::fromUtf8(output).trimmed(); } //!< what it printed
    QString complaint() const { return QString::fromUtf8(errors); }
    QJsonObject json() const; //!< its first line
    QList<QJsonObject> lines() const; //!< all of them
    QByteArray all() const; //!< for when a check fails
};

//! A home with a broker and workers as processes of their own. All processes are ended by the destructor.
class Lab
{
public:
    Lab();
    ~Lab();

    QString home() const { return m_home.path(); }
    static QString program(); //!< drover
    static QString labPlugin();
    static QString testPlugin();
    static QString crashingPlugin();

    //! \a more are options of the verb. True once it runs; its log is log("broker").
    bool startBroker(const QStringList &more = {});
    //! Without a --plugin in \a more it has the lab plugin and the test plugin.
    bool startWorker(const QString &name, const QStringList &more = {});
    //! Another program of the project, under this name; its log is log(name).
    bool startProgram(const QString &name, const QString &program, const QStringList &words);
    //! Until the broker has the worker with \a function on its list (and, where \a name is given, with that name).
    bool awaitFunction(const QString &function, const QString &name = {}) const;
    bool awaitLog(const QString &name, const QString &text) const;

    QProcess &process(const QString &name) { return *m_processes.at(name); }
    //! kill -9; true when it lived until then.
    bool kill(const QString &name);
    //! Asks it to end; true when it did, by itself and with exit code 0.
    bool end(const QString &name);
    QString log(const QString &name) const;
    //! The executors of a worker that run.
    QList<qint64> executorsOf(const QString &worker);

    //! Runs `drover WORDS...` to its end.
    Ran shell(const QStringList &words, const QByteArray &input = {}) const;
    //! Starts it; the caller ends it.
    std::unique_ptr<QProcess> start(const QStringList &words) const;
    //! Waits for the end of what start() started.
    static Ran result(QProcess &process);
    //! `drover show ID --json`.
    QJsonObject show(const QString &id) const;
    QString stateOf(const QString &id) const;

private:
    bool run(const QString &name, const QStringList &words)
    {
        return startProgram(name, program(), words + QStringList{QStringLiteral("--home"), home()});
    }

    QTemporaryDir m_home;
    std::map<QString, std::unique_ptr<QProcess>> m_processes;
};

//! QVERIFY for a run, which prints all of it when it is not as it should be.
#define VERIFY_RAN(ran, condition) QVERIFY2(condition, (ran).all().constData())
