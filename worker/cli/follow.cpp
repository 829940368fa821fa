// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/follow.h"

#include "cli/verb.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QTimer>

#include <cstdlib>

namespace drover::cli {

namespace {

QVariant valueOf(const QString &word)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson("[" + word.toUtf8() + "]", &error);
    if (error.error != QJsonParseError::NoError || document.array().size() != 1)
        return word;
    const QJsonValue value = document.array().first();
    if (value.isDouble() && value.toDouble() == double(value.toInteger()))
        return value.toInteger();
    return value.toVariant();
}

//! The name of a piece in JSON; empty for one that is not shown.
QString kindOf(const StreamItem &item)
{
    switch (item.kind) {
    case StreamItem::Output: return QStringLiteral("output");
    case StreamItem::ErrorOutput: return QStringLiteral("errorOutput");
    case StreamItem::Log: return QStringLiteral("log");
    case StreamItem::Lost: return QStringLiteral("lost");
    default: return {};
    }
}

} // namespace

QCoro::Task<Result<QVariantList>> argumentsOf(Shell &shell, QString function, QStringList words)
{
    const Result<QList<AvailableFunction>> offered = co_await shell.client().functions(function);
    if (!offered)
        co_return Result<QVariantList>(fail(offered.error()));
    if (!offered->isEmpty())
        co_return offered->constFirst().signature.parse(words);
    QVariantList values;
    for (const QString &word : words)
        values.append(valueOf(word));
    co_return Result<QVariantList>(values);
}

Answer<QList<QByteArray>> rowsOf(Client &client, LiveTable table)
{
    Answer<QList<QByteArray>> answer;
    QObject::connect(client.backend(), &Backend::tableReset, client.backend(),
                     [table, tell = answer.sink()](LiveTable which, const QList<QByteArray> &rows) {
                         if (which == table)
                             tell(rows);
                     });
    client.backend()->subscribe(table);
    return answer;
}

Interruptible::Interruptible(Shell &shell, std::shared_ptr<PendingTask> task)
{
    QObject::connect(&m_signals, &Signals::asked, &m_signals, [this, &shell, task](int count) {
        m_interrupted = true;
        if (count > 1)
            std::_Exit(Interrupted);
        shell.complain(QStringLiteral("cancelling %1; once more to leave at once").arg(task->id().toString()));
        task->cancel();
    });
}

Interruptible::~Interruptible() = default;

OutputPrinter::OutputPrinter(Shell &shell, TaskHandle *handle, bool logs)
    : QObject(handle), m_shell(shell), m_logs(logs)
{
    connect(handle, &TaskHandle::received, this,
            [this](quint32 attempt, const QList<StreamItem> &items, bool end) { print(attempt, items, end); });
    handle->openStream();
}

void OutputPrinter::print(quint32 attempt, const QList<StreamItem> &items, bool end)
{
    if (std::exchange(m_attempt, attempt) != attempt)
        m_written[0] = m_written[1] = 0;
    for (const StreamItem &item : items) {
        if (!m_shell.wantsJson())
            print(item);
        else if (const QString kind = kindOf(item); !kind.isEmpty())
            m_shell.print(
                QJsonObject{{QStringLiteral("attempt"), qint64(attempt)}, {kind, toJson(QVariant(item.data))}});
        m_done |= item.kind == StreamItem::End;
    }
    m_done |= end;
    if (!m_done)
        return;
    const QPointer<OutputPrinter> alive(this);
    m_answer.sink()({});
    if (alive)
        Q_EMIT done();
}

void OutputPrinter::write(int stream, const QByteArray &bytes)
{
    m_written[stream] += bytes.size();
    stream == 0 ? Shell::writeOutput(bytes) : Shell::writeErrorOutput(bytes);
}

void OutputPrinter::complete(const CommandResult &result) const
{
    if (!m_cut)
        return;
    if (m_hasGaps || result.isOutputTruncated())
        return m_shell.complain(QStringLiteral("the rest of the output is gone"));
    Shell::writeOutput(result.output().mid(m_written[0]));
    Shell::writeErrorOutput(result.errorOutput().mid(m_written[1]));
}

void OutputPrinter::print(const StreamItem &item)
{
    switch (item.kind) {
    case StreamItem::Output: return write(0, item.data);
    case StreamItem::ErrorOutput: return write(1, item.data);
    case StreamItem::Log: {
        const QByteArray line = printable(QString::fromUtf8(item.data)).toUtf8() + '\n';
        return m_logs ? Shell::writeOutput(line) : Shell::writeErrorOutput(line);
    }
    case StreamItem::Lost:
        m_cut |= item.data == "0";
        m_hasGaps |= item.data != "0";
        if (item.data != "0")
            m_shell.complain(QStringLiteral("%1 pieces of output were lost").arg(QString::fromUtf8(item.data)));
        return;
    case StreamItem::Progress:
    case StreamItem::Value:
    case StreamItem::End: break;
    }
}

Answer<void> OutputPrinter::finished(Milliseconds patience)
{
    QTimer::singleShot(patience, this, [this] { m_answer.sink()({}); });
    return m_answer;
}

} // namespace drover::cli
