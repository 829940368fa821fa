// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/storefile.h"

#include <QtCore/QSet>
#include <QtCore/QStorageInfo>

namespace drover {

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
