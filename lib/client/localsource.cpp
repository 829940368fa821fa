// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/localsource.h"

#include "support/logging.h"
#include "support/program.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QProcess>

namespace drover {

namespace {

constexpr Milliseconds lookPeriod{50}; // at the address, while a broker comes up
constexpr char defaultIdleExit[] = "10m";

} // namespace

LocalSource::LocalSource(const QString &home, const TlsIdentity &identity, bool starts, QObject *parent)
    : ChannelSource(parent), m_home(QDir(home).absolutePath()), m_fingerprint(identity.fingerprint()), m_starts(starts),
      m_dialer(
          identity,
          [this](const QByteArray &peer) { return peer == m_fingerprint ? Verdict::Accept : Verdict::Refuse; },
          [this] { return where(); }, this)
{
    connect(&m_look, &QTimer::timeout, this, &LocalSource::look);
    connect(&m_dialer, &Dialer::opened, this, [this](Channel *channel) {
        m_look.stop();
        m_starting.reset();
        m_decision.opened();
        m_hadChannel = true;
        Q_EMIT opened(channel);
    });
    connect(&m_dialer, &Dialer::failed, this, &LocalSource::roundFailed);
}

void LocalSource::start()
{
    if (std::exchange(m_hadChannel, false))
        m_decision.lost(m_clock.monotonic());
    m_dialer.start();
}

void LocalSource::stop()
{
    m_look.stop();
    m_starting.reset();
    m_dialer.stop();
}

Result<Target> LocalSource::where()
{
    m_dialled = {};
    const auto address = BrokerAddress::read(m_home);
    if (!address)
        return fail(address.error());
    m_dialled = *address;
    return Target{{address->host}, address->port};
}

void LocalSource::roundFailed(const Error &error, Milliseconds pause)
{
    const bool isRefused = refuses(error);
    if (m_starts && !isRefused && m_decision.wantsStart(signs(), m_clock.monotonic())) {
        if (const Result<void> done = startBroker(); !done) {
            Q_EMIT failed(done.error(), pause);
            return;
        }
    }
    if (m_starts && !isRefused)
        m_look.start(lookPeriod);
    Q_EMIT failed(isRefused ? error : explained(error), pause);
}

// A broker that ends closes whoever is on the way in, which looks like distrust from here.
bool LocalSource::refuses(const Error &error) const
{
    const auto address = BrokerAddress::read(m_home);
    return error.code() == ErrorCode::NotTrusted && address && *address == m_dialled && isRunning(m_dialled.pid);
}

Error LocalSource::explained(const Error &error) const
{
    if (m_decision.isStarting(m_clock.monotonic()))
        return Error(ErrorCode::Unavailable,
                     QStringLiteral("The broker that was started does not answer yet; its log is %1.").arg(logFile()))
            .setTransient();
    if (error.code() == ErrorCode::NotTrusted)
        return Error(ErrorCode::Unavailable, QStringLiteral("The broker ended while it was dialled.")).setTransient();
    return error;
}

LocalStart::Signs LocalSource::signs() const
{
    const auto address = BrokerAddress::read(m_home);
    return {(address && isRunning(address->pid)) || FileLock::isHeld(m_home + QStringLiteral("/broker.db.lock"))};
}

// What others have started since the last round is looked for under the lock.
Result<void> LocalSource::startBroker()
{
    if (!m_starting) {
        auto lock = FileLock::take(m_home + QStringLiteral("/broker.start"));
        if (!lock && !lock.error().isTransient())
            return fail(lock.error());
        if (!lock && m_decision.waitsForOther(m_clock.monotonic()))
            return {};
        if (lock)
            m_starting = *std::move(lock);
    }
    const auto address = BrokerAddress::read(m_home);
    if (address && *address != m_dialled && isRunning(address->pid)) {
        m_starting.reset();
        return {};
    }
    return launch();
}

Result<void> LocalSource::launch()
{
    const auto program = droverProgram();
    if (!program)
        return fail(program.error());
    const QString idleExit = qEnvironmentVariable("DROVER_IDLE_EXIT", QString::fromLatin1(defaultIdleExit));
    QProcess process;
    process.setProgram(program->contains(u'/') ? QFileInfo(*program).absoluteFilePath() : *program);
    process.setArguments({QStringLiteral("broker"), QStringLiteral("--home"), m_home, QStringLiteral("--log"),
                          logFile(), QStringLiteral("--idle-exit"), idleExit});
    process.setWorkingDirectory(m_home);
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    if (!process.startDetached())
        return fail(Error(ErrorCode::Unavailable,
                          QStringLiteral("The broker %1 cannot be started: %2").arg(*program, process.errorString()))
                        .setDetail(QStringLiteral("program"), *program));
    m_decision.started(m_clock.monotonic());
    qCInfo(logClient).noquote() << "started a broker for" << m_home;
    return {};
}

// The pauses between rounds grow; a broker that has just come up is dialled at once, and started when its time has come.
void LocalSource::look()
{
    const auto address = BrokerAddress::read(m_home);
    if (address && *address != m_dialled) {
        m_look.stop();
        m_decision.cameUp();
        m_dialer.stop();
        m_dialer.start();
    } else if (m_decision.wantsStart(signs(), m_clock.monotonic()) && !startBroker()) {
        m_look.stop(); // the next round tells why
    }
}

QString LocalSource::logFile() const
{
    return m_home + QStringLiteral("/broker.log");
}

} // namespace drover
