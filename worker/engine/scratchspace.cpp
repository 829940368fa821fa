// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/scratchspace.h"

#include "support/logging.h"

#include <QtCore/QDir>

namespace drover {

namespace {

constexpr auto lockSuffix = QLatin1String(".lock");

std::unique_ptr<QLockFile> lockOf(const QString &folder)
{
    auto lock = std::make_unique<QLockFile>(folder + lockSuffix);
    lock->setStaleLockTime(0); // its age says nothing, the death of its process does
    return lock;
}

} // namespace

ScratchSpace::ScratchSpace(const QString &home, const QString &name)
{
    const QString parent = home + QStringLiteral("/scratch");
    const QString path = parent + QLatin1Char('/') + name;
    QDir().mkpath(parent);
    QFile::setPermissions(parent, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    sweep(parent);
    m_lock = lockOf(path);
    if (m_lock->tryLock(0) && QDir().mkpath(path))
        m_folder = ScratchFolder(path);
    else
        qCWarning(logWorker).noquote() << path << "cannot be made: this worker takes no large values";
}

ScratchSpace::~ScratchSpace()
{
    if (!m_folder.isEmpty())
        QDir(m_folder.path()).removeRecursively();
}

void ScratchSpace::sweep(const QString &parent)
{
    const QStringList names = QDir(parent).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &name : names) {
        const QString path = parent + QLatin1Char('/') + name;
        if (const auto lock = lockOf(path); lock->tryLock(0))
            QDir(path).removeRecursively();
    }
}

} // namespace drover
