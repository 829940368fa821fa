// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "linefile.h"

#include <fcntl.h>
#include <unistd.h>

QList<QByteArray> LineFile::next()
{
    if (!m_file.isOpen() && !m_file.open(QFile::ReadOnly))
        return {};
    m_rest += m_file.readAll();
    const qsizetype end = m_rest.lastIndexOf('\n') + 1;
    if (end == 0)
        return {};
    QList<QByteArray> lines = m_rest.first(end - 1).split('\n');
    m_rest.remove(0, end);
    return lines;
}

void LineFile::append(const QString &path, const QByteArray &lines, bool durable)
{
    const int file = ::open(QFile::encodeName(path).constData(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
    bool done = file >= 0 && ::write(file, lines.constData(), size_t(lines.size())) == lines.size();
    done = done && (!durable || ::fsync(file) == 0);
    if (file >= 0)
        ::close(file);
    if (!done)
        qFatal("%s cannot be written", qPrintable(path));
}

void LineFile::cutTornLine(const QString &path)
{
    QFile file(path);
    if (!file.open(QFile::ReadWrite))
        return;
    const qsizetype whole = file.readAll().lastIndexOf('\n') + 1;
    if (whole < file.size())
        file.resize(whole);
}
