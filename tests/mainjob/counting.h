// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "progressbar.h"
#include "words.h"

#include "client/client.h"
#include "testing/site.h"

#include <QCoro/QCoroTask>

#include <QtCore/QElapsedTimer>

//! Which process is killed when a third of the results are in.
enum class Victim { None, Worker, Broker };

//! Counts the words of many files: one task a file, results merged as they arrive, and at the end everything compared with
//! the same count made here.
class Counting : public QObject
{
    Q_OBJECT
public:
    Counting(drover::testing::Site &site, drover::Client &client, QStringList files, Victim victim);

    //! The exit code.
    QCoro::Task<int> run();

private:
    void workersChanged(const QList<QByteArray> &rows);
    QCoro::Task<> merge(drover::Submitted<words::Counts> task);
    void killWhenDue();
    //! Who did what, and how often again; or what went wrong.
    QCoro::Task<QString> countAttempts();
    bool agrees() const;
    void report() const;
    int failed(const QString &why) const;

    drover::testing::Site &m_site;
    drover::Client &m_client;
    QStringList m_files;
    Victim m_victim;
    ProgressBar m_bar;
    QElapsedTimer m_time;
    qint64 m_wallMs = 0;
    QList<drover::Submitted<words::Counts>> m_tasks;
    words::Counts m_counts;
    QString m_failure;
    qsizetype m_done = 0;
    QMap<QString, quint32> m_busy; //!< leases by worker, as last heard
    QMap<QString, int> m_tasksBy;
    int m_reruns = 0;
    bool m_killed = false;
    drover::Answer<void> m_workersHere;
    drover::Answer<void> m_allMerged;
};
