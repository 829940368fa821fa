// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "support/logging.h"

namespace drover {

Q_LOGGING_CATEGORY(logTrust, "drover.trust", QtInfoMsg)
Q_LOGGING_CATEGORY(logTransport, "drover.transport", QtInfoMsg)
Q_LOGGING_CATEGORY(logSession, "drover.session", QtInfoMsg)
Q_LOGGING_CATEGORY(logDiscovery, "drover.discovery", QtInfoMsg)
Q_LOGGING_CATEGORY(logBroker, "drover.broker", QtInfoMsg)
Q_LOGGING_CATEGORY(logStore, "drover.store", QtInfoMsg)
Q_LOGGING_CATEGORY(logClient, "drover.client", QtInfoMsg)
Q_LOGGING_CATEGORY(logWorker, "drover.worker", QtInfoMsg)
Q_LOGGING_CATEGORY(logExecutor, "drover.executor", QtInfoMsg)

} // namespace drover
