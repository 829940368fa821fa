// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/blobstore.h"
#include "broker/broker.h"
#include "broker/brokeractivity.h"
#include "broker/feeds.h"
#include "broker/sessions.h"
#include "broker/workerdialer.h"
#include "support/idleness.h"
#include "task/command.h"
#include "transport/websocketserver.h"
#include "trust/trustwatcher.h"

#include <QtCore/QTemporaryDir>
#include <QtCore/QTimer>

namespace drover {

class Q_DECL_HIDDEN Broker::Private
{
public:
    Private(Broker *owner, BrokerOptions chosen);

    Result<void> openIdentity();
    Result<void> openStore();
    Result<void> listen();
    void discover();
    Roles rolesOf(const QByteArray &fingerprint) const;
    SessionId accept(Channel *channel);
    void dialled(Channel *channel, const QByteArray &key);
    void ready(SessionId id);
    void gone(SessionId id);
    void receive(Sessions::Session &session, const RawMessage &raw);
    void submit(Sessions::Session &session, const Submit &message);
    bool receiveWork(Sessions::Session &session, const RawMessage &raw);
    template <typename M> void pass(Sessions::Session &session, const RawMessage &raw);
    template <typename M, typename Handle> void read(Sessions::Session &session, const RawMessage &raw, Handle &&handle)
    {
        if (const auto message = decode<M>(raw))
            handle(*message);
        else
            session.link->refuse(message.error());
    }
    void describe(SessionId session, const ShowBroker &message);
    void maintain(SessionId session, const Maintain &message);
    void handle(const MaintenanceDone &reply);
    void takeReplies();
    void fail(const Error &error);
    Now now() const { return {clock.monotonic(), clock.wall().time_since_epoch().count()}; }
    void act();
    void perform(SendTo &action);
    void perform(AppendRecords &action);
    void perform(LoadLane &action);
    void perform(FindTask &action);
    void perform(QueryTasks &action);
    void perform(CloseSession &action);
    void perform(ServeBlob &action);

    // brokerblobs.cpp
    QString blobPath();
    void openBlobs(const QSet<QByteArray> &kept);
    bool receiveBlob(Sessions::Session &session, const RawMessage &raw);
    void finished(Sessions::Session &session, const Finished &message);
    void acknowledged(SessionId session, const FinishedAck &message);
    void keepBlobs(const QList<Record> &records);
    void forgetBlobs(SessionId session);
    void takeBlobReplies();
    void actOnBlobs();
    void perform(SendBlob &action);
    void schedulePublish();
    Idleness firstIdleness() const; //!< until a client has come
    BrokerActivity activity() const;
    void watchIdleness();

    Broker *q;
    BrokerOptions options;
    const QString commandFunction = runCommand.name();
    Id incarnation;
    SystemClock clock;
    Scheduler scheduler;
    Feeds feeds;
    Actions actions;
    std::unique_ptr<Store> store;
    std::unique_ptr<QTemporaryDir> blobFolder; //!< of a broker in memory
    std::unique_ptr<BlobStore> blobFiles;
    BlobTraffic blobs;
    BlobActions blobActions;
    std::map<std::pair<SessionId, LeaseRef>, Payload> resultBlobs; //!< of results that are not acknowledged
    std::unique_ptr<Sessions> sessions;
    std::unique_ptr<WebSocketServer> server;
    std::unique_ptr<Discovery> discovery;
    std::unique_ptr<WorkerDialer> dialer;
    std::unique_ptr<TrustWatcher> watcher;
    std::optional<TrustStore> trust;
    TlsIdentity identity;
    QByteArray fingerprint;
    QTimer tick;
    QTimer publish;
    Idleness idleness;
    QTimer idleTimer;
    struct Maintainer
    {
        SessionId session = 0;
        quint64 request = 0;
    };
    QHash<quint64, Maintainer> maintainers;
    quint64 lastMaintenance = 0;
    quint64 epoch = 0;
    qint64 startedMs = 0;
    bool broken = false;
};

} // namespace drover
