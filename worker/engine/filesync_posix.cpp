// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/filesync.h"

#include <fcntl.h>
#include <unistd.h>

namespace drover {

namespace {

bool sync(int descriptor)
{
#ifdef F_FULLFSYNC
    return ::fcntl(descriptor, F_FULLFSYNC) == 0; // fsync alone leaves it in the cache of the disk
#else
    return ::fdatasync(descriptor) == 0;
#endif
}

} // namespace

bool syncData(QFile &file)
{
    return sync(file.handle());
}

bool syncNames(const QString &folder)
{
    const int descriptor = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    const bool done = sync(descriptor);
    ::close(descriptor);
    return done;
}

} // namespace drover
