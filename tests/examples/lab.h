// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <task/function.h>

#include <QtCore/QStringList>

//! What both sides know: callers include this, the plugin gives it bodies.
namespace lab {

using drover::arg;

inline constexpr drover::Function<int(int, int)> add{"lab.add", arg("x"), arg("y")};
inline constexpr drover::Function<int(int, int)> power{"lab.power", arg("a"), arg("b", 1)};
inline constexpr drover::Function<QString(QStringList, QString)> join{"lab.join", arg("words"), arg("separator", ", ")};
inline constexpr drover::Function<qint64(int)> fib{"lab.fib", arg("n")};

} // namespace lab
