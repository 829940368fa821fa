// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <task/registry.h>

#include <QtCore/QList>

#include <numeric>
#include <stdexcept>

namespace figures {

using drover::arg;

inline constexpr drover::Function<double(QList<double>)> mean{"figures.mean", arg("values")};

inline double meanOf(const QList<double> &values)
{
    if (values.isEmpty())
        throw std::invalid_argument("no values");
    return std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
}

inline void addFunctions(drover::Registry &registry)
{
    registry.add(mean, meanOf);
}

} // namespace figures
