// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/result.h"

#include <QtCore/qglobal.h>

//! The executor's end of its pipe, and its end. Blocking; for the executor process alone.
namespace drover {

//! Private copies of the pipe that came as standard input and output. Copyable; never closed.
class HostIo
{
public:
    //! Takes the copies, points standard input to nothing and standard output to standard error. Called before any
    //! foreign code is loaded.
    static Result<HostIo> take();

    //! Waits for bytes; their number, or 0 when the other side is gone.
    qsizetype read(char *to, qsizetype size) const;
    //! Writes all; false when the other side is gone. Async-signal-safe.
    bool write(const char *from, qsizetype size) const;

private:
    HostIo(qintptr in, qintptr out) : m_in(in), m_out(out) {}

    qintptr m_in;
    qintptr m_out;
};

//! Calls \a rescue once, from inside the signal or exception handler, when the process is about to die by its own doing.
void onCrash(void (*rescue)());

//! Ends the process without running any destructor or handler of foreign code.
[[noreturn]] void leaveNow(int code);

} // namespace drover
