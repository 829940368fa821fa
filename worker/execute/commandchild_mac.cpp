// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "execute/commandchild_p.h"

#include <fcntl.h>
#include <unistd.h>

namespace drover {

bool openPipe(std::array<int, 2> &ends)
{
    if (pipe(ends.data()) != 0)
        return false;
    for (const int end : ends)
        fcntl(end, F_SETFD, FD_CLOEXEC);
    return true;
}

void endWithParent() {}

} // namespace drover
