// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "execute/attemptport.h"
#include "execute/scratchfolder.h"
#include "support/clock.h"

#include <QtCore/QObject>

namespace drover {

class Registry;

//! The inside of an executor: runs one attempt after the other in the thread that it was made in, which has an event loop.
class Runner : public QObject
{
    Q_OBJECT
public:
    //! Both outlive it. \a functions is used in this thread alone.
    Runner(HostWriter &writer, const Registry &functions, ScratchFolder scratch);
    //! Who still waits in an attempt is told that it is over.
    ~Runner() override;

    //! The first message.
    void greet();
    //! What can be run here; \a complete: all plugins, \a loaded, are in.
    void offer(const QStringList &loaded, bool complete);
    //! Takes one frame from the agent, in any one thread. ProtocolError when it is malformed.
    Result<void> feed(QByteArrayView frame) { return m_inbox.feed(frame); }
    //! Asks the running attempt to stop, and those that wait; in any thread.
    void stopAll() { m_inbox.stopAll(); }

private:
    void work();
    void answer();
    void run(Assign assign);
    void finished(Outcome outcome);
    void keep(Outcome outcome);
    void beforeWaiting();

    HostWriter &m_writer;
    const Registry &m_functions;
    const ScratchFolder m_scratch;
    HostInbox m_inbox;
    SystemClock m_clock;
    std::atomic<quint64> m_submits = 0;
    std::shared_ptr<AttemptPort> m_port; // of the running attempt
    Finished m_finished; // filled as far as it is known
    bool m_noResult = false;
    bool m_working = false;
    MonotonicTime m_started{};
    MonotonicTime m_flushed{};
};

} // namespace drover
