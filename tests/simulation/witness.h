// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/schedulerevents.h"
#include "broker/store.h"
#include "engine/engine.h"
#include "message.h"

namespace drover::simulation {

class BrokerNode;
class ClientNode;
class WorkerNode;

//! What a broker is handling.
struct BrokerEvent
{
    enum class Kind { Message, Tick, Connected, Disconnected, Died, Reply, Recovery, Publish };
    Kind kind = Kind::Message;
    SessionId session = 0; //!< for messages and sessions
    const Message *message = nullptr;
    QByteArray worker = {}; //!< that died
};

//! One run of an attempt in an executor or as a command.
struct Run
{
    LeaseRef lease;
    Assign assign; //!< arguments apart; of a command only the lease is known
    BrokerSession session = 0;
};

//! Somebody who sees what can be seen from outside: messages, records that were written or became durable, what tasks do.
//! All functions are told in the order in which things happen.
class Witness
{
public:
    virtual ~Witness() = default;

    // Brokers.
    virtual void opened(BrokerNode &, const Recovered &) {}
    virtual void crashed(BrokerNode &) {} //!< its ledger still has what is lost
    virtual void handling(BrokerNode &, const BrokerEvent &) {}
    virtual void sent(BrokerNode &, SessionId, const BrokerMessage &) {}
    //! \a before: what the records said before it, null when there was no such task.
    virtual void recorded(BrokerNode &, const Record &, const struct Facts *before) { Q_UNUSED(before) }
    virtual void committed(BrokerNode &) {}
    virtual void handled(BrokerNode &, const BrokerEvent &) {}
    virtual void closed(BrokerNode &, SessionId) {} //!< by the broker
    //! As people see it, after an event.
    virtual void changed(BrokerNode &, const TaskId &, State, State) {}
    virtual void woke(BrokerNode &, std::chrono::nanoseconds) {} //!< after such a sleep

    // Workers.
    virtual void agentStarted(WorkerNode &) {}
    virtual void agentEnded(WorkerNode &) {} //!< killed or stopped; nothing of it runs any more
    virtual void told(WorkerNode &, BrokerSession, const WorkerToBrokerMessage &) {}
    virtual void heard(WorkerNode &, BrokerSession, const Message &) {}
    virtual void turned(WorkerNode &) {}
    virtual void began(WorkerNode &, const LeaseRef &) {}
    //! It ended with \a how, as its agent was told.
    virtual void ran(WorkerNode &, const LeaseRef &, const Finished &) {}
    //! Its executor is gone.
    virtual void fell(WorkerNode &, const LeaseRef &) {}
    virtual void lost(WorkerNode &, BrokerSession) {} //!< the link

    // Clients.
    virtual void submitted(ClientNode &, const Submission &) {}
    virtual void asked(ClientNode &, const Message &) {}
    virtual void answered(ClientNode &, const Message &) {}

    //! Everything is healed, quiet and finished.
    virtual void finished() {}
};

} // namespace drover::simulation
