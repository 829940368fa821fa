// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"

namespace drover {

template <> struct WireEnum<Party>
{
    static constexpr auto first = Party::Client;
    static constexpr auto last = Party::Executor;
};

//! The first message of both sides of every link; nothing else is acted on before the other's has come.
struct Hello
{
    static constexpr Kind kind = Kind::Hello;

    quint32 minVersion = 0; //!< the oldest protocol version that the sender speaks
    quint32 maxVersion = 0; //!< the newest; both use the greatest version that both speak
    Party party = Party::Client;
    QString name; //!< of the machine, for people
    Id incarnation; //!< of this run of the sender's process; of a broker: of its store, for as long as that exists
    QStringList capabilities; //!< names of what is optional
    QString software; //!< "drover 0.1.0", for people
    QString role; //!< what the sender grants to the receiver: "submit,observe"; empty from clients

    bool operator==(const Hello &) const = default;

    template <typename V> void fields(V &v)
    {
        v(minVersion, maxVersion, party, name, incarnation, capabilities, software, role);
    }
};

} // namespace drover
