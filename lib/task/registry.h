// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "task/callable.h"
#include "task/context.h"

namespace drover {

//! The functions that can be run in this process: a worker's, or an application's own. Independent of other registries.
//! `registry.add(power, [](int a, int b) { ... })`. Used in one thread at a time.
//!
//! A Caller of its own functions: call() runs them at once, through the same encoding and decoding as a remote call.
class DROVER_CORE_EXPORT Registry : private Caller
{
public:
    //! What is to be told, exactly once, when an invocation has ended.
    using Done = std::function<void(Outcome)>;

    Registry();
    ~Registry() override;

    //! Runs \a callable for \a function: a plain function, a lambda, a functor or a QCoro coroutine, each with a
    //! `drover::Context &` before its parameters when it likes. It returns R, Result<R>, QCoro::Task<R> or
    //! QCoro::Task<Result<R>>, or what converts to R. An exception becomes an Error with its type's name and text.
    //! A later callable of the same name replaces the earlier.
    template <typename R, typename... P, typename C> void add(const Function<R(P...)> &function, C callable)
    {
        insert(function.signature(), makeCallable(function, std::move(callable)));
    }

    bool contains(const QString &function) const;
    QList<Signature> signatures() const; //!< sorted by name
    std::optional<Signature> signature(const QString &function) const;

    //! The one way a function is run. \a signatureHash 0 is not checked. \a context may be null, then nested calls run
    //! in this registry. A callable that is no coroutine has ended, and \a done was called, when this returns.
    //! Errors: NotFound; TaskFailed with Reason::Rejected for arguments or a signature that do not fit.
    void invoke(const QString &function, quint64 signatureHash, const Payload &arguments,
                std::shared_ptr<Context> context, Done done) const;

    using Caller::addCodec;
    using Caller::call;

private:
    struct Entry
    {
        Signature signature;
        quint64 hash;
        Callable callable;
    };
    struct Table;
    class LocalPort;

    void insert(Signature signature, Callable callable);
    std::shared_ptr<PendingTask> start(Submission submission) override;

    std::shared_ptr<Table> m_table;
};

} // namespace drover
