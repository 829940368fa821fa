// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/message.h"
#include "protocol/messages.h"

#include <variant>

namespace drover::simulation {

template <typename> struct VariantOf;
template <typename... M> struct VariantOf<std::tuple<M...>>
{
    using Type = std::variant<M...>;
};

//! Any message.
using Message = VariantOf<AllMessages>::Type;

Kind kindOf(const Message &message);
//! The task that it is about and its attempt, for traces: `Assign 7f2a 1.2`.
QString describe(const Message &message);
QString describe(const TaskId &id);
QString describe(const TaskId &id, const Token &token);

//! What comes out of the other end of a wire.
template <typename M> Message overWire(const M &message)
{
    QByteArray frame;
    encode(frame, message);
    return decode<M>(RawMessage{M::kind, frame}).value();
}

} // namespace drover::simulation
