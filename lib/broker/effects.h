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
    //! Number of the commit that will hold it: number().
    void record(Record record);
    void load(quint32 lane, quint64 fromTurn, qsizetype limit);
    void find(quint64 request, TaskId id);
    void query(quint64 request, TaskQuery query, QByteArray owner);
    void close(SessionId session, Error error) { m_actions->push_back(CloseSession{session, std::move(error)}); }

    //! Everything recorded so far is durable once this is committed.
    quint64 number() const { return m_number; }

private:
    AppendRecords *openBatch();

    Actions *m_actions = nullptr;
    size_t m_batch = 0; //!< index of the last AppendRecords in the list
    bool m_sealed = true;
    quint64 m_number = 0;
};

} // namespace drover
