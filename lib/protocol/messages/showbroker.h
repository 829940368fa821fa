// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"

namespace drover {

//! Asks the broker about itself.
struct ShowBroker
{
    static constexpr Kind kind = Kind::ShowBroker;

    quint64 request = 0;

    bool operator==(const ShowBroker &) const = default;

    template <typename V> void fields(V &v) { v(request); }
};

} // namespace drover
