// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/recovery.h"

#include "broker/storekeys.h"
#include "support/fault.h"

namespace drover {

namespace {

constexpr Milliseconds firstMeeting{3'000}; // workers are found in this time; nothing is lost by judging after it

} // namespace

void Recovery::run(Recovered recovered)
{
    m_desk.epoch = recovered.epoch;
    m_desk.finished = recovered.finished;
    m_desk.agedMs = recovered.agedMs;
    const bool isUnfinished =
        !recovered.lanes.isEmpty() || !recovered.leased.isEmpty() || !recovered.scheduled.isEmpty();
    const Milliseconds patience =
        isUnfinished ? m_desk.options.leaseTime : std::min(m_desk.options.leaseTime, firstMeeting);
    m_desk.judgeFrom = m_desk.now.monotonic + patience;
    for (const ClientMark &mark : recovered.clients) {
        ClientRun &client = m_desk.sessions.client(mark.client);
        client.incarnation = mark.client;
        client.marks = SubmitMarks(mark);
        client.lastMs = mark.lastMs;
    }
    for (const QueueSettings &settings : recovered.queues)
        m_desk.configure(settings);
    for (const StoredBatch &batch : recovered.batches)
        m_desk.batches.insert(batch);
    for (const RecoveredLane &lane : recovered.lanes)
        m_desk.lanes.recover(lane);
    for (const StoredTask &stored : recovered.leased) {
        LiveTask &task = m_desk.admit(stored);
        m_leasing.recover(task);
        m_states.watchDeadline(task);
    }
    for (const StoredTask &stored : recovered.scheduled)
        m_states.place(m_desk.admit(stored));
    for (const RecoveredLane &lane : recovered.lanes) {
        for (const StoredTask &stored : lane.window)
            m_states.place(m_desk.admit(stored));
    }
    takeKeys(recovered.keys);
    m_desk.dispatchDue = true;
}

void Recovery::takeKeys(const QList<KeyEntry> &keys)
{
    for (const KeyEntry &entry : keys) {
        if (DROVER_FAULT(KeysAreForgotten))
            continue;
        m_desk.keys.insert(entry);
        const auto parent = parentOfKey(entry.key);
        const LiveTask *task = parent ? m_desk.find(*parent) : nullptr;
        if (task && task->delivery().lease)
            m_desk.addChild({*parent, task->delivery().lease->token.epoch, task->delivery().lease->token.attempt, 0},
                            entry.id);
    }
}

void Recovery::take(const LaneLoaded &loaded)
{
    Lane *lane = m_desk.lanes.find(loaded.lane);
    if (!lane)
        return;
    const auto isIn = [this](const TaskId &id) { return m_desk.tasks.contains(id); };
    const QList<StoredTask> fresh = m_desk.lanes.finishLoading(*lane, loaded.tasks, isIn);
    for (const StoredTask &stored : fresh)
        m_states.place(m_desk.admit(stored));
    m_desk.lanes.refill(*lane);
    m_desk.dispatchDue = true;
}

} // namespace drover
