// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/taskinfo.h"

namespace drover {

QString toString(Asked asked)
{
    switch (asked) {
    case Asked::Nothing: break;
    case Asked::Cancel: return QStringLiteral("cancel");
    case Asked::Kill: return QStringLiteral("kill");
    case Asked::Pause: return QStringLiteral("pause");
    case Asked::Resume: return QStringLiteral("resume");
    }
    return {};
}

} // namespace drover
