// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ledger.h"

#include <QtCore/QTimer>

#include <map>

//! How a settled result is written down and compared.
QString resultText(const drover::PendingTask &task);

//! One run of a client: goes on where the ledger of earlier runs ends.
class Submitter : public QObject
{
    Q_OBJECT
public:
    struct Settings
    {
        QString name;
        QString home;
        QString ledger;
        QString stopFile; //!< once it exists nothing new is submitted, and the end of all is waited for
        quint32 seed = 0;
    };
    explicit Submitter(const Settings &settings);
    ~Submitter() override;

Q_SIGNALS:
    void ended();

private:
    struct Open
    {
        TaskKind kind = TaskKind::Work;
        bool told = false; //!< accepted or refused
        std::shared_ptr<drover::PendingTask> task;
    };

    void goOn();
    void tick();
    void note();
    void writeSubmitted();
    void submit(quint64 number, TaskKind kind);

    Settings m_settings;
    QRandomGenerator m_random;
    drover::Client m_client;
    std::map<quint64, Open> m_open;
    quint64 m_last = 0;
    QByteArray m_submitted; //!< lines
    QTimer m_timer;
};
