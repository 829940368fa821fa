// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/batchcore.h"
#include "client/submitwindow.h"
#include "protocol/messages.h"

#include <QtCore/QSet>

#include <map>
#include <variant>

namespace drover {

//! The batches of one client at its broker: reads them into the window of submits while that has room, and asks, a bounded
//! number at a time, for results that were not told: those missed while the link was lost, and, of an attached batch,
//! those from before. Pure; anything may be destroyed from inside a coroutine that a batch resumes.
class SessionBatches
{
public:
    using Message = std::variant<BatchHead, WatchBatch, UnwatchBatch, Watch, Unwatch>;
    using Send = std::function<void(const Message &)>; //!< drops it when there is no link

    static constexpr qsizetype askedAtOnce = 256;

    //! \a refill is called when a batch may have more to submit: it calls fill().
    SessionBatches(Send send, std::function<void()> refill) : m_send(std::move(send)), m_refill(std::move(refill)) {}
    SessionBatches(const SessionBatches &) = delete;
    SessionBatches &operator=(const SessionBatches &) = delete;

    void open(const std::shared_ptr<BatchCore> &core);
    //! Says again what the broker has to know of each batch before its items.
    void connected();
    void disconnected();
    //! Whether \a id is an item of one of them.
    bool isOpen(const TaskId &id) const { return m_open.contains(batchOf(id)); }
    //! Reads batches while \a window has room.
    void fill(SubmitWindow &window);
    //! Items that were not read yet, as far as it is known; at least one for each batch that is being read.
    quint64 unread() const;
    void abandonAll(const Error &error);

    // What came of a submit in the window, and what the broker says.
    void accepted(const TaskId &id);
    void refused(const TaskId &id, const Error &error);
    void handle(const TaskResult &message);
    void settled(const TaskId &id);
    void handle(const Unknown &message);
    //! \a isWatched: somebody else watches that task.
    void changed(const TaskInfo &task, bool isWatched);
    void handle(const BatchChanged &message);

private:
    struct Open
    {
        std::shared_ptr<BatchCore> core;
        std::optional<BatchHead> said;
        std::optional<WatchBatch> watching;
        bool toSweep = false; //!< results may have been missed: look once the batch is known
        bool isClosed = false;
        std::optional<qint64> confirmed; //!< the total that the broker knows
        bool isLastSweep = false; //!< the batch has ended: what is not found now will never be
        quint64 next = 1; //!< items from here to `last` are still to be looked at
        quint64 last = 0;
        QSet<quint32> asked;
    };
    using Entry = std::shared_ptr<Open>;

    std::vector<Entry> of(const TaskId &batch) const;
    template <typename Fn> void each(const TaskId &id, const Fn &fn);
    void refresh(const Entry &entry);
    void sayHead(Open &entry);
    void sayWatch(Open &entry);
    void sweep(Open &entry);
    void ask(Open &entry, quint32 number);
    void closeIfDone(const Entry &entry);
    void remove(const Entry &entry);

    Send m_send;
    std::function<void()> m_refill;
    std::multimap<TaskId, Entry> m_open;
    std::shared_ptr<char> m_alive = std::make_shared<char>();
    bool m_connected = false;
    bool m_filling = false;
    quint64 m_turn = 0; //!< submits so far: whose turn it is
};

} // namespace drover
