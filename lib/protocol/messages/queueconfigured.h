// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/errorcodec.h"
#include "protocol/kinds.h"
#include "protocol/queuesettingscodec.h"

namespace drover {

//! Answers ConfigureQueue.
struct QueueConfigured
{
    static constexpr Kind kind = Kind::QueueConfigured;

    quint64 request = 0;
    bool ok = false;
    QueueSettings settings; //!< when ok: as they are now
    Error error; //!< when not

    bool operator==(const QueueConfigured &) const = default;

    template <typename V> void fields(V &v) { v(request, ok, settings, error); }
};

} // namespace drover
