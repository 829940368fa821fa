// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "session/channelsource.h"
#include "session/dialer.h"

#include <QtCore/QElapsedTimer>

namespace drover {

//! Channels to the broker of this user in \a home, which is started, detached, when nobody answers at the address it
//! left. Several processes that start one at once end up with one: the store has one owner, the others give up.
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
    Result<void> startBroker();

    QString m_home;
    QByteArray m_fingerprint;
    bool m_starts;
    QElapsedTimer m_sinceStart; //!< of the last broker that was started
    Dialer m_dialer;
};

//! The program `drover`: `$DROVER_PROGRAM`, or beside this application, or on the PATH. NotFound tells where was looked.
Result<QString> droverProgram();

} // namespace drover
