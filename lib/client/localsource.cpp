// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/localsource.h"

#include "broker/address.h"
#include "support/logging.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFileInfo>
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>

namespace drover {

namespace {

constexpr qint64 patienceMs = 5000; //!< a broker that was started is given so long before the next is tried

} // namespace

Result<QString> droverProgram()
{
    const QString chosen = qEnvironmentVariable("DROVER_PROGRAM");
    if (!chosen.isEmpty())
        return chosen;
    const QString beside =
        QStandardPaths::findExecutable(QStringLiteral("drover"), {QCoreApplication::applicationDirPath()});
    if (!beside.isEmpty())
        return beside;
    const QString onPath = QStandardPaths::findExecutable(QStringLiteral("drover"));
    if (!onPath.isEmpty())
        return onPath;
    return fail(
        ErrorCode::NotFound,
        QStringLiteral(
            "The program drover, which starts a broker, is neither in %1 nor on the PATH; set DROVER_PROGRAM to it.")
            .arg(QCoreApplication::applicationDirPath()));
}

LocalSource::LocalSource(const QString &home, const TlsIdentity &identity, bool starts, QObject *parent)
    : ChannelSource(parent), m_home(home), m_fingerprint(identity.fingerprint()), m_starts(starts),
      m_dialer(
          identity,
          [this](const QByteArray &peer) { return peer == m_fingerprint ? Verdict::Accept : Verdict::Refuse; },
          [this] { return where(); }, this)
{
    connect(&m_dialer, &Dialer::opened, this, &LocalSource::opened);
    connect(&m_dialer, &Dialer::failed, this, [this](const Error &error, Milliseconds pause) {
        const auto started = m_starts ? startBroker() : Result<void>();
        Q_EMIT failed(started ? error : started.error(), pause);
    });
}

void LocalSource::start()
{
    m_dialer.start();
}

void LocalSource::stop()
{
    m_dialer.stop();
}

Result<Target> LocalSource::where()
{
    const auto address = BrokerAddress::read(m_home);
    if (!address)
        return fail(address.error());
    return Target{{address->host}, address->port};
}

Result<void> LocalSource::startBroker()
{
    if (m_sinceStart.isValid() && m_sinceStart.elapsed() < patienceMs)
        return {};
    const auto program = droverProgram();
    if (!program)
        return fail(program.error());
    m_sinceStart.start();
    QProcess process;
    process.setProgram(*program);
    process.setArguments({QStringLiteral("broker"), QStringLiteral("--home"), m_home, QStringLiteral("--log"),
                          m_home + QStringLiteral("/broker.log")});
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    if (!process.startDetached())
        return fail(ErrorCode::Unavailable,
                    QStringLiteral("%1 cannot be started: %2").arg(*program, process.errorString()));
    qCInfo(logClient).noquote() << "started a broker for" << m_home;
    return {};
}

} // namespace drover
