// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "plan.h"
#include "task/submission.h"

namespace drover::simulation {

class ClientNode;
class World;

//! Somebody at a client, who submits, cancels, pauses, looks... by chance, until the storm is over.
class User
{
public:
    User(World &world, ClientNode &client);

    void begin();

private:
    void next();
    void act();
    void submit();
    void submitBatch();
    void change();
    void cancel(const TaskId &id);
    void look();
    void configureQueue();
    void readStream();
    Submission submission(const Plan &plan);
    void chooseTimes(Options &options);
    void chooseDelivery(Options &options, const Plan &plan);
    TaskId anyTask();

    World &m_world;
    ClientNode &m_client;
    int m_meanMs = 2000;
};

} // namespace drover::simulation
