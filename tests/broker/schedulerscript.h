// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/scheduler.h"
#include "memorystore.h"

#include <QtTest/QTest>

#include <deque>
#include <typeinfo>

namespace drover::testing {

//! A conversation with a scheduler: inject, expect, expectNothingElse. Its store answers reads at once, and commits when
//! told to.
class SchedulerScript
{
public:
    explicit SchedulerScript(SchedulerOptions options = {});

    // Peers. A worker offers lab.f (hash 0 fits any) and grants room for \a grant tasks.
    SessionId client(const char *owner = "alice", quint8 run = 1, bool everyTask = true);
    SessionId workerLink(const char *key, quint8 run = 1);
    static Offer labOffer(QStringList tags, QList<HeldLease> held = {});
    static Offer labOffer() { return labOffer({}); }
    SessionId worker(const char *key, quint64 grant, const Offer &offer);
    SessionId worker(const char *key, quint64 grant) { return worker(key, grant, labOffer()); }
    void drop(SessionId session);

    //! Submits lab.f, under the next number of that session; its id.
    TaskId submit(SessionId session, const Options &options = {});
    TaskId submit(SessionId session, Submit message);
    static Submit child(const Assign &parent, quint32 call, const Options &options = {});
    TaskId newId() { return m_ids.next(now.wallMs); }

    template <typename M> void inject(SessionId from, const M &message)
    {
        act([&](Actions &actions) { scheduler->handle(from, message, now, actions); });
    }
    void finish(SessionId worker, const Assign &assign, const QByteArray &value = "ok");
    void failAttempt(SessionId worker, const Assign &assign, Error error, bool blamed = false);

    //! The next thing sent to \a session, which must be an M. Replies and results to others are left.
    template <typename M> M expect(SessionId session);
    void expectNothingElse();
    //! Forgets what was sent so far.
    void skip() { m_sent.clear(); }
    bool isClosed(SessionId session) const { return m_closed.contains(session); }

    void commit();
    //! Time passes, and all that is due in it is done in its time; in a sleep it is only afterwards.
    void advance(Milliseconds by);
    void sleep(Milliseconds by);
    void stepWall(Milliseconds by) { now.wallMs += by.count(); }
    void tick();
    //! kill -9: what was not committed is lost, all links are gone.
    void crash();
    template <typename Body> void act(const Body &body)
    {
        Actions actions;
        body(actions);
        carryOut(actions);
    }

    std::unique_ptr<Scheduler> scheduler;
    MemoryStore store;
    Now now{MonotonicTime(std::chrono::hours(1)), 1'800'000'000'000};
    QList<QueryTasks> queries; //!< asked of the store; the test answers
    QList<ServeBlob> served; //!< large values that may be had
    bool commitsAtOnce = false;
    bool hearsDemand = false; //!< else Demands are left out

private:
    void carryOut(Actions &actions);
    const SchedulerOptions m_options;
    IdGenerator m_ids{42};
    SessionId m_sessions = 0;
    QHash<SessionId, quint64> m_seqs;
    std::deque<SendTo> m_sent;
    QList<SessionId> m_closed;
};

template <typename M> M SchedulerScript::expect(SessionId session)
{
    for (auto it = m_sent.begin(); it != m_sent.end(); ++it) {
        if (it->session != session)
            continue;
        if (!std::holds_alternative<M>(it->message))
            break;
        M message = std::get<M>(std::move(it->message));
        m_sent.erase(it);
        return message;
    }
    QTest::qFail(qPrintable(QStringLiteral("%1 was not sent").arg(QString::fromLatin1(typeid(M).name()))), __FILE__,
                 __LINE__);
    return {};
}

} // namespace drover::testing
