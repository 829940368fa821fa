// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/codec.h"
#include "protocol/kinds.h"
#include "task/signature.h"

namespace drover {

//! A function and how many connected workers have it.
struct FunctionOffer
{
    Signature signature;
    quint32 workers = 0;

    bool operator==(const FunctionOffer &) const = default;

    template <typename V> void fields(V &v) { v(signature, workers); }
};

//! Answers Describe; one entry for each distinct signature.
struct Functions
{
    static constexpr Kind kind = Kind::Functions;

    quint64 request = 0;
    QList<FunctionOffer> offers; //!< empty when nobody has it

    bool operator==(const Functions &) const = default;

    template <typename V> void fields(V &v) { v(request, offers); }
};

} // namespace drover
