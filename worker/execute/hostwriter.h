// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "execute/hostio.h"
#include "protocol/message.h"

#include <functional>
#include <mutex>

namespace drover {

//! Messages to the agent: collected, then written as one frame. Thread-safe.
class HostWriter
{
public:
    static constexpr qsizetype lengthSize = 4; //!< bytes in front of each frame

    //! Takes a frame with its length in front; false when nobody will ever take one again. One call at a time.
    using Sink = std::function<bool(const char *from, qsizetype size)>;
    explicit HostWriter(Sink sink);

    template <Message M> void append(const M &message)
    {
        const std::lock_guard lock(m_mutex);
        encode(m_frame, message);
        if (m_frame.size() > enough)
            write();
    }
    void flush()
    {
        const std::lock_guard lock(m_mutex);
        write();
    }
    //! For a process that is about to crash: writes what is complete, unless another thread is writing.
    void rescue();

private:
    static constexpr qsizetype enough = 64 * 1024;

    void write();
    bool stampLength();

    std::mutex m_mutex;
    Sink m_sink;
    QByteArray m_frame; //!< begins with room for its length
};

} // namespace drover
