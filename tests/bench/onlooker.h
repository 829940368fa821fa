// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/client.h"

#include <QtCore/QJsonObject>
#include <QtCore/QProcess>
#include <QtCore/QSet>

//! This program once more, as a second client that attaches to a batch and writes what it sees of its progress.
class Onlooker
{
public:
    //! The second process: a line for each change until the batch is finished.
    static int watch(const drover::TaskId &id);

    explicit Onlooker(const drover::Batch<int> &batch);
    //! What the second one saw, and whether this one saw the same.
    QJsonObject compared();

private:
    static QByteArray lineOf(const drover::BatchInfo &info);

    QObject m_context;
    QSet<QByteArray> m_seen;
    QProcess m_process;
};
