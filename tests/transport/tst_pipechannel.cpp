// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "channellog.h"
#include "testing/main.h"
#include "transport/pipechannel.h"

#include <QtCore/QProcess>

using namespace drover;

class PipeChannelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_process = std::make_unique<QProcess>(); }
    void cleanup();
    void framesPassThroughAnEcho();
    void largeFramePasses();
    void closeFlushesAndEndsTheInput();
    void deathOfTheProcessIsToldOnce();
    void garbageClosesTheChannel();
    void programThatIsMissingIsTold();
    void abortIsQuiet();
    void mayDieInsideReceived();

private:
    void start(const QString &program, const QStringList &arguments = {})
    {
        m_channel = std::make_unique<PipeChannel>(m_process.get());
        m_process->start(program, arguments);
    }

    std::unique_ptr<QProcess> m_process;
    std::unique_ptr<Channel> m_channel;
};

void PipeChannelTest::cleanup()
{
    m_channel.reset();
    if (m_process->state() != QProcess::NotRunning) {
        m_process->kill();
        m_process->waitForFinished();
    }
}

void PipeChannelTest::framesPassThroughAnEcho()
{
    start(QStringLiteral("cat"));
    ChannelLog log(m_channel.get());
    for (int i = 0; i < 1000; ++i)
        m_channel->send(QByteArray::number(i));
    m_channel->send(QByteArray());
    QTRY_COMPARE(log.frames.size(), 1001);
    for (int i = 0; i < 1000; ++i)
        QCOMPARE(log.frames.at(i), QByteArray::number(i));
    QVERIFY(log.frames.last().isEmpty());
    QVERIFY(log.sentCount > 0);
    QCOMPARE(m_channel->bytesToSend(), 0);
    QVERIFY(m_channel->peerAddress().contains(QString::number(m_process->processId())));
}

void PipeChannelTest::largeFramePasses()
{
    start(QStringLiteral("cat"));
    ChannelLog log(m_channel.get());
    const QByteArray frame(8 * 1024 * 1024, 'x');
    m_channel->send(frame);
    QVERIFY(m_channel->bytesToSend() > frame.size());
    QTRY_COMPARE_WITH_TIMEOUT(log.frames, (QList<QByteArray>{frame}), 20000);
}

void PipeChannelTest::closeFlushesAndEndsTheInput()
{
    start(QStringLiteral("sh"), {QStringLiteral("-c"), QStringLiteral("wc -c >&2")});
    ChannelLog log(m_channel.get());
    m_channel->send(QByteArray(300'000, 'x'));
    m_channel->close();
    m_channel->send("dropped");
    QVERIFY(!m_channel->isOpen());
    QTRY_COMPARE(log.closeCode(), toString(ErrorCode::None));
    QVERIFY(m_process->state() == QProcess::NotRunning || m_process->waitForFinished());
    QCOMPARE(m_process->readAllStandardError().trimmed(), QByteArray("300004"));
}

void PipeChannelTest::deathOfTheProcessIsToldOnce()
{
    start(QStringLiteral("cat"));
    ChannelLog log(m_channel.get());
    m_channel->send("before");
    QTRY_COMPARE(log.frames.size(), 1);
    m_process->kill();
    QTRY_COMPARE(log.closeCode(), toString(ErrorCode::Unavailable));
    QVERIFY(m_process->state() == QProcess::NotRunning || m_process->waitForFinished());
    QCoreApplication::processEvents();
    QCOMPARE(log.closed.size(), 1);
}

void PipeChannelTest::garbageClosesTheChannel()
{
    start(QStringLiteral("sh"),
          {QStringLiteral("-c"), QStringLiteral("printf '\\001\\000\\000\\000xgarbage from a plugin'; exec cat")});
    ChannelLog log(m_channel.get());
    QTRY_COMPARE(log.closeCode(), toString(ErrorCode::TooLarge));
    QCOMPARE(log.frames, (QList<QByteArray>{"x"}));
}

void PipeChannelTest::programThatIsMissingIsTold()
{
    start(QStringLiteral("/nowhere/program"));
    ChannelLog log(m_channel.get());
    QTRY_COMPARE(log.closeCode(), toString(ErrorCode::Unavailable));
}

void PipeChannelTest::abortIsQuiet()
{
    start(QStringLiteral("cat"));
    ChannelLog log(m_channel.get());
    m_channel->abort();
    m_channel->send("dropped");
    QVERIFY(log.closed.isEmpty());
    QTRY_COMPARE(log.closeCode(), toString(ErrorCode::None));
    QVERIFY(log.frames.isEmpty());
}

void PipeChannelTest::mayDieInsideReceived()
{
    start(QStringLiteral("cat"));
    int count = 0;
    connect(m_channel.get(), &Channel::received, this, [&] {
        ++count;
        m_channel.reset();
    });
    m_channel->send("a");
    m_channel->send("b");
    QTRY_VERIFY(!m_channel);
    QCOMPARE(count, 1);
}

DROVER_TEST_MAIN(PipeChannelTest)

#include "tst_pipechannel.moc"
