// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/errorcodec.h"
#include "protocol/kinds.h"
#include "protocol/queuesettingscodec.h"

namespace drover {

//! Sets what is given for a queue, and asks for all of its settings. Answered by QueueConfigured once it is durable.
struct ConfigureQueue
{
    static constexpr Kind kind = Kind::ConfigureQueue;

    quint64 request = 0;
    QString name; //!< of the queue
    QueueChange change; //!< what shall be otherwise; what is null stays as it is

    bool operator==(const ConfigureQueue &) const = default;

    template <typename V> void fields(V &v)
    {
        v(request, name);
        change.fields(v);
    }
};

} // namespace drover
