// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/sqlite.h"
#include "broker/store.h"

namespace drover {

//! The format that this program writes. A file of a newer one is refused, so that nothing in it is lost.
inline constexpr qint64 storeFormat = 3;

//! Checks that the file is a store of a known format, or makes the tables in a new one; nothing else is written. Throws StorageFailed for another kind of file and VersionMismatch for a newer format.
void prepareSchema(Database &database);

//! Brings a file of an older format up to this one, inside the caller's transaction: it is of the old format or of the new
//! one, whatever happens.
void migrateSchema(Database &database);

//! How commits are to be kept from now on. Throws StorageFailed when the file system cannot do it.
void setDurability(Database &database, Durability durability);

//! Adds one to the epoch in the file, inside the caller's transaction, and returns it.
quint64 raiseEpoch(Database &database);

} // namespace drover
