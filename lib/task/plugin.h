// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "task/registry.h"

//! Makes a shared library a plugin of a worker: `DROVER_PLUGIN(registerFunctions)` once, with
//! `void registerFunctions(drover::Registry &registry) { registry.add(power, ...); }`.
#define DROVER_PLUGIN(function) \
    extern "C" Q_DECL_EXPORT int drover_abi() \
    { \
        return drover::pluginAbi; \
    } \
    extern "C" Q_DECL_EXPORT void drover_register(drover::Registry &registry) \
    { \
        function(registry); \
    }

namespace drover {

//! Raised with each change that breaks plugins built before it.
inline constexpr int pluginAbi = 1;

//! Loads the shared library \a path for the rest of the process and enters its functions in \a registry.
//! NotFound, VersionMismatch, or InvalidArgument when it is no plugin; the message names file and remedy.
DROVER_CORE_EXPORT Result<void> loadPlugin(const QString &path, Registry &registry);

} // namespace drover
