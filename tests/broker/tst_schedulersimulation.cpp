// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "brokersimulator.h"
#include "testing/main.h"

using namespace drover::testing;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr quint64 histories = 20; // each takes ten times as long
#else
constexpr quint64 histories = 60;
#endif

} // namespace

//! Seeded histories with lost links and killed workers and brokers. DROVER_SEED replays one of them.
class TestSchedulerSimulation : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyAcceptedTaskEndsExactlyOnce_data();
    void everyAcceptedTaskEndsExactlyOnce();
};

void TestSchedulerSimulation::everyAcceptedTaskEndsExactlyOnce_data()
{
    QTest::addColumn<quint64>("seed");
    if (qEnvironmentVariableIsSet("DROVER_SEED")) {
        QTest::newRow("given") << qEnvironmentVariable("DROVER_SEED").toULongLong();
        return;
    }
    for (quint64 seed = 1; seed <= histories; ++seed)
        QTest::addRow("seed %d", int(seed)) << seed;
}

void TestSchedulerSimulation::everyAcceptedTaskEndsExactlyOnce()
{
    QFETCH(quint64, seed);
    BrokerSimulator simulator(seed, 3, 4);
    for (int i = 0; i < 1500 && simulator.problems().isEmpty(); ++i)
        simulator.step();
    simulator.drain();
    simulator.check();
    QVERIFY2(simulator.problems().isEmpty(),
             qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(simulator.problems().value(0))));
    QVERIFY(simulator.accepted() > 20);
}

DROVER_TEST_MAIN(TestSchedulerSimulation)
#include "tst_schedulersimulation.moc"
