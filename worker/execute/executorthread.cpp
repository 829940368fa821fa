// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "execute/executorthread.h"

#include "execute/runner.h"
#include "support/logging.h"
#include "task/registry.h"

#include <QtCore/QThread>

namespace drover {

class ExecutorThread::Thread final : public QThread
{
public:
    Thread(ExecutorThread *owner, EnterFunctions functions, ScratchFolder scratch)
        : m_owner(owner), m_functions(std::move(functions)), m_scratch(std::move(scratch))
    {}

    Result<void> feed(QByteArrayView frame)
    {
        const std::lock_guard lock(m_mutex);
        return m_runner ? m_runner->feed(frame) : Result<void>();
    }
    void stop()
    {
        {
            const std::lock_guard lock(m_mutex);
            if (m_runner)
                m_runner->stopAll();
        }
        quit();
    }

private:
    void run() override;
    void publish(Runner *runner)
    {
        const std::lock_guard lock(m_mutex);
        m_runner = runner;
    }

    ExecutorThread *m_owner; // outlives this
    EnterFunctions m_functions;
    ScratchFolder m_scratch;
    std::mutex m_mutex;
    Runner *m_runner = nullptr;
};

void ExecutorThread::Thread::run()
{
    Registry registry;
    m_functions(registry);
    HostWriter writer([owner = m_owner](const char *from, qsizetype size) {
        QMetaObject::invokeMethod(
            owner,
            [owner, frame = QByteArray(from + HostWriter::lengthSize, size - HostWriter::lengthSize)] {
                if (!owner->m_dead)
                    Q_EMIT owner->received(frame);
            },
            Qt::QueuedConnection);
        return true;
    });
    Runner runner(writer, registry, m_scratch);
    publish(&runner);
    runner.greet();
    runner.offer({}, true);
    exec();
    publish(nullptr);
    writer.flush();
}

ExecutorThread::ExecutorThread(EnterFunctions functions, const ScratchFolder &scratch, QObject *parent)
    : Executor(parent), m_thread(std::make_unique<Thread>(this, std::move(functions), scratch))
{
    m_thread->setObjectName(QStringLiteral("drover executor"));
    connect(m_thread.get(), &QThread::finished, this, [this] {
        if (!std::exchange(m_dead, true))
            Q_EMIT ended(0, 0, {});
    });
}

ExecutorThread::~ExecutorThread()
{
    m_thread->stop();
    m_thread->wait();
}

void ExecutorThread::start()
{
    m_thread->start();
}

void ExecutorThread::close()
{
    m_thread->quit();
}

void ExecutorThread::kill()
{
    m_thread->stop();
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (!std::exchange(m_dead, true))
                Q_EMIT ended(0, 0, {});
        },
        Qt::QueuedConnection);
}

void ExecutorThread::discard()
{
    if (m_thread->isFinished())
        return deleteLater();
    connect(m_thread.get(), &QThread::finished, this, &QObject::deleteLater);
    m_thread->quit();
}

void ExecutorThread::write(QByteArray frame)
{
    if (const Result<void> taken = m_thread->feed(frame); !taken) {
        qCCritical(logExecutor).noquote() << taken.error().message();
        kill();
    }
}

} // namespace drover
