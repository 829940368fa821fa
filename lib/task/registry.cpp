// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/registry.h"

#include <QtCore/QMap>

namespace drover {

struct Q_DECL_HIDDEN Registry::Table
{
    QMap<QString, std::shared_ptr<const Entry>> entries;
    std::shared_ptr<const Codecs> codecs;

    void invoke(const std::shared_ptr<const Table> &self, const QString &function, quint64 hash,
                const Payload &arguments, std::shared_ptr<Context> context, Done done) const;
};

//! Runs nested calls in the same registry, at once.
class Q_DECL_HIDDEN Registry::LocalPort final : public ContextPort
{
public:
    explicit LocalPort(std::shared_ptr<const Table> table) : m_table(std::move(table)) {}
    void report(StreamItem) override {}
    std::shared_ptr<PendingTask> start(Submission submission) override { return run(m_table, std::move(submission)); }

    static std::shared_ptr<PendingTask> run(const std::shared_ptr<const Table> &table, Submission submission)
    {
        auto task = std::make_shared<PendingTask>(submission.id);
        task->accept();
        auto context = std::make_shared<Context>(submission.id, 0, 1, std::make_shared<LocalPort>(table));
        table->invoke(table, submission.function, submission.signatureHash, submission.arguments, std::move(context),
                      [task](Outcome outcome) { task->complete(std::move(outcome), true); });
        return task;
    }

private:
    std::shared_ptr<const Table> m_table;
};

Registry::Registry() : m_table(std::make_shared<Table>())
{
    m_table->codecs = codecs();
}

Registry::~Registry() = default;

void Registry::insert(Signature signature, Callable callable)
{
    const QString name = signature.function();
    const quint64 hash = signature.hash();
    m_table->entries.insert(name,
                            std::make_shared<const Entry>(Entry{std::move(signature), hash, std::move(callable)}));
}

bool Registry::contains(const QString &function) const
{
    return m_table->entries.contains(function);
}

QList<Signature> Registry::signatures() const
{
    QList<Signature> all;
    for (const auto &entry : std::as_const(m_table->entries))
        all.append(entry->signature);
    return all;
}

std::optional<Signature> Registry::signature(const QString &function) const
{
    const auto entry = m_table->entries.value(function);
    return entry ? std::optional(entry->signature) : std::nullopt;
}

void Registry::invoke(const QString &function, quint64 signatureHash, const Payload &arguments,
                      std::shared_ptr<Context> context, Done done) const
{
    m_table->invoke(m_table, function, signatureHash, arguments, std::move(context), std::move(done));
}

void Registry::Table::invoke(const std::shared_ptr<const Table> &self, const QString &function, quint64 hash,
                             const Payload &arguments, std::shared_ptr<Context> context, Done done) const
{
    if (!context)
        context = std::make_shared<Context>(TaskId(), 0, 1, std::make_shared<LocalPort>(self));
    const auto finish = [done = std::move(done), id = context->taskId(),
                         attempt = context->attempt()](Outcome outcome) {
        if (!outcome && outcome.error().taskId().isNull())
            outcome.error().setTask(id, attempt);
        done(std::move(outcome));
    };
    const std::shared_ptr<const Entry> entry = entries.value(function);
    if (!entry)
        return finish(fail(ErrorCode::NotFound, QStringLiteral("There is no function \"%1\" here.").arg(function)));
    if (hash != 0 && hash != entry->hash) {
        const QString own = entry->signature.toString();
        return finish(fail(
            Error(Reason::Rejected, QStringLiteral("The workers have another signature of %1: %2.").arg(function, own))
                .setDetail(QStringLiteral("workerSignature"), own)));
    }
    const bool raw = arguments.type() == ContentType::Raw;
    const Result<QByteArray> bytes = raw ? arguments.inlineBytes() : codecs->unwrap(arguments);
    if (!bytes)
        return finish(
            fail(Error(bytes.error()).setMessage(QStringLiteral("%1: %2").arg(function, bytes.error().message()))));
    const auto encode = [finish, codecs = codecs, codec = arguments.codec()](Result<QByteArray> result, bool isRaw) {
        if (!result)
            return finish(fail(result.error()));
        finish(isRaw ? Outcome(Payload::raw(*std::move(result))) : codecs->wrap(codec, *result));
    };
    entry->callable({*bytes, raw, std::move(context), encode});
}

std::shared_ptr<PendingTask> Registry::start(Submission submission)
{
    return LocalPort::run(m_table, std::move(submission));
}

} // namespace drover
