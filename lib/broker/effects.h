// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/schedulerevents.h"

namespace drover {

//! Collects the actions of one event. Records of several events share one AppendRecords while it is still in the list and
//! nothing was read from the store behind it.
class Effects
{
public:
    void begin(Actions &actions) { m_actions = &actions; }

    template <typename M> void send(SessionId session, M &&message)
    {
        if (session)
            m_actions->push_back(SendTo{session, BrokerMessage(std::forward<M>(message))});
    }
    //! \a need: what is said of it waits for that, see number().
    void record(Record record, QueueDurability need);
    void load(quint32 lane, quint64 fromTurn, qsizetype limit);
    void find(quint64 request, TaskId id);
    void query(quint64 request, TaskQuery query, QByteArray owner);
    void close(SessionId session, Error error) { m_actions->push_back(CloseSession{session, std::move(error)}); }

    //! Everything recorded so far that needs \a need, or more, is so durable once this is committed.
    quint64 number(QueueDurability need) const
    {
        return need == QueueDurability::Disk ? m_synced : need == QueueDurability::Process ? m_written : 0;
    }

    //! What the last record that somebody waits for needs: who did not record anything itself may wait for that.
    QueueDurability lastNeed() const
    {
        return m_synced >= m_written ? QueueDurability::Disk : QueueDurability::Process;
    }
    void serve(SessionId session, const BlobGet &question, quint64 size)
    {
        m_actions->push_back(ServeBlob{session, question, size});
    }

private:
    AppendRecords *openBatch();

    Actions *m_actions = nullptr;
    size_t m_batch = 0; //!< index of the last AppendRecords in the list
    bool m_sealed = true;
    quint64 m_number = 0;
    quint64 m_synced = 0; //!< the last one that is to be synced
    quint64 m_written = 0; //!< the last one that somebody waits for
};

} // namespace drover
