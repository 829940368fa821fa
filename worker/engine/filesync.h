// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QFile>

namespace drover {

//! What was written to the open \a file survives power loss afterwards, when this is true.
bool syncData(QFile &file);
//! So do the names of the files in \a folder.
bool syncNames(const QString &folder);

} // namespace drover
