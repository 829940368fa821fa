// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QtGlobal>

//! Bytes that this process has allocated and not freed; 0 where the system does not say.
qint64 usedHeap();
