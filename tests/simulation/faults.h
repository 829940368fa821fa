// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/fault.h"

#include <QtCore/QLatin1String>

#include <span>

namespace drover::simulation {

//! A fault that can be planted in the product's code, and the rule whose checker must find it.
struct PlantedFault
{
    Fault fault = Fault::None;
    QLatin1String name;
    int rule = 0; //!< of DESIGN.md section 5
    QLatin1String what; //!< is wrong then
};

std::span<const PlantedFault> plantedFaults();
//! Null when there is none of that name.
const PlantedFault *plantedFaultOf(QStringView name);

} // namespace drover::simulation
