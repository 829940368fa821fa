// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/client.h"
#include "client/valuestream.h"
#include "support/export.h"

#include <QtCore/QPointer>

#include <memory>

namespace drover {

//! One task as an object: its state as properties, its changes and its stream as signals. Made by Client::watch(), also
//! for tasks of an earlier run. Destroying it leaves the task alone. Lives in the client's thread; when the client is
//! destroyed it keeps the last state.
class DROVER_CLIENT_EXPORT TaskHandle : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QString id READ idText CONSTANT)
    Q_PROPERTY(QString state READ stateText NOTIFY changed)
    Q_PROPERTY(QString worker READ worker NOTIFY changed)
    Q_PROPERTY(double progress READ progress NOTIFY changed)
    Q_PROPERTY(bool finished READ isFinished NOTIFY changed)
public:
    TaskHandle(Client *client, TaskId id, QObject *parent);
    ~TaskHandle() override;

    TaskId id() const;
    QString idText() const { return id().toString(); }
    const TaskInfo &info() const; //!< State::Pending until the broker has answered
    QString stateText() const { return toString(info().state); }
    QString worker() const { return info().worker; }
    double progress() const { return info().progress; } //!< 0 to 1, or -1 when not known
    bool isFinished() const { return isFinal(info().state); }

    //! Reads the stream of the task from item \a fromSeq on (1 = the first that is still kept): received() follows.
    void openStream(quint64 fromSeq = 1);
    void closeStream();

    //! The next value that the task emits, as a \a T; nothing after the last one:
    //!     while (const std::optional<int> value = co_await handle->next<int>())
    //!
    //! The first call opens the stream; make it before the task ends, else what it emitted is not kept. Values come in
    //! order and each once, over lost connections and over several attempts: a task that runs again is taken to emit the
    //! same again, and what was read is passed over. When an attempt emits otherwise, or values were dropped because
    //! nobody read in time, or one is no \a T, next() says so: it gives nothing, and nextError() tells what is wrong;
    //! the next call goes on behind that. A reader that is slow slows the task. When the task fails its values just end.
    //! Destroying this or the client ends all waits.
    template <Encodable T> NextValue<T> next() { return NextValue<T>(values()); }
    //! Why the last next() gave nothing: ErrorCode::None after the last value; Expired: values are lost; Conflict: an
    //! attempt emitted other values than the one before; ProtocolError: another type; ClientClosed; NotFound.
    Error nextError() const;

    void cancel();

Q_SIGNALS:
    void changed();
    //! Once, after changed(), when the state is final and recorded.
    void finished();
    //! The broker knows no such task, or the client was closed.
    void failed(const drover::Error &error);
    //! \a end: nothing follows in this attempt; a later attempt begins with item 1.
    void received(quint32 attempt, const QList<drover::StreamItem> &items, bool end);

private:
    std::shared_ptr<ValueStream> values();
    void endValues(const Error &error);

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace drover
