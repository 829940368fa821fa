// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/storefile.h"

#include <QtCore/QFile>
#include <QtCore/QSet>
#include <QtCore/QStorageInfo>

#include <cerrno>
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
    static const QSet<QByteArray> remote{"nfs",
                                         "nfs4",
                                         "cifs",
                                         "smb3",
                                         "smbfs",
                                         "ncpfs",
                                         "afs",
                                         "coda",
                                         "9p",
                                         "ceph",
                                         "lustre",
                                         "gpfs",
                                         "gfs2",
                                         "ocfs2",
                                         "beegfs",
                                         "glusterfs",
                                         "davfs",
                                         "fuse.sshfs",
                                         "fuse.davfs",
                                         "fuse.davfs2",
                                         "fuse.glusterfs",
                                         "fuse.ceph",
                                         "fuse.rclone",
                                         "fuse.s3fs",
                                         "fuse.smbnetfs",
                                         "fuse.gvfsd-fuse",
                                         "fuse.juicefs",
                                         "fuse.curlftpfs"};
    const QByteArray type = QStorageInfo(folder).fileSystemType();
    return remote.contains(type) ? QString::fromLatin1(type) : QString();
}

} // namespace drover
