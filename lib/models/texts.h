// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "task/taskinfo.h"

#include <QtCore/QCoreApplication>

namespace drover {

//! Words for people, in the language of the application.
class DROVER_MODELS_EXPORT Texts
{
    Q_DECLARE_TR_FUNCTIONS(drover::Texts)
public:
    static QString state(State state);
    //! "exit code", "crashed"; empty for Reason::None.
    static QString reason(Reason reason);
    //! "asked to pause"; empty for Asked::Nothing.
    static QString asked(Asked asked);
    //! Why a task waits, from what the broker says of it; other sentences stay as they are.
    static QString why(const QString &said);
    //! "850 ms", "3.2 s", "4 min 05 s", "2 h 10 min".
    static QString duration(qint64 ms);
    //! The time of day today, the date before; \a ms since 1970. Empty for 0.
    static QString moment(qint64 ms);
    //! What a task is called: its name, its command, or the call of its function.
    static QString title(const TaskInfo &task);
    //! How long it ran or runs, -1 when it never did.
    static qint64 ran(const TaskInfo &task, qint64 nowMs);
};

} // namespace drover
