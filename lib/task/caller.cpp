// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/caller.h"

#include "task/command.h"
#include "task/summary.h"

namespace drover {

Caller::Caller() : m_codecs(std::make_shared<Codecs>()) {}

Caller::Caller(std::shared_ptr<Codecs> codecs) : m_codecs(std::move(codecs)) {}

Caller::~Caller() = default;

TaskId Caller::newId()
{
    if (!m_ids)
        m_ids = std::make_unique<IdGenerator>();
    return m_ids->next();
}

void Caller::addCodec(const QString &name, Codecs::Convert encode, Codecs::Convert decode)
{
    m_codecs->add(name, std::move(encode), std::move(decode));
}

namespace {

Result<QByteArray> encodedByName(const QString &function, const QVariantList &arguments, const Options &options)
{
    if (!options.isRaw())
        return encodeValue(arguments);
    if (arguments.size() == 1 && arguments.first().typeId() == QMetaType::QByteArray)
        return arguments.first().toByteArray();
    return fail(notRaw(function).setCode(ErrorCode::InvalidArgument));
}

} // namespace

Submitted<QVariant> Caller::submit(QAnyStringView function, const QVariantList &arguments, const Options &options)
{
    Submission submission;
    submission.function = function.toString();
    submission.options = options;
    Result<QByteArray> encoded = encodedByName(submission.function, arguments, options);
    return Submitted<QVariant>(send(std::move(encoded), std::move(submission), {}));
}

Result<Submission> Caller::namedCall(const Codecs &codecs, const QString &function, const QVariantList &arguments,
                                     const Options &options)
{
    Submission submission;
    submission.function = function;
    submission.options = options;
    return prepared(codecs, encodedByName(function, arguments, options), std::move(submission));
}

Call<QVariant> Caller::call(QAnyStringView function, const QVariantList &arguments, const Options &options)
{
    return Call<QVariant>(submit(function, arguments, options));
}

Submitted<CommandResult> Caller::submit(const Command &command, const Options &options)
{
    return submit(runCommand, command, options);
}

Call<CommandResult> Caller::call(const Command &command, const Options &options)
{
    return Call<CommandResult>(submit(command, options));
}

Result<Submission> Caller::prepared(const Codecs &codecs, Result<QByteArray> arguments, Submission submission)
{
    if (!arguments)
        return fail(arguments.error());
    if (const Result<void> options = submission.options.check(); !options)
        return fail(options.error());
    Result<Payload> payload = submission.options.isRaw() ? Result<Payload>(Payload::raw(*arguments))
                                                         : codecs.wrap(submission.options.codec(), *arguments);
    if (!payload)
        return fail(payload.error());
    if (quint64(payload->size()) > maxValue) {
        return fail(ErrorCode::TooLarge,
                    QStringLiteral("%1: the arguments are %2 bytes, the limit is %3.")
                        .arg(submission.function)
                        .arg(payload->size())
                        .arg(maxValue));
    }
    if (submission.summary.isEmpty())
        submission.summary = summaryOf(*arguments, submission.options.isRaw());
    submission.summary = shortened(submission.summary);
    submission.arguments = *std::move(payload);
    return submission;
}

std::shared_ptr<PendingTask> Caller::send(Result<QByteArray> arguments, Submission submission,
                                          std::function<QString()> signature)
{
    const TaskId id = newId();
    Result<Submission> ready = prepared(*m_codecs, std::move(arguments), std::move(submission));
    if (!ready) {
        auto task = std::make_shared<PendingTask>(id);
        task->accept(fail(ready.error()));
        return task;
    }
    ready->id = id;
    const std::shared_ptr<PendingTask> task = start(*std::move(ready));
    task->callerSignature = std::move(signature);
    task->codecs = m_codecs;
    return task;
}

} // namespace drover
