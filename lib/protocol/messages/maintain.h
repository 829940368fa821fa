// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/errorcodec.h"
#include "protocol/kinds.h"
#include "protocol/queuesettingscodec.h"

namespace drover {

//! Has the broker do something with its store while it runs. Answered by Maintained when it is done.
struct Maintain
{
    static constexpr Kind kind = Kind::Maintain;

    quint64 request = 0;
    Maintenance what = Maintenance::Backup;
    QString path; //!< of a backup: where the copy goes, on the machine of the broker

    bool operator==(const Maintain &) const = default;

    template <typename V> void fields(V &v) { v(request, what, path); }
};

} // namespace drover
