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

OutputPrinter::OutputPrinter(TaskHandle *handle) : QObject(handle)
{
    connect(handle, &TaskHandle::received, this,
            [this](quint32, const QList<StreamItem> &items, bool end) { print(items, end); });
    handle->openStream();
}

void OutputPrinter::print(const QList<StreamItem> &items, bool end)
{
    for (const StreamItem &item : items) {
        switch (item.kind) {
        case StreamItem::Output: Shell::writeOutput(item.data); break;
        case StreamItem::ErrorOutput: Shell::writeErrorOutput(item.data); break;
        case StreamItem::Log: Shell::writeErrorOutput(printable(QString::fromUtf8(item.data)).toUtf8() + '\n'); break;
        case StreamItem::Lost: Shell::writeErrorOutput("drover: " + item.data + " pieces of output were lost\n"); break;
        case StreamItem::Progress:
        case StreamItem::Value:
        case StreamItem::End: break;
        }
        m_done |= item.kind == StreamItem::End;
    }
    m_done |= end;
    if (m_done)
        m_answer.sink()({});
}

Answer<void> OutputPrinter::finished(Milliseconds patience)
{
    QTimer::singleShot(patience, this, [this] { m_answer.sink()({}); });
    return m_answer;
}

} // namespace drover::cli
