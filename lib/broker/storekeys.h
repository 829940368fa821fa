// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/id.h"

#include <QtCore/QByteArray>

#include <optional>

namespace drover {

//! The keys of all children of \a parent begin with these bytes, and no others do.
QByteArray childKeyPrefix(const TaskId &parent);
//! The parent that the idempotency key \a key of a child names; nothing for other keys.
std::optional<TaskId> parentOfKey(QByteArrayView key);

} // namespace drover
