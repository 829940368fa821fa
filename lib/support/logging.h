// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"

#include <QtCore/QLoggingCategory>

//! All log categories of Drover. Lines about a task begin with its id and attempt.
namespace drover {

DROVER_CORE_EXPORT const QLoggingCategory &logTrust();
DROVER_CORE_EXPORT const QLoggingCategory &logTransport();
DROVER_CORE_EXPORT const QLoggingCategory &logSession();
DROVER_CORE_EXPORT const QLoggingCategory &logDiscovery();
DROVER_CORE_EXPORT const QLoggingCategory &logBroker();
DROVER_CORE_EXPORT const QLoggingCategory &logStore();
DROVER_CORE_EXPORT const QLoggingCategory &logClient();
DROVER_CORE_EXPORT const QLoggingCategory &logWorker();
DROVER_CORE_EXPORT const QLoggingCategory &logExecutor();

} // namespace drover
