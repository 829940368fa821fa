// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "discovery/peersource.h"

namespace drover {

PeerSource::PeerSource(QObject *parent) : QObject(parent) {}

PeerSource::~PeerSource() = default;

void PeerSource::announce(const std::optional<Announcement> &) {}

} // namespace drover
