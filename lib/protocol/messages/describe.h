// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"

namespace drover {

//! Asks which functions the connected workers have.
struct Describe
{
    static constexpr Kind kind = Kind::Describe;

    quint64 request = 0;
    QString function; //!< empty = all

    bool operator==(const Describe &) const = default;

    template <typename V> void fields(V &v) { v(request, function); }
};

} // namespace drover
