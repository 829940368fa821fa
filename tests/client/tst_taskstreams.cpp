// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/taskstreams.h"
#include "testing/main.h"

using namespace drover;

namespace {

struct Got
{
    quint32 attempt = 0;
    QList<quint64> seqs; //!< of the items in the message
    bool end = false;
};
using Script = QList<Got>;

StreamItems message(TaskId id, const Got &got, qsizetype size = 1)
{
    StreamItems items{id, got.attempt, {}, got.end};
    for (quint64 seq : got.seqs)
        items.items.append({seq, StreamItem::Log, QByteArray(size, 'x')});
    return items;
}

} // namespace

Q_DECLARE_METATYPE(Script)

class TestTaskStreams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { streams = {}; }
    void eachItemIsReadOnce_data();
    void eachItemIsReadOnce();
    void itIsResumedBehindWhatWasRead();
    void creditIsCountedInAllSinceTheStreamWasOpened();
    void repeatedItemsCountAsCredit();
    void theLastItemMayGoBeyondTheCredit();
    void smallItemsAreAcknowledgedBeforeTheirBytesMatter();
    void theEndIsAcknowledgedAndNotAskedForAgain();
    void aHeldStreamGetsNoCredit();
    void itIsClosedWithItsLastReader();
    void nobodyReadsAClosedStream();

private:
    TaskStreams streams;
    const TaskId id = IdGenerator().next();
};

void TestTaskStreams::eachItemIsReadOnce_data()
{
    QTest::addColumn<quint64>("from");
    QTest::addColumn<Script>("script");
    QTest::addColumn<QStringList>("read"); // "attempt:seq", "attempt:end"
    const auto texts = [](const char *words) { return QString::fromLatin1(words).split(QLatin1Char(' ')); };
    QTest::newRow("in order") << quint64(1) << Script{{1, {1, 2}}, {1, {3}, true}} << texts("1:1 1:2 1:3 1:end");
    QTest::newRow("from 0") << quint64(0) << Script{{1, {1}}} << texts("1:1");
    QTest::newRow("repeated") << quint64(1) << Script{{1, {1, 2}}, {1, {1, 2, 3}}} << texts("1:1 1:2 1:3");
    QTest::newRow("from the middle") << quint64(3) << Script{{1, {2, 3, 4}}} << texts("1:3 1:4");
    QTest::newRow("a gap is passed on") << quint64(1) << Script{{1, {1, 5}}} << texts("1:1 1:5");
    QTest::newRow("a later attempt begins again")
        << quint64(2) << Script{{1, {2}}, {2, {1, 2}}} << texts("1:2 2:1 2:2");
    QTest::newRow("an older attempt is late") << quint64(1) << Script{{2, {1}}, {1, {2}, true}} << texts("2:1");
    QTest::newRow("an end without attempt") << quint64(1) << Script{{1, {1}}, {0, {}, true}} << texts("1:1 1:end");
    QTest::newRow("lost without attempt")
        << quint64(1) << Script{{1, {1, 2}}, {0, {1}, true}} << texts("1:1 1:2 1:1 1:end");
    QTest::newRow("over before it began") << quint64(1) << Script{{0, {1}, true}} << texts("0:1 0:end");
}

void TestTaskStreams::eachItemIsReadOnce()
{
    QFETCH(quint64, from);
    QFETCH(Script, script);
    QFETCH(QStringList, read);
    const StreamOpen open = streams.open(id, from);
    QCOMPARE(open.fromSeq, qMax<quint64>(from, 1));
    QStringList got;
    for (const Got &step : script) {
        const auto fresh = streams.received(message(id, step));
        if (!fresh)
            continue;
        for (const StreamItem &item : fresh->items)
            got.append(QStringLiteral("%1:%2").arg(fresh->attempt).arg(item.seq));
        if (step.end)
            got.append(QStringLiteral("%1:end").arg(fresh->attempt));
    }
    QCOMPARE(got, read);
}

void TestTaskStreams::itIsResumedBehindWhatWasRead()
{
    streams.open(id, 1);
    QVERIFY(streams.received(message(id, {1, {1, 2, 3}}, TaskStreams::window / 4)));
    const QList<StreamOpen> again = streams.reopened();
    QCOMPARE(again.size(), 1);
    QCOMPARE(again.first().fromSeq, 4u);
    QCOMPARE(again.first().credit, TaskStreams::window);
    QCOMPARE(again.first().attempt, 1u);
    const auto fresh = streams.received(message(id, {1, {3, 4}}));
    QVERIFY(fresh && fresh->items.size() == 1 && !streams.moreCredit(id));
}

void TestTaskStreams::creditIsCountedInAllSinceTheStreamWasOpened()
{
    quint64 granted = streams.open(id, 1).credit;
    quint64 sent = 0;
    for (quint64 seq = 1; seq <= 40; ++seq) {
        sent += TaskStreams::window / 8;
        QVERIFY2(sent <= granted, "the writer would wait for ever");
        QVERIFY(streams.received(message(id, {1, {seq}}, TaskStreams::window / 8)));
        const auto more = streams.moreCredit(id);
        if (!more)
            continue;
        QVERIFY(more->credit > granted);
        QCOMPARE(*more, (StreamCredit{id, sent + TaskStreams::window, 1, seq + 1}));
        granted = more->credit;
    }
}

void TestTaskStreams::repeatedItemsCountAsCredit()
{
    streams.open(id, 1);
    QVERIFY(streams.received(message(id, {1, {1}}, 10)));
    QVERIFY(!streams.moreCredit(id));
    const auto fresh = streams.received(message(id, {1, {1}}, TaskStreams::window / 4));
    QVERIFY(fresh->items.isEmpty());
    QVERIFY(streams.moreCredit(id).has_value());
}

void TestTaskStreams::theLastItemMayGoBeyondTheCredit()
{
    streams.open(id, 1);
    QVERIFY(streams.received(message(id, {1, {1}}, TaskStreams::window + 1)));
    const auto more = streams.moreCredit(id);
    QVERIFY(more.has_value());
    QCOMPARE(more->credit, 2 * TaskStreams::window + 1);
}

void TestTaskStreams::smallItemsAreAcknowledgedBeforeTheirBytesMatter()
{
    streams.open(id, 1);
    quint64 seq = 0;
    std::optional<StreamCredit> more;
    while (!more && seq < 10'000) {
        QVERIFY(streams.received(message(id, {1, {++seq}}, 0)));
        more = streams.moreCredit(id);
    }
    QVERIFY2(more, "a worker that keeps 1 MiB would wait for ever");
    QCOMPARE(more->read, seq + 1);
}

void TestTaskStreams::theEndIsAcknowledgedAndNotAskedForAgain()
{
    streams.open(id, 1);
    QVERIFY(streams.received(message(id, {1, {1, 2}, true})));
    const auto last = streams.moreCredit(id);
    QVERIFY(last.has_value());
    QCOMPARE(last->read, 3u);
    QVERIFY(streams.reopened().isEmpty());
}

void TestTaskStreams::aHeldStreamGetsNoCredit()
{
    streams.open(id, 1);
    streams.hold(id, true);
    QVERIFY(streams.received(message(id, {1, {1}}, TaskStreams::window)));
    QVERIFY(!streams.moreCredit(id));
    streams.hold(id, false);
    QVERIFY(streams.moreCredit(id).has_value());
}

void TestTaskStreams::itIsClosedWithItsLastReader()
{
    streams.open(id, 1);
    QVERIFY(streams.received(message(id, {1, {1, 2}})));
    QCOMPARE(streams.open(id, 1).fromSeq, 1u);
    QVERIFY2(!streams.received(message(id, {1, {3, 4}})), "it was under way for the first reader");
    QVERIFY(streams.received(message(id, {1, {1, 2, 3}})));
    QVERIFY(!streams.close(id));
    QVERIFY(streams.close(id));
    QVERIFY(!streams.received(message(id, {1, {4}})));
}

void TestTaskStreams::nobodyReadsAClosedStream()
{
    QVERIFY(!streams.received(message(id, {1, {1}})));
    streams.open(id, 1);
    QVERIFY(streams.close(id));
    QVERIFY(!streams.close(id));
    QVERIFY(!streams.received(message(id, {1, {1}})));
    QVERIFY(streams.reopened().isEmpty());
}

DROVER_TEST_MAIN(TestTaskStreams)

#include "tst_taskstreams.moc"
