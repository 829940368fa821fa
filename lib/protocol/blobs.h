// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QtGlobal>

// What both ends of a link keep to when large values go over it.
namespace drover {

inline constexpr qsizetype sha256Size = 32;
//! The most bytes of a value in one message: with its frame it stays below maxOutgoingFrame.
inline constexpr qsizetype blobChunk = 60 * 1024;
//! The most bytes of one value that are under way: sent and not confirmed.
inline constexpr quint64 blobWindow = 8 * blobChunk;
//! Puts, and gets, that a session may have open at a time.
inline constexpr qsizetype maxOpenBlobs = 16;

} // namespace drover
