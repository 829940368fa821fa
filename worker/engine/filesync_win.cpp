// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/filesync.h"

#include <io.h>

namespace drover {

bool syncData(QFile &file)
{
    return ::_commit(file.handle()) == 0;
}

bool syncNames(const QString &)
{
    return true; // the journal of the file system does it
}

} // namespace drover
