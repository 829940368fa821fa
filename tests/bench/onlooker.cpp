// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "onlooker.h"

#include <QtCore/QCoreApplication>

#include <cstdio>

using namespace drover;

QByteArray Onlooker::lineOf(const BatchInfo &info)
{
    QByteArray line;
    for (const quint64 count : {quint64(info.total), info.submitted, info.succeeded, info.failed, info.revoked})
        line += QByteArray::number(count) + ' ';
    return line + info.name.toUtf8();
}

int Onlooker::watch(const TaskId &id)
{
    Client client(QUrl(QStringLiteral("local:")), ClientSettings().startBroker(false));
    const auto batch = client.attachBatch<int>(id);
    batch.onChanged(&client, [](const BatchInfo &info) {
        std::puts(lineOf(info).constData());
        std::fflush(stdout);
        if (info.finished())
            QCoreApplication::quit();
    });
    return QCoreApplication::exec();
}

Onlooker::Onlooker(const Batch<int> &batch)
{
    batch.onChanged(&m_context, [this](const BatchInfo &info) { m_seen.insert(lineOf(info)); });
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--attach"), batch.id().toString()});
    m_process.waitForReadyRead();
}

QJsonObject Onlooker::compared()
{
    m_process.waitForFinished();
    QList<QByteArray> lines = m_process.readAllStandardOutput().split('\n');
    lines.removeAll(QByteArray());
    qsizetype same = 0;
    for (const QByteArray &line : std::as_const(lines))
        same += m_seen.contains(line);
    return {{QStringLiteral("reports"), lines.size()},
            {QStringLiteral("seenHereToo"), same},
            {QStringLiteral("last"), QString::fromUtf8(lines.isEmpty() ? QByteArray() : lines.last())}};
}
