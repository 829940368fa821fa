// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/client.h"

#include <QCoro/QCoroTask>

#include <QtCore/QJsonObject>

//! One batch of no-op tasks of two integers: how long, and how much memory of this process, which is a client and nothing
//! else. The worker is started when all items wait.
class BatchMeasurement
{
public:
    BatchMeasurement(drover::Client &client, std::function<bool()> startWorker)
        : m_client(client), m_startWorker(std::move(startWorker))
    {}

    QCoro::Task<QJsonObject> run(int count);
    //! Submits as many and waits for all with the worker there: seconds.
    QCoro::Task<double> rerun(int count);
    const QString &failure() const { return m_failure; }

private:
    QCoro::Task<> warmUp();
    QCoro::Task<double> drain(drover::Batch<int> batch, int count);
    void check(const drover::Result<QList<drover::Result<int>>> &all, int count);

    drover::Client &m_client;
    std::function<bool()> m_startWorker;
    QString m_failure;
};
