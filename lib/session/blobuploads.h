// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/blobs.h"
#include "protocol/messages/blobclose.h"
#include "protocol/messages/blobput.h"
#include "protocol/messages/blobstored.h"
#include "support/export.h"
#include "support/result.h"

#include <QtCore/QCryptographicHash>

#include <functional>
#include <map>
#include <memory>
#include <variant>

namespace drover {

//! Large values on their way to a broker: of each a bounded part is under way, and they take turns. One for each peer; a lost link
//! makes all begin again. Pure but for its callbacks; it may be destroyed inside of Done.
class DROVER_CORE_EXPORT BlobUploads
{
public:
    using Message = std::variant<BlobPut, BlobClose>;
    using Send = std::function<void(const Message &)>;
    //! \a size bytes at \a offset of the value; fewer when it cannot be read.
    using Read = std::function<QByteArray(quint64 offset, qsizetype size)>;
    //! The SHA-256 of the value, which the broker has now, or why it has not.
    using Done = std::function<void(Result<QByteArray> hash)>;

    explicit BlobUploads(Send send) : m_send(std::move(send)) {}
    BlobUploads(const BlobUploads &) = delete;
    BlobUploads &operator=(const BlobUploads &) = delete;

    //! Sends a value of \a size bytes, now or when there is a link. \a done is called once, never inside of this, unless cancelled.
    quint64 add(quint64 size, Read read, Done done);
    void cancel(quint64 number);
    void handle(const BlobStored &message);
    //! There is a new link.
    void connected();
    void disconnected() { m_connected = false; }
    bool isEmpty() const { return m_puts.empty(); }

private:
    struct Put
    {
        quint64 size = 0;
        Read read;
        Done done;
        QCryptographicHash hash{QCryptographicHash::Sha256};
        QByteArray digest; //!< when all is sent
        quint64 sent = 0;
        quint64 stored = 0;
        bool unreadable = false;
    };

    void fill();
    bool sendPart(quint64 number, Put &put);
    void finish(quint64 number, Result<QByteArray> hash);

    Send m_send;
    std::map<quint64, std::unique_ptr<Put>> m_puts;
    std::shared_ptr<char> m_alive = std::make_shared<char>();
    quint64 m_last = 0;
    bool m_connected = false;
};

} // namespace drover
