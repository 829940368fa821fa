// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/clientmarks.h"
#include "broker/schedulerevents.h"
#include "broker/workerbook.h"

#include <unordered_map>

namespace drover {

//! One run of a client's process: lives on when its link is lost.
struct ClientRun
{
    Id incarnation;
    SessionId session = 0; //!< the newest; 0 = not connected
    SubmitMarks marks;
    qint64 lastMs = 0; //!< UTC, when it was last heard of
};

//! One link to a client or a worker.
struct PeerSession
{
    QByteArray owner; //!< fingerprint
    QString name;
    ClientRun *client = nullptr;
    Worker *worker = nullptr;
    bool everyTask = false; //!< may reach tasks of others
    quint32 unaccepted = 0; //!< submits that wait for the disk
};

//! Who is connected, and which clients are remembered.
class SessionBook
{
public:
    PeerSession *find(SessionId session);
    PeerSession &add(SessionId session) { return m_sessions[session]; }
    void remove(SessionId session) { m_sessions.erase(session); }

    ClientRun &client(const Id &incarnation) { return m_clients[incarnation]; }
    //! Session of that client; 0 when it is not connected.
    SessionId sessionOf(const Id &incarnation) const;
    //! Forgets clients that are gone since before \a beforeMs.
    void forgetClients(qint64 beforeMs);

private:
    std::unordered_map<SessionId, PeerSession> m_sessions;
    std::unordered_map<Id, ClientRun> m_clients;
};

} // namespace drover
