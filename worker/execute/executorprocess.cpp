// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "execute/executorprocess.h"

#include "execute/commandgroup.h"
#include "transport/pipechannel.h"

#include <QtCore/QProcess>
#include <QtCore/QTimer>

namespace drover {

namespace {

using namespace std::chrono_literals;

constexpr auto closePatience = 5s;

} // namespace

struct ExecutorProcess::Private
{
    Private(QString file, QStringList words) : program(std::move(file)), arguments(std::move(words)) {}

    QString program;
    QStringList arguments;
    QProcess process;
    PipeChannel channel{&process};
    QTimer patience;
};

ExecutorProcess::ExecutorProcess(QString program, QStringList arguments, const ScratchFolder &scratch, QObject *parent)
    : Executor(parent), d(std::make_unique<Private>(std::move(program), std::move(arguments)))
{
    d->process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QLatin1String(ScratchFolder::variable), scratch.path());
    d->process.setProcessEnvironment(environment);
    startInOwnGroup(d->process);
    d->patience.setSingleShot(true);
    connect(&d->patience, &QTimer::timeout, this, &ExecutorProcess::kill);
    connect(&d->channel, &Channel::received, this, &Executor::received);
    connect(&d->channel, &Channel::closed, this, [this] { d->patience.start(closePatience); });
    connect(&d->process, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        d->patience.stop();
        const bool crashed = status == QProcess::CrashExit;
        Q_EMIT ended(crashed ? code : 0, crashed ? 0 : code, {});
    });
    connect(&d->process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            QMetaObject::invokeMethod(
                this, [this] { Q_EMIT ended(0, 0, d->process.errorString()); }, Qt::QueuedConnection);
    });
}

ExecutorProcess::~ExecutorProcess()
{
    d->process.disconnect(this);
    if (d->process.state() == QProcess::NotRunning)
        return;
    d->process.kill();
    d->process.waitForFinished();
}

void ExecutorProcess::start()
{
    d->process.start(d->program, d->arguments);
}

void ExecutorProcess::write(QByteArray frame)
{
    d->channel.send(std::move(frame));
}

void ExecutorProcess::close()
{
    flush();
    d->channel.close();
    d->patience.start(closePatience);
}

void ExecutorProcess::kill()
{
    d->process.kill();
}

void ExecutorProcess::suspend(bool on)
{
    suspendGroup(d->process.processId(), on);
}

qint64 ExecutorProcess::processId() const
{
    return d->process.processId();
}

} // namespace drover
