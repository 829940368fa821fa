// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/clock.h"

#include <optional>

namespace drover {

//! Decides when a client that does not reach the broker of its user starts one. Pure; a value.
//!
//! A broker that lives but does not answer is on its way up or down, so it gets a moment; so does somebody who restarts one by
//! hand. Then one is started all the same: the lock of the store lets only one of them live.
class LocalStart
{
public:
    static constexpr Milliseconds grace{2000}; //!< for a broker that seems to live
    static constexpr Milliseconds restartGrace{1500}; //!< after a session was lost
    static constexpr Milliseconds patience{10'000}; //!< for one that was started, before the next
    static constexpr Milliseconds pace{1000}; //!< between two that come up and go at once

    //! What can be seen of brokers.
    struct Signs
    {
        bool lives = false; //!< the process that left the address, or that signed the lock of the store, runs
    };

    //! A round failed: whether to start a broker now.
    bool wantsStart(const Signs &signs, MonotonicTime now)
    {
        if (!signs.lives)
            m_lively.reset();
        else if (!m_lively)
            m_lively = now;
        if (m_started && now - *m_started < (m_cameUp ? pace : patience))
            return false;
        if (m_lost && now - *m_lost < restartGrace)
            return false;
        return !m_lively || now - *m_lively >= grace;
    }
    void started(MonotonicTime now)
    {
        m_started = now;
        m_cameUp = false;
    }
    //! Another process seems to start one. It gets the same patience, unless it hangs.
    bool waitsForOther(MonotonicTime now)
    {
        if (!m_other)
            m_other = now;
        return now - *m_other < patience;
    }
    //! One that was started has not answered yet.
    bool isStarting(MonotonicTime now) const { return m_started && !m_cameUp && now - *m_started < patience; }
    //! A broker has left a new address: it is waited for no longer, and if it goes at once the next may be started soon.
    void cameUp() { m_cameUp = true; }
    //! A channel is open.
    void opened()
    {
        m_started.reset();
        m_lively.reset();
        m_lost.reset();
        m_other.reset();
    }
    //! The channel that was open has gone.
    void lost(MonotonicTime now) { m_lost = now; }

private:
    std::optional<MonotonicTime> m_started;
    bool m_cameUp = false;
    std::optional<MonotonicTime> m_lively; //!< since when a broker seems to live and does not answer
    std::optional<MonotonicTime> m_lost;
    std::optional<MonotonicTime> m_other; //!< since when another starts one
};

} // namespace drover
