// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/storefile.h"

#include <QtCore/QFile>

#include <sys/mount.h>
#include <sys/param.h>

namespace drover {

QString networkFileSystem(const QString &folder)
{
    struct statfs info;
    if (::statfs(QFile::encodeName(folder).constData(), &info) != 0 || (info.f_flags & MNT_LOCAL))
        return {};
    return QString::fromLatin1(info.f_fstypename);
}

} // namespace drover
