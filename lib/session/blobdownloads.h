// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/blobs.h"
#include "protocol/messages/blobclose.h"
#include "protocol/messages/blobdata.h"
#include "protocol/messages/blobget.h"
#include "protocol/messages/blobread.h"
#include "support/export.h"
#include "support/result.h"

#include <QtCore/QCryptographicHash>

#include <functional>
#include <map>
#include <memory>
#include <variant>

namespace drover {

//! Large values on their way from a broker. One for each peer; after a lost link each goes on where it was. Pure but for its callbacks; it
//! may be destroyed inside of Done.
class DROVER_CORE_EXPORT BlobDownloads
{
public:
    using Message = std::variant<BlobGet, BlobRead, BlobClose>;
    using Send = std::function<void(const Message &)>;
    //! Takes the next bytes of the value.
    using Write = std::function<Result<void>(const QByteArray &bytes)>;
    //! All bytes were written, and are what the hash says; or why not.
    using Done = std::function<void(Result<void>)>;

    explicit BlobDownloads(Send send) : m_send(std::move(send)) {}
    BlobDownloads(const BlobDownloads &) = delete;
    BlobDownloads &operator=(const BlobDownloads &) = delete;

    //! Asks for the value of \a size bytes, now or when there is a link. \a done is called once, never inside of this, unless cancelled.
    quint64 add(TaskId task, QByteArray hash, quint64 size, Write write, Done done);
    void cancel(quint64 number);
    void handle(const BlobData &message);
    //! There is a new link.
    void connected();
    void disconnected() { m_connected = false; }
    bool isEmpty() const { return m_gets.empty(); }

private:
    struct Get
    {
        TaskId task;
        QByteArray hash;
        quint64 size = 0;
        Write write;
        Done done;
        QCryptographicHash received{QCryptographicHash::Sha256};
        quint64 offset = 0; //!< bytes before it were written
        quint64 said = 0; //!< with the last BlobRead
        bool asked = false; //!< on this link
    };

    void fill();
    Result<void> take(Get &get, const BlobData &message);
    void finish(quint64 number, Result<void> result);

    Send m_send;
    std::map<quint64, std::unique_ptr<Get>> m_gets;
    std::shared_ptr<char> m_alive = std::make_shared<char>();
    quint64 m_last = 0;
    bool m_connected = false;
};

} // namespace drover
