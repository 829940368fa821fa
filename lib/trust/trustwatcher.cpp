// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "trust/trustwatcher.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QFileSystemWatcher>

namespace drover {

struct Q_DECL_HIDDEN TrustWatcher::Private
{
    QString file;
    QByteArray content;
    QFileSystemWatcher watcher;

    QByteArray read() const
    {
        QFile source(file);
        return source.open(QFile::ReadOnly) ? source.readAll() : QByteArray();
    }

    // The folder tells of files that are replaced, the file itself of writes in place; a replaced file is a new one.
    void watchFile()
    {
        if (!watcher.files().contains(file) && QFile::exists(file))
            watcher.addPath(file);
    }
};

TrustWatcher::TrustWatcher(const QString &file, QObject *parent) : QObject(parent), d(std::make_unique<Private>())
{
    d->file = QFileInfo(file).absoluteFilePath();
    const QString folder = QFileInfo(file).absolutePath();
    QDir().mkpath(folder);
    d->watcher.addPath(folder);
    d->watchFile();
    d->content = d->read();
    const auto look = [this] {
        d->watchFile();
        QByteArray content = d->read();
        if (content == d->content)
            return;
        d->content = std::move(content);
        Q_EMIT changed();
    };
    connect(&d->watcher, &QFileSystemWatcher::directoryChanged, this, look);
    connect(&d->watcher, &QFileSystemWatcher::fileChanged, this, look);
}

TrustWatcher::~TrustWatcher() = default;

} // namespace drover
