// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QStringList>

#include <chrono>

namespace drover::testing {

//! From now on processes whose parent dies become children of this one, where the system can do that.
//! Called once, before the first child is started.
void adoptOrphans();

//! Waits at most \a patience for the children of this process to end by themselves, kills the others and waits for
//! them. Returns one line for each that had to be killed: its process id and command.
QStringList killSurvivors(std::chrono::milliseconds patience);

} // namespace drover::testing
