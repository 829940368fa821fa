// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "task/function.h"

namespace drover {
class Registry;
}

namespace drover::gui::demo {

//! What the workers of the demo can do. Each takes some seconds, tells its progress and writes a log.
inline constexpr Function<QString(QString, int)> render{"film.render", arg("shot"), arg("frame")};
inline constexpr Function<double(QString, int)> simulate{"mesh.simulate", arg("mesh"), arg("seed")};
inline constexpr Function<double(double, int)> train{"model.train", arg("rate"), arg("epochs")};

void addFunctions(Registry &registry);

} // namespace drover::gui::demo
