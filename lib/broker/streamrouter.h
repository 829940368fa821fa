// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/desk.h"

namespace drover {

//! Routes what attempts tell to who reads it: one reader a task, the newest wins. Credits travel end to end, and so do
//! acknowledgements: what a lost link took is still where it came from. A reader stays through all attempts of its task; its end
//! is the end of the last one's stream. One whose link is lost is waited for.
class StreamRouter
{
public:
    explicit StreamRouter(Desk &desk) : m_desk(desk) {}

    void handle(SessionId from, const StreamOpen &message);
    void handle(SessionId from, const StreamCredit &message);
    void handle(SessionId from, const StreamClose &message);
    void handle(SessionId from, const StreamItems &message);

    //! A new attempt goes to \a session: fills in what it has to know.
    void assigned(SessionId session, Assign &assign);
    //! A lease lives on with a new session of its worker.
    void adopted(const LiveTask &task);
    void ended(const LiveTask &task);
    void disconnected(SessionId session);

private:
    struct Reader
    {
        SessionId session = 0; //!< 0: its link was lost
        MonotonicTime lostAt{};
        quint64 credit = 0; //!< in all
        quint64 used = 0; //!< bytes of item data
        quint64 base = 0; //!< of `used`, when the source was opened
        SessionId source = 0; //!< session of the worker
        quint32 attempt = 0; //!< 0 = none yet
        quint64 next = 0; //!< the number of the next item of that attempt
        bool opened = false; //!< at the source
        bool drained = false; //!< the source said end
        bool told = false; //!< the reader was told the end, and is to acknowledge it
    };
    using Readers = QHash<TaskId, Reader>;

    bool isOver(const TaskId &id) const;
    void leave(Readers::iterator it);
    void connect(const TaskId &id, Reader &reader, const std::optional<Reader> &former);
    void connectSource(const TaskId &id, Reader &reader, SessionId source, quint32 attempt);
    void lookUp(SessionId session, const TaskId &id);
    void finish(Readers::iterator it, bool lost);
    bool tellEnd(Readers::iterator it, bool lost);
    void forgetLost();

    Desk &m_desk;
    Readers m_readers;
};

} // namespace drover
