// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QMetaType>

#include <compare>

namespace drover {

//! Which lease of a task: the epoch of the store that gave it, then the attempt. A later lease compares greater.
struct Token
{
    quint64 epoch = 0; //!< raised each time the broker's store is opened
    quint32 attempt = 0; //!< from 1

    friend auto operator<=>(const Token &, const Token &) = default;

    template <typename V> void fields(V &v) { v(epoch, attempt); }
};

} // namespace drover

Q_DECLARE_METATYPE(drover::Token)
