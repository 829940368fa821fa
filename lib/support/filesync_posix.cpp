// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "support/filesync.h"

#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

namespace drover {

namespace {

bool sync(int descriptor)
{
#ifdef F_FULLFSYNC
    return ::fcntl(descriptor, F_FULLFSYNC) == 0; // fsync alone leaves it in the cache of the disk
#else
    return ::fsync(descriptor) == 0;
#endif
}

} // namespace

bool syncFile(QFile &file)
{
    return sync(file.handle());
}

bool syncFolder(const QString &folder)
{
    const int descriptor = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    const bool done = sync(descriptor);
    ::close(descriptor);
    return done;
}

bool replaceFile(const QString &from, const QString &to)
{
    return std::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) == 0;
}

} // namespace drover
