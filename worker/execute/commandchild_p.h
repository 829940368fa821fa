// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <array>

// What POSIX systems do each in their own way for the child processes of commands.
namespace drover {

//! A pipe whose ends are not inherited; false when no more files can be opened.
bool openPipe(std::array<int, 2> &ends);
//! In the child, before its program: it shall end when this process does, where the system can.
void endWithParent();

} // namespace drover
