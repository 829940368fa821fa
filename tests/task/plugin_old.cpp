// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include <QtCore/QtGlobal>

extern "C" Q_DECL_EXPORT int drover_abi()
{
    return 0;
}

extern "C" Q_DECL_EXPORT void drover_register(void *)
{
    qFatal("a plugin of another version was entered");
}
