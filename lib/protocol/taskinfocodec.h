// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/errorcodec.h"
#include "protocol/payloadcodec.h"
#include "protocol/statecodec.h"
#include "task/taskinfo.h"

namespace drover {

template <> struct WireEnum<Asked>
{
    static constexpr auto first = Asked::Nothing;
    static constexpr auto last = Asked::Resume;
};

} // namespace drover
