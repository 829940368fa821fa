// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/caller.h"

#include "task/command.h"
#include "task/summary.h"

namespace drover {

Caller::Caller() : m_codecs(std::make_shared<Codecs>()) {}

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

Submitted<QVariant> Caller::submit(QAnyStringView function, const QVariantList &arguments, const Options &options)
{
    Submission submission;
    submission.function = function.toString();
    submission.options = options;
    const bool raw = options.isRaw();
    const bool bytes = arguments.size() == 1 && arguments.first().typeId() == QMetaType::QByteArray;
    Result<QByteArray> encoded = !raw ? encodeValue(arguments)
        : bytes                       ? Result<QByteArray>(arguments.first().toByteArray())
                                      : fail(notRaw(submission.function).setCode(ErrorCode::InvalidArgument));
    return Submitted<QVariant>(send(std::move(encoded), std::move(submission), {}));
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

std::shared_ptr<PendingTask> Caller::send(Result<QByteArray> arguments, Submission submission,
                                          std::function<QString()> signature)
{
    submission.id = newId();
    const TaskId id = submission.id;
    const auto refuse = [id](const Error &error) {
        auto task = std::make_shared<PendingTask>(id);
        task->accept(fail(error));
        return task;
    };
    if (!arguments)
        return refuse(arguments.error());
    if (const Result<void> options = submission.options.check(); !options)
        return refuse(options.error());
    const Result<Payload> payload = submission.options.isRaw() ? Result<Payload>(Payload::raw(*arguments))
                                                               : m_codecs->wrap(submission.options.codec(), *arguments);
    if (!payload)
        return refuse(payload.error());
    if (payload->size() > maxInlineValue) {
        return refuse(Error(ErrorCode::TooLarge,
                            QStringLiteral("%1: the arguments are %2 bytes, the limit is %3.")
                                .arg(submission.function)
                                .arg(payload->size())
                                .arg(maxInlineValue)));
    }
    if (submission.summary.isEmpty())
        submission.summary = summaryOf(*arguments, submission.options.isRaw());
    submission.summary = shortened(submission.summary);
    submission.arguments = *payload;
    const std::shared_ptr<PendingTask> task = start(std::move(submission));
    task->callerSignature = std::move(signature);
    task->codecs = m_codecs;
    return task;
}

} // namespace drover
