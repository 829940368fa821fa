// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QStringList>

namespace drover::cli {

//! \a rows as lines with their columns below each other, two spaces apart; the last column is as long as it is.
//! Control characters are made visible, line breaks too.
QStringList columns(const QList<QStringList> &rows);

} // namespace drover::cli
