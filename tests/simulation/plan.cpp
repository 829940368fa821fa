// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "plan.h"

#include <QtCore/QList>

namespace drover::simulation {

using namespace std::chrono_literals;

Plan Plan::random(Random &random, int depth)
{
    Plan plan;
    const int length = random.below(10);
    plan.work = std::chrono::duration_cast<Milliseconds>(length < 5       ? random.between(0ms, 30ms)
                                                             : length < 8 ? random.between(30ms, 3s)
                                                                          : random.between(3s, 50s));
    if (random.oneIn(4))
        plan.failures = quint32(1 + random.below(3));
    if (random.oneIn(8))
        plan.crashes = quint32(1 + random.below(4));
    if (depth < 2 && random.oneIn(depth == 0 ? 8 : 4))
        plan.children = quint32(1 + random.below(3));
    if (random.oneIn(5))
        plan.emits = quint32(1 + random.below(5));
    plan.hangs = random.oneIn(40);
    plan.stubborn = random.oneIn(6);
    plan.detached = plan.children && random.oneIn(4);
    return plan;
}

Payload Plan::toPayload() const
{
    return Payload::raw(QByteArray::number(qint64(work.count())) + ' ' + QByteArray::number(failures) + ' '
                        + QByteArray::number(crashes) + ' ' + QByteArray::number(children) + ' '
                        + QByteArray::number(emits) + ' ' + QByteArray::number(int(hangs)) + ' '
                        + QByteArray::number(int(stubborn)) + ' ' + QByteArray::number(int(detached)));
}

Plan Plan::fromPayload(const Payload &payload)
{
    const QList<QByteArray> words = payload.inlineBytes().value().split(' ');
    Plan plan;
    plan.work = Milliseconds(words.at(0).toLongLong());
    plan.failures = words.at(1).toUInt();
    plan.crashes = words.at(2).toUInt();
    plan.children = words.at(3).toUInt();
    plan.emits = words.at(4).toUInt();
    plan.hangs = words.at(5) == "1";
    plan.stubborn = words.at(6) == "1";
    plan.detached = words.at(7) == "1";
    return plan;
}

QString Plan::toString() const
{
    return QStringLiteral("%1 ms, %2 failures, %3 crashes, %4 children%5%6%7")
        .arg(work.count())
        .arg(failures)
        .arg(crashes)
        .arg(children)
        .arg(detached ? QStringLiteral(" detached") : QString(), hangs ? QStringLiteral(", hangs") : QString(),
             stubborn ? QStringLiteral(", stubborn") : QString());
}

} // namespace drover::simulation
