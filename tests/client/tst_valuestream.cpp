// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/valuestream.h"

#include "testing/coroutine.h"
#include "testing/main.h"

using namespace drover;

namespace {

//! What came of a stream: values as text, errors by their code, "end".
QCoro::Task<> readAll(std::shared_ptr<ValueStream> stream, std::shared_ptr<QStringList> read)
{
    for (;;) {
        const std::optional<int> value = co_await NextValue<int>(stream);
        if (value) {
            read->append(QString::number(*value));
        } else if (stream->error().code() == ErrorCode::None || stream->error().code() == ErrorCode::ClientClosed) {
            read->append(stream->error().code() == ErrorCode::None ? QStringLiteral("end") : QStringLiteral("closed"));
            co_return;
        } else {
            read->append(toString(stream->error().code()));
        }
    }
}

//! Words: `v7` a value, `log` another item, `lost3` dropped items, `gap` a number left out, `attempt2` the next attempt,
//! `text` a value of another type, `end`.
void play(ValueStream &stream, const QString &script)
{
    quint32 attempt = 1;
    quint64 seq = 0;
    for (const QString &word : script.split(u' ')) {
        if (word.startsWith(QLatin1String("attempt"))) {
            attempt = word.mid(7).toUInt();
            seq = 0;
            continue;
        }
        const bool end = word == QLatin1String("end");
        StreamItem item{++seq, StreamItem::Value, {}};
        if (word == QLatin1String("gap"))
            continue;
        if (word == QLatin1String("log"))
            item.kind = StreamItem::Log;
        else if (word.startsWith(QLatin1String("lost")))
            item = {seq += word.mid(4).toUInt() - 1, StreamItem::Lost, word.mid(4).toLatin1()};
        else if (word == QLatin1String("text"))
            item.data = *encodeValue(QStringLiteral("x"));
        else
            item.data = *encodeValue(word.mid(1).toInt());
        stream.received(attempt, end ? QList<StreamItem>() : QList<StreamItem>{item}, end);
    }
}

} // namespace

class TestValueStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachValueIsGivenOnce_data();
    void eachValueIsGivenOnce();
    void whatWasReadBeforeIsPassedOver();
    void aReaderThatIsBehindHoldsTheWriter();
    void anEndFromOutsideEndsTheWait();
    void severalAreServedInTheirOrder();
};

void TestValueStream::eachValueIsGivenOnce_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("read");
    const auto row = [](const char *name, const char *script, const char *read) {
        QTest::newRow(name) << QString::fromLatin1(script) << QString::fromLatin1(read);
    };
    row("in order", "v1 v2 v3 end", "1 2 3 end");
    row("no value at all", "end", "end");
    row("among others", "log v1 log v2 end", "1 2 end");
    row("dropped items are an error, then it goes on", "v1 lost3 v5 end", "1 expired 5 end");
    row("so is a number that is missing", "v1 gap v3 end", "1 expired 3 end");
    row("another type is an error, then it goes on", "v1 text v3 end", "1 protocol_error 3 end");
    row("a later attempt goes on where the earlier ended", "v1 v2 attempt2 v1 v2 v3 end", "1 2 3 end");
    row("also when it tells other things between", "v1 v2 attempt2 log v1 log v2 v3 end", "1 2 3 end");
    row("three attempts", "v1 attempt2 v1 v2 attempt3 v1 v2 v3 end", "1 2 3 end");
    row("an attempt that broke off before", "v1 v2 v3 attempt2 v1 attempt3 v1 v2 v3 v4 end", "1 2 3 4 end");
    row("a later attempt that differs", "v1 v2 attempt2 v1 v9 v3 end", "1 2 conflict 3 end");
    row("and another one that agrees with it", "v1 attempt2 v9 v3 attempt3 v9 v3 v4 end", "1 conflict 3 4 end");
    row("a later attempt that gives fewer", "v1 v2 attempt2 v1 end", "1 2 conflict end");
    row("after a loss a later attempt begins anew", "v1 lost2 v4 attempt2 v1 v2 end", "1 expired 4 conflict 1 2 end");
    row("a loss in what was read before", "v1 v2 attempt2 lost2 v3 end", "1 2 expired 3 end");
    row("the first attempt that is seen is the second", "attempt2 v1 end", "1 end");
}

void TestValueStream::eachValueIsGivenOnce()
{
    QFETCH(QString, script);
    QFETCH(QString, read);
    for (const bool late : {false, true}) { // the reader comes first, or last
        const auto stream = std::make_shared<ValueStream>([](bool) {});
        const auto got = std::make_shared<QStringList>();
        if (!late)
            readAll(stream, got);
        play(*stream, script);
        if (late)
            readAll(stream, got);
        QCOMPARE(got->join(u' '), read);
    }
}

void TestValueStream::whatWasReadBeforeIsPassedOver()
{
    const auto stream = std::make_shared<ValueStream>([](bool) {});
    const auto got = std::make_shared<QStringList>();
    readAll(stream, got);
    play(*stream, QStringLiteral("v1 v2"));
    play(*stream, QStringLiteral("v1 v2 v3")); // another reader of the same client asked for all
    play(*stream, QStringLiteral("lost3 v4 end"));
    QCOMPARE(got->join(u' '), QStringLiteral("1 2 3 4 end"));
}

void TestValueStream::aReaderThatIsBehindHoldsTheWriter()
{
    QList<bool> held;
    const auto stream = std::make_shared<ValueStream>([&](bool on) { held.append(on); });
    const QByteArray data = *encodeValue(QByteArray(ValueStream::enough / 4, 'x'));
    for (quint64 seq = 1; seq <= 5; ++seq)
        stream->received(1, {{seq, StreamItem::Value, data}}, false);
    QCOMPARE(held, QList<bool>{true});
    while (stream->hasStep())
        QVERIFY(stream->take());
    QCOMPARE(held, (QList<bool>{true, false}));
}

void TestValueStream::anEndFromOutsideEndsTheWait()
{
    const auto stream = std::make_shared<ValueStream>([](bool) {});
    const auto got = std::make_shared<QStringList>();
    play(*stream, QStringLiteral("v1"));
    readAll(stream, got);
    stream->fail(Error(ErrorCode::ClientClosed, QStringLiteral("closed")));
    stream->fail(Error(ErrorCode::Internal, QStringLiteral("again")));
    play(*stream, QStringLiteral("v1 v2"));
    QCOMPARE(got->join(u' '), QStringLiteral("1 closed"));
}

void TestValueStream::severalAreServedInTheirOrder()
{
    const auto stream = std::make_shared<ValueStream>([](bool) {});
    const auto first = std::make_shared<QStringList>();
    const auto second = std::make_shared<QStringList>();
    readAll(stream, first);
    readAll(stream, second);
    play(*stream, QStringLiteral("v1 v2 v3 v4 end"));
    QCOMPARE(first->join(u' '), QStringLiteral("1 3 end"));
    QCOMPARE(second->join(u' '), QStringLiteral("2 4 end"));
}

DROVER_TEST_MAIN(TestValueStream)

#include "tst_valuestream.moc"
