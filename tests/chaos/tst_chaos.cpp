// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "testing/main.h"
#include "verdict.h"

#include <QtCore/QCommandLineParser>

#include <cstdio>

namespace {

struct ChaosOptions
{
    std::chrono::seconds time{30};
    quint32 seed = 1;
    int longestPauseMs = 500;
};

} // namespace

// Real processes are killed with -9 while they have something to lose, for a given time. The slots are in their order.
class Chaos : public QObject
{
    Q_OBJECT

public:
    explicit Chaos(const ChaosOptions &options) : m_options(options), m_killer(m_lab, options.seed) {}

private:
    static QByteArray text(const QStringList &complaints) { return complaints.mid(0, 20).join(u'\n').toUtf8(); }

    ChaosOptions m_options;
    Lab m_lab;
    Killer m_killer;
    Evidence m_evidence;
    std::unique_ptr<Verdict> m_verdict;

private Q_SLOTS:
    void processesAreKilledAndAllEnds();
    void allKindsWereKilledWithSomethingToLose();
    void nothingAcknowledgedIsLostOrFinishedTwice();
    void clientsSawWhatIsRecorded();
    void allThatRanAgainIsExplained();
    void atMostOnceTasksBeganAtMostOnce();
    void cleanup();
};

void Chaos::processesAreKilledAndAllEnds()
{
    const auto troubles = [this] { return text(m_killer.troubles()); };
    QVERIFY2(m_killer.start(), troubles().constData());
    QVERIFY2(m_killer.run(m_options.time, m_options.longestPauseMs), troubles().constData());
    QVERIFY2(m_killer.finish(), troubles().constData());
    m_evidence.kills = m_killer.kills();
    m_evidence.executions = m_killer.journal().executions();
    for (const auto &[client, ledger] : m_killer.ledgers())
        m_evidence.ledgers[client] = ledger.entries();
    const QStringList wrong = m_evidence.collect(m_lab.home());
    QVERIFY2(wrong.isEmpty(), text(wrong).constData());
    m_verdict = std::make_unique<Verdict>(m_evidence);
    std::printf("chaos for %lld s with seed %u\n%s", static_cast<long long>(m_options.time.count()), m_options.seed,
                qPrintable(m_verdict->report()));
}

void Chaos::allKindsWereKilledWithSomethingToLose()
{
    QVERIFY(m_verdict);
    const int least = m_options.time >= std::chrono::minutes(10) ? 20
        : m_options.time >= std::chrono::seconds(30)             ? 2
                                                                 : 0;
    for (int kind = 0; kind < victimKinds; ++kind)
        QVERIFY2(m_verdict->count(Victim(kind)) >= least, qPrintable(toString(Victim(kind))));
}

void Chaos::nothingAcknowledgedIsLostOrFinishedTwice()
{
    QVERIFY(m_verdict);
    QVERIFY2(m_verdict->lost().isEmpty(), text(m_verdict->lost()).constData());
}

void Chaos::clientsSawWhatIsRecorded()
{
    QVERIFY(m_verdict);
    QVERIFY2(m_verdict->contradictions().isEmpty(), text(m_verdict->contradictions()).constData());
}

void Chaos::allThatRanAgainIsExplained()
{
    QVERIFY(m_verdict);
    QVERIFY2(m_verdict->unexplained().isEmpty(), text(m_verdict->unexplained()).constData());
}

void Chaos::atMostOnceTasksBeganAtMostOnce()
{
    QVERIFY(m_verdict);
    QVERIFY2(m_verdict->ranTwice().isEmpty(), text(m_verdict->ranTwice()).constData());
}

void Chaos::cleanup()
{
    if (!QTest::currentTestFailed())
        return;
    for (const char *name : {"broker", "worker-1", "worker-2", "client-1", "client-2"})
        qInfo().noquote() << "---" << name << '\n' << m_lab.log(QString::fromLatin1(name)).right(3000);
}

int main(int argc, char **argv)
{
    QTEST_SET_MAIN_SOURCE_PATH
    QStringList words;
    for (int i = 0; i < argc; ++i)
        words.append(QString::fromLocal8Bit(argv[i]));
    QCommandLineParser parser;
    const QCommandLineOption seconds(QStringLiteral("seconds"), QStringLiteral("How long to kill."),
                                     QStringLiteral("number"), QStringLiteral("30"));
    const QCommandLineOption seed(QStringLiteral("seed"), QStringLiteral("What to kill when follows from it."),
                                  QStringLiteral("number"), QStringLiteral("1"));
    parser.addOptions({seconds, seed});
    if (!parser.parse(words)) {
        std::fprintf(stderr, "%s\n", qPrintable(parser.errorText()));
        return 2;
    }
    ChaosOptions options;
    options.time = std::chrono::seconds(parser.value(seconds).toInt());
    options.seed = parser.value(seed).toUInt();
    qputenv("QTEST_FUNCTION_TIMEOUT", QByteArray::number((options.time.count() + 900) * 1000));
    return drover::testing::runTest(1, argv, [options] { return std::make_unique<Chaos>(options); });
}

#include "tst_chaos.moc"
