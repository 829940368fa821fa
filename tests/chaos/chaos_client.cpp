// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "submitter.h"

#include <QtCore/QCoreApplication>

// chaos_client NAME HOME LEDGER STOPFILE SEED: submits tasks until the file STOPFILE exists and all of them have ended.
int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList words = application.arguments();
    if (words.size() != 6) {
        qCritical("usage: chaos_client NAME HOME LEDGER STOPFILE SEED");
        return 2;
    }
    Submitter submitter({words[1], words[2], words[3], words[4], words[5].toUInt()});
    QObject::connect(&submitter, &Submitter::ended, &application, &QCoreApplication::quit);
    return application.exec();
}
