// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/scheduler.h"
#include "session/link.h"

#include <QtCore/QHash>

#include <functional>
#include <map>
#include <memory>

namespace drover {

//! What names a worker to the scheduler: its key and its name, because workers of one user on one machine share the key.
inline QByteArray workerKey(const QByteArray &fingerprint, const QString &name)
{
    return fingerprint + name.toUtf8();
}

//! The links of a broker: names them by number, reads their messages, and forgets them when they close.
class Sessions : public QObject
{
    Q_OBJECT
public:
    struct Session
    {
        SessionId id = 0;
        std::unique_ptr<Link> link;
        QByteArray owner; //!< fingerprint
        Roles granted;
        Party party = Party::Client; //!< from ready() on
    };
    using Inbox = std::function<void(Session &session, const RawMessage &message)>;

    //! \a settings are those of each link but for what is granted.
    Sessions(LinkSettings settings, Inbox inbox, QObject *parent);
    ~Sessions() override;

    SessionId add(std::unique_ptr<Channel> channel, const QByteArray &owner, Roles granted);
    //! Null when it has gone.
    Session *find(SessionId id);
    //! Closes those for which \a roles says something else than was granted.
    void review(const std::function<Roles(const QByteArray &owner)> &roles);
    void closeAll();
    //! Tells all of them \a why, and closes them.
    void refuseAll(const Error &why);
    //! Whether there are others than workers; who has not said yet what it is counts.
    bool hasClients() const;

    template <Message M> void send(SessionId id, const M &message)
    {
        if (Session *session = find(id))
            session->link->send(message);
    }

Q_SIGNALS:
    void ready(drover::SessionId id);
    //! One has closed, ready or not.
    void left();
    //! Only for sessions that were ready.
    void gone(drover::SessionId id, const drover::Error &why);

private:
    void closed(SessionId id, const Error &why);

    LinkSettings m_settings;
    Inbox m_inbox;
    std::map<SessionId, Session> m_sessions;
    SessionId m_last = 0;
};

} // namespace drover
