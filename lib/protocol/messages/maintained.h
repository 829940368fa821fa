// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/errorcodec.h"
#include "protocol/kinds.h"
#include "protocol/queuesettingscodec.h"

namespace drover {

//! Answers Maintain.
struct Maintained
{
    static constexpr Kind kind = Kind::Maintained;

    quint64 request = 0;
    bool ok = false;
    MaintenanceResult result; //!< when ok
    Error error; //!< when not

    bool operator==(const Maintained &) const = default;

    template <typename V> void fields(V &v) { v(request, ok, result, error); }
};

} // namespace drover
