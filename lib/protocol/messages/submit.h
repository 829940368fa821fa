// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"
#include "protocol/optionscodec.h"
#include "protocol/payloadcodec.h"
#include "task/submission.h"

namespace drover {

//! A new task. Sent again, unchanged, until it is answered; the same id is one task.
struct Submit
{
    static constexpr Kind kind = Kind::Submit;

    quint64 seq = 0; //!< counts the submits of one incarnation of the sender, from 1
    TaskId id;
    QString function;
    quint64 signatureHash = 0; //!< 0 = unknown to the sender
    Payload arguments; //!< all of them, defaults filled in
    QString summary; //!< at most 200 bytes about the arguments, for tables and search
    Options options; //!< those that differ from the default
    std::optional<Parent> parent; //!< on a worker's session: the attempt that submits
    quint32 item = 0; //!< which one of a batch it is, from 1: the last four bytes of its id; 0 = none
    quint64 ageMs =
        0; //!< how long the sender has had it; beyond the dedup window a broker that does not know it refuses it

    bool operator==(const Submit &) const = default;

    template <typename V> void fields(V &v)
    {
        v(seq, id, function, signatureHash, arguments, summary, options, parent);
        v.later(item, ageMs);
    }
};

//! Only who it is: to answer a Submit that decode() refuses as Unsupported, an option of a later version.
struct SubmitHead
{
    static constexpr Kind kind = Kind::Submit;

    quint64 seq = 0;
    TaskId id;

    template <typename V> void fields(V &v) { v(seq, id); }
};

} // namespace drover
