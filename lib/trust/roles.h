// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "support/result.h"

#include <QtCore/QFlags>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace drover {

//! What a trusted peer may do. The values reach the wire: never renumber.
enum class Role : quint8 {
    Observe = 0x01, //!< names, states, counts; own tasks in full
    Submit = 0x02, //!< registered functions, own tasks
    Command = 0x04, //!< spawn programs
    Work = 0x08, //!< offer slots, run tasks
    Admin = 0x10, //!< everything: others' tasks, queues, roles
};
Q_DECLARE_FLAGS(Roles, Role)
Q_DECLARE_OPERATORS_FOR_FLAGS(Roles)

//! True when \a granted holds \a needed; Admin holds all.
DROVER_CORE_EXPORT bool permits(Roles granted, Role needed);

//! "submit,command" in the order of Role; empty for none.
DROVER_CORE_EXPORT QString toString(Roles roles);
//! The names apart, as the trust file holds them.
DROVER_CORE_EXPORT QStringList names(Roles roles);
//! Reads names in any order and case, split by commas or spaces. InvalidArgument names the unknown word and lists the roles.
DROVER_CORE_EXPORT Result<Roles> rolesFromString(QStringView text);

} // namespace drover
