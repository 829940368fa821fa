// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "lab.h"

#include <client/blockingclient.h>

#include <cstdio>
#include <thread>
#include <vector>

using namespace std::chrono_literals;

int main()
{
    drover::BlockingClient client;
    std::vector<std::thread> threads;
    for (int i = 1; i <= 4; ++i) {
        threads.emplace_back([&client, i] {
            const drover::Result<int> sum = client.call(30s, lab::add, i, i);
            if (sum)
                std::printf("%d + %d = %d\n", i, i, *sum);
            else
                std::printf("failed: %s\n", qPrintable(sum.error().message()));
        });
    }
    for (std::thread &thread : threads)
        thread.join();

    const auto slow = client.submit(10s, lab::fib, 10); // returns when it is safe, even from a power cut
    std::printf("fib(10) = %lld\n", slow.wait(30s).value_or(-1));
}
