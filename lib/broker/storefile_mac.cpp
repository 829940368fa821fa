// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/storefile.h"

#include <QtCore/QFile>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/param.h>
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

QString networkFileSystem(const QString &folder)
{
    struct statfs info;
    if (::statfs(QFile::encodeName(folder).constData(), &info) != 0 || (info.f_flags & MNT_LOCAL))
        return {};
    return QString::fromLatin1(info.f_fstypename);
}

} // namespace drover
