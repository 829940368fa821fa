// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "system/lab.h"
#include "testing/main.h"

// Two people: the site of one, and a stranger with a home of his own.
class TestTrust : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<Lab> site;
    std::unique_ptr<Lab> stranger;

    // The key of "user" or "worker" of a home.
    static QString keyOf(const Lab &lab, const QString &list)
    {
        for (const QJsonObject &entry : lab.shell({QStringLiteral("trust"), QStringLiteral("--json")}).lines()) {
            if (entry[QLatin1String("list")].toString() == list && entry[QLatin1String("roles")].toString().isEmpty())
                return entry[QLatin1String("fingerprint")].toString();
        }
        return {};
    }
    static Ran trust(const Lab &lab, const QStringList &words)
    {
        return lab.shell(QStringList{QStringLiteral("trust")} + words);
    }
    QStringList atSite(const QStringList &words) const
    {
        QStringList all = words;
        const int port = site->shell({QStringLiteral("status"), QStringLiteral("--json")})
                             .json()[QLatin1String("address")]
                             .toString()
                             .section(u':', -1)
                             .toInt();
        all.insert(1, QStringLiteral("--broker"));
        all.insert(2, QStringLiteral("drover://127.0.0.1:%1").arg(port));
        return all;
    }
    void trustTheSite() const
    {
        QCOMPARE(trust(*stranger, {QStringLiteral("add"), keyOf(*site, QStringLiteral("user"))}).code, 0);
    }
    const QStringList add{QStringLiteral("call"), QStringLiteral("lab.add"), QStringLiteral("2"), QStringLiteral("3")};

private Q_SLOTS:
    void init();
    void cleanup();
    void everyHomeTrustsItselfAndListsItsKeys();
    void brokerRefusesAStrangerUntilHeIsTrustedAndAfterwards();
    void rolesLimitWhatATrustedKeyMayDo();
    void workerRefusesAStrangersBrokerUntilItIsTrustedAndAfterwards();
};

void TestTrust::init()
{
    site = std::make_unique<Lab>();
    stranger = std::make_unique<Lab>();
    QVERIFY2(site->startBroker(), qPrintable(site->log(QStringLiteral("broker"))));
    QVERIFY(site->startWorker(QStringLiteral("lab-1")));
    QVERIFY2(site->awaitFunction(QStringLiteral("lab.add")), qPrintable(site->log(QStringLiteral("lab-1"))));
}

void TestTrust::cleanup()
{
    stranger.reset();
    site.reset();
}

void TestTrust::everyHomeTrustsItselfAndListsItsKeys()
{
    const Ran ran = trust(*site, {QStringLiteral("list")});
    VERIFY_RAN(ran, ran.code == 0 && ran.text().count(u'\n') >= 3);
    QVERIFY(keyOf(*site, QStringLiteral("user")).size() == 64);
    QVERIFY(keyOf(*site, QStringLiteral("user")) != keyOf(*site, QStringLiteral("worker")));
    QVERIFY(keyOf(*site, QStringLiteral("user")) != keyOf(*stranger, QStringLiteral("user")));
    const Ran unknown = trust(*site, {QStringLiteral("remove"), QString(64, u'a')});
    VERIFY_RAN(unknown, unknown.code != 0 && !unknown.errors.isEmpty());
}

void TestTrust::brokerRefusesAStrangerUntilHeIsTrustedAndAfterwards()
{
    const QString key = keyOf(*stranger, QStringLiteral("user"));
    const Ran refused = stranger->shell(atSite(add));
    VERIFY_RAN(refused, refused.code == 125 && refused.complaint().contains(QLatin1String("drover trust add")));
    VERIFY_RAN(refused, refused.complaint().remove(u' ').contains(key, Qt::CaseInsensitive));
    QVERIFY2(site->log(QStringLiteral("broker")).remove(u' ').contains(key, Qt::CaseInsensitive),
             qPrintable(site->log(QStringLiteral("broker"))));

    QCOMPARE(trust(*site, {QStringLiteral("add"), key, QStringLiteral("--name"), QStringLiteral("a friend")}).code, 0);
    const Ran oneSided = stranger->shell(atSite(add));
    VERIFY_RAN(oneSided, oneSided.code == 125 && oneSided.complaint().contains(keyOf(*site, QStringLiteral("user"))));
    trustTheSite();
    const Ran done = stranger->shell(atSite(add));
    VERIFY_RAN(done, done.code == 0 && done.text() == QLatin1String("5"));

    const auto running = stranger->start(atSite({QStringLiteral("run"), QStringLiteral("--"), QStringLiteral("sh"),
                                                 QStringLiteral("-c"), QStringLiteral("echo begun; sleep 3; exit 7")}));
    QTRY_VERIFY_WITH_TIMEOUT(running->bytesAvailable() > 0, 10'000);
    QCOMPARE(trust(*site, {QStringLiteral("remove"), key}).code, 0);
    const Ran ended = Lab::result(*running);
    VERIFY_RAN(ended, ended.code == 125 && ended.complaint().contains(QLatin1String("trust")));
    const Ran again = stranger->shell(atSite(add));
    VERIFY_RAN(again, again.code == 125 && again.complaint().contains(QLatin1String("drover trust add")));
}

void TestTrust::rolesLimitWhatATrustedKeyMayDo()
{
    const QString key = keyOf(*stranger, QStringLiteral("user"));
    QCOMPARE(trust(*site, {QStringLiteral("add"), QStringLiteral("--roles"), QStringLiteral("submit"), key}).code, 0);
    trustTheSite();
    QCOMPARE(stranger->shell(atSite(add)).code, 0);
    const Ran command = stranger->shell(atSite({QStringLiteral("run"), QStringLiteral("--"), QStringLiteral("true")}));
    VERIFY_RAN(command, command.code == 125 && command.complaint().contains(QLatin1String("command")));

    const Ran other = site->shell({QStringLiteral("submit"), QStringLiteral("test.sleep"), QStringLiteral("60000")});
    VERIFY_RAN(other, other.code == 0);
    const Ran cancel = stranger->shell(atSite({QStringLiteral("cancel"), other.text()}));
    VERIFY_RAN(cancel, cancel.code == 125 && cancel.complaint().contains(QLatin1String("no task")));
    const Ran show = stranger->shell(atSite({QStringLiteral("show"), other.text()}));
    VERIFY_RAN(show, show.code == 125);
    const Ran own = site->shell({QStringLiteral("cancel"), other.text()});
    VERIFY_RAN(own, own.code == 0);
}

void TestTrust::workerRefusesAStrangersBrokerUntilItIsTrustedAndAfterwards()
{
    const QString broker = QStringLiteral("broker");
    const QString strangersKey = keyOf(*stranger, QStringLiteral("user"));
    const QString workersKey = keyOf(*site, QStringLiteral("worker"));
    QVERIFY(stranger->startBroker());
    QVERIFY2(
        stranger->awaitLog(broker, QStringLiteral("lab-1 is not trusted; to use it: drover trust add ") + workersKey),
        qPrintable(stranger->log(broker)));

    // trusted by the broker, but not yet by the worker
    QCOMPARE(
        trust(*stranger, {QStringLiteral("add"), QStringLiteral("--roles"), QStringLiteral("work"), workersKey}).code,
        0);
    QVERIFY2(stranger->awaitLog(broker, QStringLiteral("does not trust")), qPrintable(stranger->log(broker)));
    QVERIFY2(site->awaitLog(QStringLiteral("lab-1"), QStringLiteral("was refused")),
             qPrintable(site->log(QStringLiteral("lab-1"))));
    QVERIFY(site->log(QStringLiteral("lab-1")).remove(u' ').contains(strangersKey, Qt::CaseInsensitive));

    QCOMPARE(trust(*site, {QStringLiteral("add"), QStringLiteral("--worker"), strangersKey}).code, 0);
    const Ran done = stranger->shell(add);
    VERIFY_RAN(done, done.code == 0 && done.text() == QLatin1String("5"));

    QCOMPARE(trust(*site, {QStringLiteral("remove"), QStringLiteral("--worker"), strangersKey}).code, 0);
    QTRY_VERIFY_WITH_TIMEOUT(!stranger->shell({QStringLiteral("workers"), QStringLiteral("--json")})
                                  .json()[QLatin1String("connected")]
                                  .toBool(),
                             10'000);
    const QString waiting =
        stranger->shell({QStringLiteral("submit"), QStringLiteral("lab.add"), QStringLiteral("1"), QStringLiteral("1")})
            .text();
    QVERIFY(site->awaitLog(QStringLiteral("lab-1"), QStringLiteral("does not trust this key any more")));
    QCOMPARE(stranger->stateOf(waiting), QStringLiteral("PENDING"));
    QCOMPARE(site->shell(add).code, 0);
}

DROVER_TEST_MAIN(TestTrust)

#include "tst_trust.moc"
