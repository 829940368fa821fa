// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "gui/demofunctions.h"

#include "task/context.h"
#include "task/registry.h"

#include <QtCore/QThread>

#include <stdexcept>

namespace drover::gui::demo {

namespace {

//! Waits as long as real work would take, unless it is cancelled.
void work(const Context &context, int ms)
{
    constexpr int step = 20;
    for (int waited = 0; waited < ms && !context.isStopRequested(); waited += step)
        QThread::msleep(step);
    if (context.isStopRequested())
        throw std::runtime_error("asked to stop");
}

QString renderFrame(Context &context, const QString &shot, int frame)
{
    constexpr int tiles = 24;
    context.log(QStringLiteral("%1 frame %2: 1920x1080, 64 samples").arg(shot).arg(frame));
    for (int tile = 1; tile <= tiles; ++tile) {
        work(context, 90 + (frame * 37 + tile * 53) % 160);
        context.progress(tile, tiles, QStringLiteral("tile %1 of %2").arg(tile).arg(tiles));
        if (tile % 3 == 0)
            context.log(QStringLiteral("tile %1/%2  noise %3").arg(tile, 2).arg(tiles).arg(0.4 / tile, 0, 'f', 4));
    }
    return QStringLiteral("%1.%2.exr").arg(shot).arg(frame, 4, 10, QLatin1Char('0'));
}

double simulateMesh(Context &context, const QString &mesh, int seed)
{
    double residual = 1;
    context.log(QStringLiteral("%1: 18,204 cells, seed %2").arg(mesh).arg(seed));
    for (int step = 1; step <= 16; ++step) {
        work(context, 120 + seed * 29 % 140);
        residual *= seed % 7 == 0 && step > 9 ? 3.1 : 0.58;
        context.log(QStringLiteral("step %1  residual %2").arg(step, 2).arg(residual, 0, 'e', 3));
        context.progress(step, 16);
        if (seed % 7 == 0 && step == 13)
            throw std::runtime_error("the solution diverged: the residual grew for four steps");
    }
    return residual;
}

double trainModel(Context &context, double rate, int epochs)
{
    double loss = 2.4;
    for (int epoch = 1; epoch <= epochs; ++epoch) {
        work(context, 480);
        loss *= 1 - 6 * rate;
        context.log(QStringLiteral("epoch %1/%2  loss %3").arg(epoch).arg(epochs).arg(loss, 0, 'f', 4));
        context.progress(epoch, epochs, QStringLiteral("loss %1").arg(loss, 0, 'f', 4));
    }
    return loss;
}

} // namespace

void addFunctions(Registry &registry)
{
    registry.add(render, renderFrame);
    registry.add(simulate, simulateMesh);
    registry.add(train, trainModel);
}

} // namespace drover::gui::demo
