// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

// Prints what one task costs in the scheduler: submit, dispatch, finish, commit.

#include "broker/scheduler.h"

#include <chrono>
#include <cstdio>

using namespace drover;

namespace {

struct Bench
{
    Scheduler scheduler;
    Actions actions;
    Now now{MonotonicTime(std::chrono::hours(1)), 1'800'000'000'000};
    IdGenerator ids{1};
    quint64 seq = 0;
    quint64 done = 0;
    quint64 number = 0;

    void start()
    {
        scheduler.clientConnected(1, "alice", QStringLiteral("alice"), ids.next(now.wallMs), now, actions);
        scheduler.workerConnected(2, "w", QStringLiteral("w"), {}, ids.next(now.wallMs), now, actions);
        Offer offer;
        offer.functions = {Signature(QStringLiteral("lab.f"), {}, QStringLiteral("int"))};
        scheduler.handle(2, offer, now, actions);
        scheduler.handle(2, Grant{100}, now, actions);
    }
    void turn(int tasks)
    {
        for (int i = 0; i < tasks; ++i) {
            Submit submit;
            submit.seq = ++seq;
            submit.id = ids.next(now.wallMs);
            submit.function = QStringLiteral("lab.f");
            submit.arguments = Payload::cbor(QByteArray(100, 'a'));
            scheduler.handle(1, submit, now, actions);
        }
        work();
    }
    void work()
    {
        while (!actions.empty()) {
            Actions now_ = std::exchange(actions, {});
            for (const Action &action : now_) {
                if (const auto *append = std::get_if<AppendRecords>(&action))
                    number = append->number;
                const auto *send = std::get_if<SendTo>(&action);
                if (const auto *assign = send ? std::get_if<Assign>(&send->message) : nullptr) {
                    scheduler.handle(2,
                                     Finished{assign->id, assign->token, true, Payload::cbor("1"), {}, false, 0, 0, {}},
                                     now, actions);
                    scheduler.handle(2, Grant{100 + ++done}, now, actions);
                }
            }
        }
        scheduler.handle(Committed{number}, now, actions);
        actions.clear();
    }
};

} // namespace

int main()
{
    Bench bench;
    bench.start();
    bench.turn(1000);
    const auto begin = std::chrono::steady_clock::now();
    constexpr int tasks = 500'000;
    for (int i = 0; i < tasks / 100; ++i) {
        bench.turn(100);
        bench.scheduler.takeChanges();
    }
    const double ns = double((std::chrono::steady_clock::now() - begin).count());
    std::printf("scheduler: %.0f ns a task (submit, dispatch, finish, commit), %llu done\n", ns / tasks,
                static_cast<unsigned long long>(bench.done));
    return bench.done == quint64(tasks) + 1000 ? 0 : 1;
}
