// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "killer.h"

//! All that is known after a chaos run.
struct Evidence
{
    QList<Kill> kills;
    QList<Execution> executions;
    std::map<QString, std::map<quint64, Entry>> ledgers; //!< by client
    QHash<drover::TaskId, drover::TaskInfo> tasks; //!< as the broker has them, with their attempts
    QHash<drover::TaskId, QString> results; //!< of what clients saw settled, as resultText()
    QList<drover::TaskId> listedTwice;

    //! Asks the broker of \a home. What went wrong, or nothing.
    QStringList collect(const QString &home);

private:
    QStringList listAll(drover::Client &client);
    QStringList showAll(drover::Client &client);
    QStringList resultsOfAll(drover::Client &client);
};
