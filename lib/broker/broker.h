// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/store.h"
#include "support/export.h"
#include "transport/channel.h"
#include "trust/roles.h"

#include <QtCore/QObject>
#include <QtCore/QStringList>

#include <memory>

namespace drover {

//! How a broker is run.
struct BrokerOptions
{
    QString name; //!< for people; the machine's name when empty
    QString home; //!< keys and trust; homeFolder() when empty
    QString store; //!< the file of its queues; `<home>/broker.db` when empty
    QString log; //!< where its log goes, for `drover status`; may be empty
    Durability durability = Durability::Disk;
    bool listen = true; //!< takes sessions from the network; false: only accept()
    QString address = QStringLiteral("127.0.0.1"); //!< to listen on
    quint16 port = 0; //!< 0 = a free one
    bool discover = true; //!< finds workers on the LAN and dials those it trusts
    QStringList workers; //!< host:port of workers that are not announced
    QStringList interfaces; //!< for discovery; all when empty
    Milliseconds leaseTime{30'000};
    quint64 maxValue = drover::maxValue; //!< bytes that arguments, or a result, may have at most
    //! idle() after so long with nothing to do, see BrokerActivity; 0 = never. The first client is waited for at least 10 s.
    Milliseconds idleExit{0};
    Milliseconds storePatience{0}; //!< start() waits so long for a store that another process is about to close
};

//! Keeps queues and results in a file and decides which worker runs what: the pure Scheduler with sockets, a Store and
//! timers around it. Lives in one thread with an event loop; the store writes in a thread of its own.
class DROVER_CLIENT_EXPORT Broker : public QObject
{
    Q_OBJECT
public:
    explicit Broker(BrokerOptions options, QObject *parent = nullptr);
    //! Writes what is not yet written, then closes the file.
    ~Broker() override;

    //! Opens the store, listens and looks for workers. Errors are those of Store::open(), Identity and listen().
    Result<void> start();
    //! A session from within this process; \a granted is what it may do, \a owner whose tasks they are (32 bytes).
    void accept(std::unique_ptr<Channel> channel, Roles granted);
    quint16 port() const;
    const BrokerOptions &options() const;
    //! The key that peers see; 32 bytes.
    QByteArray fingerprint() const;

Q_SIGNALS:
    //! The store took nothing more (disk full, ...): what is not acknowledged is not kept. The broker must be closed.
    void failed(const drover::Error &error);
    //! Nothing was to be done for BrokerOptions::idleExit. Whoever owns it may close it now: nothing is lost or delayed by that.
    void idle();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace drover
