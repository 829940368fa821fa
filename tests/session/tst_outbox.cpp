// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "session/outbox.h"
#include "testing/main.h"

using namespace drover;

class OutboxTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_outbox = {}; }
    void messagesOfOneTurnShareAFrame();
    void aFrameIsClosedBeforeItPassesTheCap();
    void aMessageBeyondTheCapTravelsAlone();
    void controlGoesBeforeBulk();
    void bulkWaitsForTheChannelToDrain();
    void nothingGoesToAFullChannel();
    void creditIsSpentAndGranted();
    void aHugeCreditDoesNotOverflow();

private:
    void add(Plane plane, const QByteArray &message)
    {
        QByteArray &buffer = m_outbox.buffer(plane);
        const qsizetype start = buffer.size();
        buffer += message;
        m_outbox.appended(plane, start);
    }

    Outbox m_outbox;
};

void OutboxTest::messagesOfOneTurnShareAFrame()
{
    add(Plane::Control, "one");
    add(Plane::Control, "two");
    QCOMPARE(m_outbox.size(), 6);
    QCOMPARE(m_outbox.takeFrame(0), QByteArray("onetwo"));
    QVERIFY(m_outbox.isEmpty());
    QVERIFY(m_outbox.takeFrame(0).isEmpty());
}

void OutboxTest::aFrameIsClosedBeforeItPassesTheCap()
{
    add(Plane::Control, QByteArray(40'000, 'a'));
    add(Plane::Control, QByteArray(40'000, 'b'));
    QCOMPARE(m_outbox.takeFrame(0), QByteArray(40'000, 'a'));
    QCOMPARE(m_outbox.takeFrame(0), QByteArray(40'000, 'b'));
}

void OutboxTest::aMessageBeyondTheCapTravelsAlone()
{
    add(Plane::Control, "first");
    add(Plane::Control, QByteArray(maxOutgoingFrame * 3, 'x'));
    add(Plane::Control, "last");
    QCOMPARE(m_outbox.takeFrame(0), QByteArray("first"));
    QCOMPARE(m_outbox.takeFrame(0).size(), maxOutgoingFrame * 3);
    QCOMPARE(m_outbox.takeFrame(0), QByteArray("last"));
}

void OutboxTest::controlGoesBeforeBulk()
{
    add(Plane::Bulk, "bulk");
    add(Plane::Control, "control");
    QCOMPARE(m_outbox.takeFrame(0), QByteArray("control"));
    QCOMPARE(m_outbox.takeFrame(0), QByteArray("bulk"));
}

void OutboxTest::bulkWaitsForTheChannelToDrain()
{
    add(Plane::Bulk, "bulk");
    QVERIFY(m_outbox.takeFrame(Outbox::bulkMark).isEmpty());
    add(Plane::Control, "control");
    QCOMPARE(m_outbox.takeFrame(Outbox::bulkMark), QByteArray("control"));
    QCOMPARE(m_outbox.takeFrame(Outbox::bulkMark - 1), QByteArray("bulk"));
}

void OutboxTest::nothingGoesToAFullChannel()
{
    add(Plane::Control, "control");
    QVERIFY(m_outbox.takeFrame(Outbox::highMark).isEmpty());
    QCOMPARE(m_outbox.takeFrame(Outbox::highMark - 1), QByteArray("control"));
}

void OutboxTest::creditIsSpentAndGranted()
{
    add(Plane::Control, QByteArray(Outbox::initialCredit, 'x'));
    add(Plane::Control, "more");
    QCOMPARE(m_outbox.takeFrame(0).size(), Outbox::initialCredit);
    QVERIFY(m_outbox.takeFrame(0).isEmpty());
    m_outbox.grant(1);
    QCOMPARE(m_outbox.takeFrame(0), QByteArray("more"));
    QVERIFY(m_outbox.isEmpty());
}

void OutboxTest::aHugeCreditDoesNotOverflow()
{
    m_outbox.grant(~quint64(0));
    m_outbox.grant(~quint64(0));
    add(Plane::Control, "still sent");
    QCOMPARE(m_outbox.takeFrame(0), QByteArray("still sent"));
}

DROVER_TEST_MAIN(OutboxTest)
#include "tst_outbox.moc"
