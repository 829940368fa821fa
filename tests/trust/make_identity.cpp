// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "trust/identity.h"

#include <QtCore/QCoreApplication>

#include <cstdio>

// make_identity FOLDER NAME: prints the fingerprint of the key, made if it is missing.
int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    const auto identity = drover::Identity::loadOrCreate(arguments.value(1), arguments.value(2));
    if (!identity)
        return 1;
    std::puts(identity->fingerprint().toHex().constData());
    return 0;
}
