// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "system/lab.h"
#include "testing/main.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QDateTime>
#include <QtCore/QDeadlineTimer>

#include <csignal>
#include <cstdio>

// A laptop's day: its worker sleeps for longer than its lease, its broker stands still and is away with tasks running,
// and an eta passes meanwhile. Prints what became of each task, as `drover show` has it. The slots are one day, in order.
class Laptop : public QObject
{
    Q_OBJECT

public:
    //! \a awayMs: how long the broker stands still, and how long it is away; longer than a lease.
    explicit Laptop(int awayMs) : m_awayMs(awayMs) {}

    static constexpr int leaseMs = 3000;

private:
    static constexpr int patienceMs = 30'000;

    const int m_awayMs;

    std::unique_ptr<Lab> lab;
    const QString broker = QStringLiteral("broker");
    const QString laptop = QStringLiteral("laptop");
    const QString desktop = QStringLiteral("desktop");

    bool startBroker();
    QString submit(const QStringList &words) const;
    QString submitCommand(const QString &script, const QStringList &options = {}) const;
    bool reaches(const QString &id, const char *state) const;
    QJsonArray attemptsOf(const QString &id) const { return lab->show(id)[QLatin1String("attempts")].toArray(); }
    void tell(const QString &what, const QString &id) const;
    bool signal(const QString &name, int number);
    QByteArray linesOf(const QString &file) const;
    QString path(const char *name) const { return lab->home() + u'/' + QLatin1String(name); }
    //! That much time is what the test is about.
    static void pass(int ms);

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { lab.reset(); }
    void theLaptopSleepsLongerThanItsLease();
    void theBrokerStandsStillWithATaskRunning();
    void theBrokerIsAwayWithATaskRunning();
    void anEtaPassesWhileTheBrokerIsAway();
};

bool Laptop::startBroker()
{
    return lab->startBroker({QStringLiteral("--lease-time"), QStringLiteral("%1ms").arg(leaseMs)});
}

QString Laptop::submit(const QStringList &words) const
{
    return lab->shell(QStringList{QStringLiteral("submit")} + words).text();
}

QString Laptop::submitCommand(const QString &script, const QStringList &options) const
{
    return submit(options
                  + QStringList{QStringLiteral("--command"), QStringLiteral("--"), QStringLiteral("sh"),
                                QStringLiteral("-c"), script});
}

bool Laptop::reaches(const QString &id, const char *state) const
{
    return QTest::qWaitFor([&] { return lab->stateOf(id) == QLatin1String(state); }, patienceMs);
}

void Laptop::tell(const QString &what, const QString &id) const
{
    std::printf("\n%s\n%s\n", qPrintable(what), lab->shell({QStringLiteral("show"), id}).output.constData());
    std::fflush(stdout);
}

// The agent and its executors: all of the machine sleeps.
bool Laptop::signal(const QString &name, int number)
{
    bool done = ::kill(pid_t(lab->process(name).processId()), number) == 0;
    if (name != broker) {
        for (const qint64 executor : lab->executorsOf(name))
            done = ::kill(pid_t(executor), number) == 0 && done;
    }
    return done;
}

QByteArray Laptop::linesOf(const QString &file) const
{
    QFile in(file);
    return in.open(QFile::ReadOnly) ? in.readAll() : QByteArray();
}

void Laptop::pass(int ms)
{
    const QDeadlineTimer end(ms);
    QVERIFY(QTest::qWaitFor([&] { return end.hasExpired(); }, ms + patienceMs));
}

void Laptop::initTestCase()
{
    qputenv("DROVER_PROGRAM", "true"); // or a waiting shell would start a broker of its own
    lab = std::make_unique<Lab>();
    QVERIFY2(startBroker(), qPrintable(lab->log(broker)));
    QVERIFY(
        lab->startWorker(laptop, {QStringLiteral("--slots"), QStringLiteral("2"), QStringLiteral("--tag"), laptop}));
    QVERIFY2(lab->awaitFunction(QStringLiteral("test.stubborn"), laptop), qPrintable(lab->log(laptop)));
}

void Laptop::theLaptopSleepsLongerThanItsLease()
{
    const QString anywhere = submit({QStringLiteral("test.stubborn"), QStringLiteral("1500")});
    const QString here =
        submit({QStringLiteral("--tag"), laptop, QStringLiteral("test.stubborn"), QStringLiteral("1501")});
    QVERIFY(reaches(anywhere, "STARTED") && reaches(here, "STARTED"));
    QVERIFY(signal(laptop, SIGSTOP));
    QVERIFY(lab->startWorker(desktop, {QStringLiteral("--slots"), QStringLiteral("1")}));
    QVERIFY2(reaches(anywhere, "SUCCESS"), lab->shell({QStringLiteral("show"), anywhere}).output.constData());
    QCOMPARE(lab->stateOf(here), QStringLiteral("PENDING"));
    tell(QStringLiteral("The laptop sleeps. Its lease is over; the desktop has run what can run anywhere:"), anywhere);
    tell(QStringLiteral("and what needs the laptop waits for it:"), here);

    QVERIFY(signal(laptop, SIGCONT));
    QVERIFY(reaches(here, "SUCCESS"));
    QTRY_COMPARE_WITH_TIMEOUT(lab->show(anywhere)[QLatin1String("orphans")].toArray().size(), 1, patienceMs);
    // the result of the other task comes first, and makes room on the laptop: it may have begun this one again by then
    const bool counts = attemptsOf(here).size() == 1;
    tell(counts ? QStringLiteral("The laptop wakes. Nobody had begun this one again: its late result counts.")
                : QStringLiteral("The laptop wakes, and began this one again before its late result was read."),
         here);
    tell(QStringLiteral("This one had ended elsewhere: the late result is kept beside it."), anywhere);
    QVERIFY(counts || attemptsOf(here).size() == 2);
    QCOMPARE(attemptsOf(anywhere).size(), 2);
    const QJsonObject first = attemptsOf(anywhere)[0].toObject();
    QCOMPARE(first[QLatin1String("error")][QLatin1String("reason")].toString(), QStringLiteral("worker_lost"));
    QCOMPARE(attemptsOf(anywhere)[1][QLatin1String("worker")].toString(), desktop);
}

void Laptop::theBrokerStandsStillWithATaskRunning()
{
    const QString id =
        submit({QStringLiteral("--tag"), laptop, QStringLiteral("test.stubborn"), QStringLiteral("1500")});
    QVERIFY(reaches(id, "STARTED"));
    QVERIFY(signal(broker, SIGSTOP));
    pass(m_awayMs);
    QVERIFY(signal(broker, SIGCONT));
    QVERIFY(reaches(id, "SUCCESS"));
    tell(QStringLiteral("The broker stood still for longer than a lease. When it goes on nothing is lost:"), id);
    QCOMPARE(attemptsOf(id).size(), 1);
}

void Laptop::theBrokerIsAwayWithATaskRunning()
{
    const QString file = path("away");
    const QString id = submitCommand(QStringLiteral("echo begun >> %1; sleep 1.5; echo ended >> %1").arg(file));
    QVERIFY(reaches(id, "STARTED"));
    QVERIFY(lab->end(broker));
    QTRY_COMPARE_WITH_TIMEOUT(linesOf(file), QByteArray("begun\nended\n"), patienceMs);
    pass(m_awayMs);
    QVERIFY2(startBroker(), qPrintable(lab->log(broker)));
    QVERIFY(reaches(id, "SUCCESS"));
    tell(QStringLiteral("The broker was ended while this ran, and came back after its lease. Its worker had kept the "
                        "result:"),
         id);
    QCOMPARE(linesOf(file), QByteArray("begun\nended\n"));
    QCOMPARE(attemptsOf(id).size(), 1);
}

void Laptop::anEtaPassesWhileTheBrokerIsAway()
{
    const QString file = path("later");
    const QString id =
        submitCommand(QStringLiteral("echo ran >> %1").arg(file), {QStringLiteral("--eta"), QStringLiteral("+2s")});
    const qint64 etaMs = QDateTime::currentMSecsSinceEpoch() + 2000; // or a little before
    QCOMPARE(lab->stateOf(id), QStringLiteral("SCHEDULED"));
    QVERIFY(lab->end(broker));
    QTRY_VERIFY_WITH_TIMEOUT(QDateTime::currentMSecsSinceEpoch() > etaMs, patienceMs);
    QCOMPARE(linesOf(file), QByteArray());
    const QDateTime started = QDateTime::currentDateTimeUtc();
    QVERIFY2(startBroker(), qPrintable(lab->log(broker)));
    QVERIFY(reaches(id, "SUCCESS"));
    tell(QStringLiteral("Its time came while the broker was away. It ran once, after the start:"), id);
    QCOMPARE(linesOf(file), QByteArray("ran\n"));
    QCOMPARE(attemptsOf(id).size(), 1);
    const QString begun = attemptsOf(id)[0][QLatin1String("started")].toString();
    QVERIFY2(QDateTime::fromString(begun, Qt::ISODateWithMs) >= started, qPrintable(begun));
}

int main(int argc, char **argv)
{
    QTEST_SET_MAIN_SOURCE_PATH
    QStringList words;
    for (int i = 0; i < argc; ++i)
        words.append(QString::fromLocal8Bit(argv[i]));
    QCommandLineParser parser;
    const QCommandLineOption away(QStringLiteral("away"),
                                  QStringLiteral("How long the broker stands still, and how long it is away."),
                                  QStringLiteral("seconds"), QStringLiteral("4"));
    parser.addOption(away);
    if (!parser.parse(words)) {
        std::fprintf(stderr, "%s\n", qPrintable(parser.errorText()));
        return 2;
    }
    const int awayMs = parser.value(away).toInt() * 1000;
    if (awayMs <= Laptop::leaseMs) {
        std::fprintf(stderr, "--away must be longer than a lease, %d s\n", Laptop::leaseMs / 1000);
        return 2;
    }
    return drover::testing::runTest(1, argv, [awayMs] { return std::make_unique<Laptop>(awayMs); });
}

#include "tst_laptop.moc"
