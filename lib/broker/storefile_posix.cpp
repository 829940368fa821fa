// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/storefile.h"

#include <QtCore/QFile>

#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace drover {

namespace {

class DescriptorLock final : public FileLock
{
public:
    explicit DescriptorLock(int descriptor) : m_descriptor(descriptor) {}
    ~DescriptorLock() override { ::close(m_descriptor); }

private:
    int m_descriptor;
};

//! A process that has ended, and whose parent has not asked how, is there without living.
bool isZombie(qint64 process)
{
    QFile status(QStringLiteral("/proc/%1/stat").arg(process));
    if (!status.open(QFile::ReadOnly))
        return false;
    const QByteArray line = status.readAll();
    return line.mid(line.lastIndexOf(')') + 2, 1) == "Z";
}

QString firstLine(int descriptor)
{
    char text[32];
    const ssize_t size = ::pread(descriptor, text, sizeof text, 0);
    return size > 0 ? QString::fromLatin1(text, size).trimmed() : QString();
}

void sign(int descriptor)
{
    const QByteArray line = QByteArray::number(qint64(::getpid())) + '\n';
    // only for the message that another process shows: the lock holds without it
    if (::ftruncate(descriptor, 0) != 0
        || ::pwrite(descriptor, line.constData(), size_t(line.size()), 0) != line.size())
        return;
}

} // namespace

Result<std::unique_ptr<FileLock>> FileLock::take(const QString &path)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return fail(lockFileError(path, QString::fromLocal8Bit(std::strerror(errno))));
    std::unique_ptr<FileLock> lock = std::make_unique<DescriptorLock>(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0)
        return fail(lockHeldError(path, firstLine(descriptor)));
    sign(descriptor);
    return lock;
}

bool FileLock::isHeld(const QString &path)
{
    QFile file(path);
    return file.open(QFile::ReadOnly) && isRunning(file.readLine(32).trimmed().toLongLong());
}

bool isRunning(qint64 process)
{
    return process > 0 && (::kill(pid_t(process), 0) == 0 || errno == EPERM) && !isZombie(process);
}

} // namespace drover
