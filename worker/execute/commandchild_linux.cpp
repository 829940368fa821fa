// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "execute/commandchild_p.h"

#include <csignal>
#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace drover {

bool openPipe(std::array<int, 2> &ends)
{
    return pipe2(ends.data(), O_CLOEXEC) == 0;
}

void endWithParent()
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
}

} // namespace drover
