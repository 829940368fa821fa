// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/logfile.h"

#include <QtCore/QFile>
#include <QtCore/QLoggingCategory>
#include <QtCore/QMutex>

#include <cstdio>

namespace drover::cli {

namespace {

QBasicMutex mutex;
FILE *output = nullptr;

void write(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    const QByteArray line = qFormatLogMessage(type, context, text).toUtf8() + '\n';
    const QMutexLocker lock(&mutex);
    std::fwrite(line.constData(), 1, size_t(line.size()), output);
    std::fflush(output);
}

} // namespace

Result<void> logToFile(const QString &file)
{
    qSetMessagePattern(QStringLiteral(
        "%{time yyyy-MM-dd HH:mm:ss.zzz} %{if-warning}warning %{endif}%{if-critical}error %{endif}%{category}: %{message}"));
    if (file.isEmpty())
        return {};
    output = std::fopen(QFile::encodeName(file).constData(), "a");
    if (!output)
        return fail(ErrorCode::StorageFailed,
                    QStringLiteral("The log %1 cannot be opened for writing; give another one with --log.").arg(file));
    qInstallMessageHandler(write);
    return {};
}

} // namespace drover::cli
