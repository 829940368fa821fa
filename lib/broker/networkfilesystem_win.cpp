// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/storefile.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>

#include <qt_windows.h>

namespace drover {

QString networkFileSystem(const QString &folder)
{
    const QString native = QDir::toNativeSeparators(QFileInfo(folder).absoluteFilePath());
    wchar_t root[MAX_PATH + 1];
    if (!GetVolumePathNameW(reinterpret_cast<const wchar_t *>(native.utf16()), root, MAX_PATH + 1)
        || GetDriveTypeW(root) != DRIVE_REMOTE)
        return {};
    return QStringLiteral("network drive");
}

} // namespace drover
