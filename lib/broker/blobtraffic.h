// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/schedulerevents.h"
#include "protocol/messages/blobclose.h"
#include "protocol/messages/blobdata.h"
#include "protocol/messages/blobget.h"
#include "protocol/messages/blobput.h"
#include "protocol/messages/blobread.h"
#include "protocol/messages/blobstored.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

#include <map>

namespace drover {

// What is to be done with files, in the order given; puts and gets are numbered over all sessions.
struct AppendBlob
{
    quint64 put = 0;
    QByteArray bytes;
};
struct FinishBlob
{
    quint64 put = 0;
    QByteArray hash;
};
struct AbandonBlob
{
    quint64 put = 0;
};
struct ReadBlob
{
    quint64 get = 0;
    QByteArray hash;
    quint64 offset = 0;
    qsizetype size = 0;
};
struct RemoveBlob
{
    QByteArray hash;
};
struct SendBlob
{
    SessionId session = 0;
    std::variant<BlobStored, BlobData> message;
};
using BlobAction = std::variant<AppendBlob, FinishBlob, AbandonBlob, ReadBlob, RemoveBlob, SendBlob, CloseSession>;
using BlobActions = std::vector<BlobAction>;

// What came of it.
struct BlobWritten
{
    quint64 put = 0;
    quint64 size = 0; //!< bytes of this AppendBlob; 0 after FinishBlob
    bool done = false;
    Error error; //!< nothing is left of the value
};
struct BlobPart
{
    quint64 get = 0;
    quint64 offset = 0;
    QByteArray bytes;
    Error error;
};

//! The large values that go to and from the sessions of a broker, and which of them are still of use: those that a record names, and
//! those that were put a moment ago and will be. Bounds what a session can have under way. Pure; one thread.
class BlobTraffic
{
public:
    //! Values that a session may have put without having named them.
    static constexpr qsizetype maxUnnamed = 256;

    explicit BlobTraffic(quint64 limit) : m_limit(limit) {}

    void handle(SessionId from, const BlobPut &message, BlobActions &actions);
    void handle(SessionId from, const BlobRead &message, BlobActions &actions);
    void handle(SessionId from, const BlobClose &message, BlobActions &actions);
    //! \a from may have what \a message asks for, \a size bytes.
    void open(SessionId from, const BlobGet &message, quint64 size, BlobActions &actions);
    void handle(const BlobWritten &reply, BlobActions &actions);
    void handle(const BlobPart &reply, BlobActions &actions);
    void gone(SessionId session, BlobActions &actions);

    //! Whether \a from has put all the blobs of \a value, and not named them since.
    bool hasPut(SessionId from, const Payload &value) const;
    //! A message of \a from that names the blobs of \a value was handled: what it put them for.
    void named(SessionId from, const Payload &value, BlobActions &actions);
    //! A record names \a hash: it stays.
    void keep(const QByteArray &hash) { m_kept.insert(hash); }
    const QSet<QByteArray> &kept() const { return m_kept; }

private:
    struct Put
    {
        quint64 id = 0;
        quint64 size = 0;
        quint64 received = 0;
        quint64 stored = 0;
        QByteArray hash; //!< once all has come
    };
    struct Get
    {
        quint64 id = 0;
        QByteArray hash;
        quint64 size = 0;
        quint64 asked = 0; //!< bytes before it were asked of the disk
        quint64 read = 0; //!< bytes before it have arrived
    };
    struct Peer
    {
        std::map<quint64, Put> puts;
        std::map<quint64, Get> gets;
        quint64 lastPut = 0;
        quint64 lastGet = 0;
        QHash<QByteArray, int> unnamed; //!< how often
    };
    struct Source //!< of a put or get
    {
        SessionId session = 0;
        quint64 number = 0;
        QByteArray hash; //!< of a put that is complete
    };

    Put *begin(SessionId from, Peer &peer, const BlobPut &message, BlobActions &actions);
    Result<void> check(const Peer &peer, const BlobPut &message) const;
    void pump(Get &get, BlobActions &actions);
    void pin(const QByteArray &hash) { ++m_pins[hash]; }
    void unpin(const QByteArray &hash, BlobActions &actions);

    const quint64 m_limit;
    quint64 m_last = 0;
    std::map<SessionId, Peer> m_peers;
    QHash<quint64, Source> m_puts; //!< by id
    QHash<quint64, Source> m_gets;
    QHash<QByteArray, int> m_pins; //!< being finished, or put and not named
    QSet<QByteArray> m_kept;
};

} // namespace drover
