// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "batchmeasurement.h"
#include "measurement.h"
#include "onlooker.h"

#include "testing/site.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QJsonDocument>
#include <QtCore/QTextStream>
#include <QtCore/QTimer>

namespace {

QCoro::Task<> perform(Measurement &measurement, int count, int calls, QJsonObject head)
{
    QJsonObject result = co_await measurement.run(count, calls);
    for (auto it = head.begin(); it != head.end(); ++it)
        result.insert(it.key(), it.value());
    QTextStream(stdout) << QJsonDocument(result).toJson(QJsonDocument::Compact) << '\n';
    QTextStream(stderr) << measurement.failure();
    QCoreApplication::exit(measurement.failure().isEmpty() ? 0 : 1);
}

int measure(const QString &durability, int slotCount, int count, int calls)
{
    drover::testing::Site site(QStringLiteral(DROVER_FILE));
    const bool started = site.startBroker({QStringLiteral("--durability"), durability})
        && site.startWorker(QStringLiteral("bench"), QStringLiteral(LAB_PLUGIN),
                            {QStringLiteral("--slots"), QString::number(slotCount)});
    if (!started)
        return 1;
    drover::Client client(QUrl(QStringLiteral("local:")), drover::ClientSettings().startBroker(false));
    Measurement measurement(client);
    const QJsonObject head{{QStringLiteral("durability"), durability}, {QStringLiteral("slots"), slotCount}};
    QTimer::singleShot(0, &client, [&] { perform(measurement, count, calls, head); });
    return QCoreApplication::exec();
}

QCoro::Task<> performBatch(BatchMeasurement &measurement, int count)
{
    QJsonObject result = co_await measurement.run(count);
    const double again = co_await measurement.rerun(count);
    result.insert(QStringLiteral("secondsInAll"), again);
    result.insert(QStringLiteral("tasksPerSecond"), qRound64(count / again));
    QTextStream(stdout) << QJsonDocument(result).toJson(QJsonDocument::Compact) << '\n';
    QTextStream(stderr) << measurement.failure();
    QCoreApplication::exit(measurement.failure().isEmpty() ? 0 : 1);
}

int measureBatch(int count)
{
    drover::testing::Site site(QStringLiteral(DROVER_FILE));
    if (!site.startBroker())
        return 1;
    drover::Client client(QUrl(QStringLiteral("local:")), drover::ClientSettings().startBroker(false));
    BatchMeasurement measurement(client, [&site] {
        return site.startWorker(QStringLiteral("bench"), QStringLiteral(LAB_PLUGIN),
                                {QStringLiteral("--slots"), QStringLiteral("2")});
    });
    QTimer::singleShot(0, &client, [&] { performBatch(measurement, count); });
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Prints one JSON object a line: no-op tasks of two integers, mutual TLS on loopback."));
    parser.addHelpOption();
    parser.addOption({QStringLiteral("tasks"), QStringLiteral("Tasks submitted at once."), QStringLiteral("number"),
                      QStringLiteral("50000")});
    parser.addOption({QStringLiteral("calls"), QStringLiteral("Calls awaited one after the other."),
                      QStringLiteral("number"), QStringLiteral("2000")});
    parser.addOption({QStringLiteral("batch"),
                      QStringLiteral("Only a batch of so many tasks: seconds, and memory of the client."),
                      QStringLiteral("number")});
    parser.addOption(
        {QStringLiteral("attach"), QStringLiteral("Only writes the progress of that batch."), QStringLiteral("id")});
    parser.process(application);
    if (parser.isSet(QStringLiteral("attach")))
        return Onlooker::watch(
            drover::TaskId::fromString(parser.value(QStringLiteral("attach"))).value_or(drover::TaskId()));
    if (parser.isSet(QStringLiteral("batch")))
        return measureBatch(parser.value(QStringLiteral("batch")).toInt());
    int code = 0;
    for (const QString &durability : {QStringLiteral("disk"), QStringLiteral("process")}) {
        for (const int slotCount : {1, 2})
            code |= measure(durability, slotCount, parser.value(QStringLiteral("tasks")).toInt(),
                            parser.value(QStringLiteral("calls")).toInt());
    }
    return code;
}
