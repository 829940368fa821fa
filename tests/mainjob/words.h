// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "task/function.h"

#include <QtCore/QByteArray>
#include <QtCore/QHash>
#include <QtCore/QString>

namespace words {

using Counts = QHash<QString, int>;

//! Runs of letters, in lower case; the one implementation, here and on the workers.
Counts count(const QByteArray &text);
void merge(Counts &into, const Counts &more);

inline constexpr drover::Function<Counts(QByteArray)> countWords{"words.count", drover::arg("text")};

} // namespace words
