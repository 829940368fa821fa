// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/client.h"

#include <QCoro/QCoroTask>

#include <QtCore/QJsonObject>

//! What one broker with one worker does with no-op tasks of two integers, results back to the submitter.
class Measurement : public QObject
{
    Q_OBJECT
public:
    explicit Measurement(drover::Client &client) : m_client(client) {}

    //! Tasks a second over \a count tasks submitted at once, and the latencies of \a calls awaited calls in a row.
    //! Empty when a task failed: \a failure() says why.
    QCoro::Task<QJsonObject> run(int count, int calls);
    const QString &failure() const { return m_failure; }

private:
    QCoro::Task<> await(drover::Submitted<int> task);
    QCoro::Task<double> throughput(int count);
    QCoro::Task<QJsonObject> latency(int calls);
    QCoro::Task<> workerHere();

    drover::Client &m_client;
    QString m_failure;
    int m_left = 0;
    drover::Answer<void> m_allDone;
};
