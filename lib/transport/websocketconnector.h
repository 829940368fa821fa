// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/clock.h"
#include "transport/channel.h"
#include "transport/tls.h"

#include <memory>

namespace drover {

//! One attempt to open a session to a WebSocketServer. Exactly one of the signals follows open(), never inside it.
//! Lives in one thread with an event loop; destroying it ends the attempt.
class WebSocketConnector : public QObject
{
    Q_OBJECT
public:
    //! \a judge decides whether the server's key is the expected one.
    WebSocketConnector(TlsIdentity identity, Judge judge, QObject *parent = nullptr);
    ~WebSocketConnector() override;

    //! For the whole attempt; 10 s if not set.
    void setTimeout(Milliseconds timeout);
    //! \a host is a name or an address (with scope where link-local). Call it once.
    void open(const QString &host, quint16 port);

Q_SIGNALS:
    //! The receiver owns \a channel, and connects to its signals in this slot.
    void opened(drover::Channel *channel);
    //! NotTrusted when one side refuses the other's key: the message gives both fingerprints and the remedy, the details
    //! "own" and "peer" hold them as hex text. Unavailable (transient) when nobody answers; the detail
    //! "refused" is true when the machine answers that nobody listens there. NotPermitted when `$DROVER_INTERFACE`
    //! forbids the target.
    void failed(const drover::Error &error);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace drover
