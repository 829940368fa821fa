// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <Qt>

namespace drover {

//! What the models have for each row besides Qt's roles; in QML by the names in comments. The values are part of the ABI.
enum ModelRole {
    IdRole = Qt::UserRole, //!< rowId: text
    BrokerRole = Qt::UserRole + 1, //!< broker: its number
    StateRole = Qt::UserRole + 2, //!< state: the value of drover::State
    ProgressRole = Qt::UserRole + 3, //!< progress: 0 to 1, -1 when not known
    FaintRole = Qt::UserRole + 4, //!< faint: the text is an aside, not a value
    LoadRole = Qt::UserRole + 5, //!< load: slots taken, 0 to 1
    TroubleRole = Qt::UserRole + 6, //!< trouble: something is wrong with this row
};

} // namespace drover
