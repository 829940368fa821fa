// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/taskstates.h"

namespace drover {

//! Takes submits in: recognises those that came before, refuses what cannot be, records the rest.
class Intake
{
public:
    Intake(Desk &desk, TaskStates &states) : m_desk(desk), m_states(states) {}

    void handle(SessionId from, const Submit &message, bool hasBlobs);

private:
    //! Who submits, and as what.
    struct Origin
    {
        SessionId session = 0;
        PeerSession *peer = nullptr;
        LiveTask *parent = nullptr;
        QByteArray owner;
        QString ownerName;
        quint16 depth = 0;
    };
    //! A submit that has to be answered.
    struct Asker
    {
        SessionId session = 0;
        quint64 seq = 0;
        TaskId id;
    };
    Result<Origin> origin(SessionId from, PeerSession &peer, const Submit &message);
    Result<void> check(const Submit &message, const Origin &origin) const;
    Result<void> checkValue(const Submit &message, const Origin &origin, bool hasBlobs) const;
    Result<void> checkBatch(const Submit &message, const Origin &origin) const;
    bool isKnown(const Origin &origin, const Submit &message);
    bool answerByKey(const Origin &origin, const Submit &message, const Submission &submission);
    void duplicate(const Asker &asker, const TaskId &existing);
    void answerFound(const Asker &asker, const TaskId &existing, const TaskFound &found);
    void sendDuplicate(const Asker &asker, const TaskId &existing);
    void add(const Origin &origin, const Submit &message, Submission submission);
    void countInBatch(const Origin &origin, const Submission &submission);
    void accept(const Origin &origin, quint64 seq, QueueDurability need);
    void deliver(const Origin &origin, const TaskId &id);
    void afterCommit(AfterCommit::Entry entry, QueueDurability need);
    void refuse(SessionId session, const Submit &message, Error error);

    Desk &m_desk;
    TaskStates &m_states;
};

} // namespace drover
