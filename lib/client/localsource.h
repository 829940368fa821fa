// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/address.h"
#include "broker/storefile.h"
#include "client/localstart.h"
#include "session/channelsource.h"
#include "session/dialer.h"

#include <QtCore/QTimer>

namespace drover {

//! Channels to the broker of this user in \a home, which is started, detached, when nobody answers at the address it
//! left. Of several processes that want to start one, one does (`<home>/broker.start` is its lock), and the others wait for it.
//! The broker ends when it is idle for `$DROVER_IDLE_EXIT` (10 minutes), and writes its log to `<home>/broker.log`.
class LocalSource final : public ChannelSource
{
    Q_OBJECT
public:
    //! \a starts: whether it may start a broker.
    LocalSource(const QString &home, const TlsIdentity &identity, bool starts, QObject *parent = nullptr);

    void start() override;
    void stop() override;

private:
    Result<Target> where();
    void roundFailed(const Error &error, Milliseconds pause);
    bool refuses(const Error &error) const;
    Error explained(const Error &error) const;
    LocalStart::Signs signs() const;
    Result<void> startBroker();
    Result<void> launch();
    void look();
    QString logFile() const;

    QString m_home;
    QByteArray m_fingerprint;
    bool m_starts;
    bool m_hadChannel = false;
    SystemClock m_clock;
    LocalStart m_decision;
    BrokerAddress m_dialled; //!< in the last round
    std::unique_ptr<FileLock> m_starting; //!< held while a broker that was started here comes up
    QTimer m_look;
    Dialer m_dialer;
};

} // namespace drover
