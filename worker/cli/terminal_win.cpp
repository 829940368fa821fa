// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/terminal.h"

#include <io.h>
#include <windows.h>

namespace drover::cli {

bool isOutputTerminal()
{
    return ::_isatty(1) != 0;
}

bool isErrorTerminal()
{
    return ::_isatty(2) != 0;
}

int terminalWidth()
{
    CONSOLE_SCREEN_BUFFER_INFO info;
    if (!::GetConsoleScreenBufferInfo(::GetStdHandle(STD_ERROR_HANDLE), &info))
        return 80;
    return info.srWindow.Right - info.srWindow.Left + 1;
}

} // namespace drover::cli
