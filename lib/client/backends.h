// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/backend.h"

#include <QtCore/QUrl>

namespace drover {

class ClientSettings;

//! The port of `drover://host` without one, and of `drover broker` for a group.
inline constexpr quint16 defaultBrokerPort = 29468;

//! The backend that \a url asks for. Never null: a URL that cannot be served gives a backend that answers everything
//! with an Error which says what is wrong with it.
std::unique_ptr<Backend> makeBackend(const QUrl &url, const ClientSettings &settings);

} // namespace drover
