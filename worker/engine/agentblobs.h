// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "engine/engine.h"
#include "execute/scratchfolder.h"
#include "session/blobdownloads.h"
#include "session/blobuploads.h"

#include <QtCore/QSet>

#include <map>
#include <set>

namespace drover {

//! The large values of an agent: arguments are fetched into files before their attempt runs, results are put from files before they are
//! told. Files are read and written a part at a time. What a lost session interrupted begins again when the engine asks on the next.
class AgentBlobs
{
public:
    using Message = std::variant<BlobPut, BlobGet, BlobRead, BlobClose>;
    struct Callbacks
    {
        std::function<void(BrokerSession, const Message &)> send;
        std::function<void(const LeaseRef &, const Result<Payload> &)> fetched; //!< never inside of fetch()
        std::function<void(BrokerSession, const Finished &)> finished; //!< the broker has the value that it names
        std::function<void(BrokerSession, const TaskResult &)>
            told; //!< its value is inline now, or the error why it is not
    };

    AgentBlobs(ScratchFolder folder, Callbacks callbacks)
        : m_folder(std::move(folder)), m_callbacks(std::move(callbacks))
    {}

    void opened(BrokerSession session);
    void closed(BrokerSession session) { m_peers.erase(session); }
    void handle(BrokerSession from, const BlobStored &message);
    void handle(BrokerSession from, const BlobData &message);

    //! Fetches the arguments of an attempt into a file.
    void fetch(const FetchArguments &action);
    //! Tells how an attempt ended, after its value has been put. Its arguments go.
    void finish(BrokerSession session, const Finished &how);
    //! Fetches the result of a nested task, and holds it back until then. False when there is nothing to fetch.
    bool fetch(BrokerSession session, const TaskResult &result);
    //! The attempt is over for its broker: its files go.
    void release(const LeaseRef &attempt);

private:
    struct Peer
    {
        explicit Peer(std::function<void(const Message &)> send);

        BlobUploads uploads;
        BlobDownloads downloads;
        std::map<LeaseRef, quint64> fetching;
        QSet<TaskId> results; //!< being fetched
        std::map<LeaseRef, quint64> putting;
    };

    Peer *find(BrokerSession session);
    void dropArguments(const LeaseRef &attempt);
    void ended(BrokerSession session, Finished how, const Result<QByteArray> &hash);

    ScratchFolder m_folder;
    std::set<LeaseRef> m_held; //!< attempts with files
    Callbacks m_callbacks;
    std::map<BrokerSession, std::unique_ptr<Peer>> m_peers;
};

} // namespace drover
