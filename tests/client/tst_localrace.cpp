// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/address.h"
#include "client/place.h"

#include <QtCore/QFile>

using namespace drover;
using namespace drover::testing;

//! Clients that come while the broker of `local:` leaves because it is idle.
class TestLocalRace : public QObject
{
    Q_OBJECT

private:
    QList<Error> troubles;
    QList<TaskId> ids;

    static QString home() { return qEnvironmentVariable("DROVER_HOME"); }
    static QByteArray log()
    {
        QFile file(home() + QStringLiteral("/broker.log"));
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
    }
    static qsizetype ends() { return log().count("nothing to do: ends"); }
    std::unique_ptr<Client> makeClient();

private Q_SLOTS:
    void initTestCase();
    void nobodyNotices();
    void nothingIsLost();
    void itEndsWhenAllIsDone();
};

void TestLocalRace::initTestCase()
{
    qputenv("DROVER_PROGRAM", DROVER_FILE);
    qputenv("DROVER_IDLE_EXIT", "40ms");
}

std::unique_ptr<Client> TestLocalRace::makeClient()
{
    auto client = std::make_unique<Client>(QUrl(QStringLiteral("local:")), ClientSettings().home(home()));
    connect(client.get(), &Client::connectionFailed, this, [this](const Error &why) { troubles.append(why); });
    return client;
}

// Each comes a little later after the last one left than the one before.
void TestLocalRace::nobodyNotices()
{
    for (int phase = 0; phase < 40; ++phase) {
        auto client = makeClient();
        const auto task = client->submit(QStringLiteral("lab.none"));
        const auto accepted = acceptanceOf(task);
        QVERIFY2(accepted, accepted ? "" : qPrintable(accepted.error().message()));
        ids.append(task.id());
        const auto cancelled = resultOf(client->cancel(task.id()));
        QCOMPARE(cancelled.value(), CancelOutcome::Done);
        client.reset();
        QTest::qWait(30 + phase);
    }
    QVERIFY2(ends() >= 5, log().constData());
    for (const Error &trouble : std::as_const(troubles))
        QVERIFY2(trouble.code() == ErrorCode::Unavailable || trouble.code() == ErrorCode::NotFound,
                 qPrintable(trouble.message()));
}

void TestLocalRace::nothingIsLost()
{
    const auto client = makeClient();
    for (const TaskId &id : std::as_const(ids)) {
        const auto info = resultOf(client->show(id));
        QVERIFY2(info, info ? "" : qPrintable(info.error().message()));
        QCOMPARE(info->state, State::Revoked);
    }
}

void TestLocalRace::itEndsWhenAllIsDone()
{
    QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(BrokerAddress::file(home())), 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(ends(), log().count("listens on port"), 20'000);
    QVERIFY2(!log().contains("error"), log().constData());
}

DROVER_TEST_MAIN(TestLocalRace)

#include "tst_localrace.moc"
