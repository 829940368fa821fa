// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QtGlobal>

//! What the shared libraries show: everything else is hidden. A class or function of an installed header carries the macro
//! of its library, and so does what another library or program of the project needs.
//!
//! Whoever compiles a library defines DROVER_<NAME>_LIBRARY; programs of the project that link its objects directly, as the
//! tests do, define DROVER_STATIC. An application defines neither.

#ifdef DROVER_STATIC
#define DROVER_IMPORT
#else
#define DROVER_IMPORT Q_DECL_IMPORT
#endif

//! libdrover-core: lib/support to lib/session
#ifdef DROVER_CORE_LIBRARY
#define DROVER_CORE_EXPORT Q_DECL_EXPORT
#else
#define DROVER_CORE_EXPORT DROVER_IMPORT
#endif

//! libdrover-client: lib/broker, lib/client, lib/monitor
#ifdef DROVER_CLIENT_LIBRARY
#define DROVER_CLIENT_EXPORT Q_DECL_EXPORT
#else
#define DROVER_CLIENT_EXPORT DROVER_IMPORT
#endif

//! libdrover-models: lib/models
#ifdef DROVER_MODELS_LIBRARY
#define DROVER_MODELS_EXPORT Q_DECL_EXPORT
#else
#define DROVER_MODELS_EXPORT DROVER_IMPORT
#endif

//! libdrover-worker: worker/execute, worker/engine
#ifdef DROVER_WORKER_LIBRARY
#define DROVER_WORKER_EXPORT Q_DECL_EXPORT
#else
#define DROVER_WORKER_EXPORT DROVER_IMPORT
#endif
