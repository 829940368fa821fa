// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "support/filesync.h"

#include <QtCore/QDir>

#include <io.h>
#include <qt_windows.h>

namespace drover {

namespace {

const wchar_t *wide(const QString &text)
{
    return reinterpret_cast<const wchar_t *>(text.utf16());
}

} // namespace

bool syncFile(QFile &file)
{
    return FlushFileBuffers(HANDLE(_get_osfhandle(file.handle())));
}

// Names are in the journal of the file system: MOVEFILE_WRITE_THROUGH has waited for it.
bool syncFolder(const QString &)
{
    return true;
}

bool replaceFile(const QString &from, const QString &to)
{
    return MoveFileExW(wide(QDir::toNativeSeparators(from)), wide(QDir::toNativeSeparators(to)),
                       MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH);
}

} // namespace drover
