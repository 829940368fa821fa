// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/verb.h"

#include "support/fingerprint.h"
#include "trust/identity.h"
#include "trust/truststore.h"

#include <QtCore/QDateTime>

namespace drover::cli {

namespace {

void declare(OptionList &options)
{
    options.addOptions({
        {QStringLiteral("worker"), Client::tr("The list of this machine's worker instead of that of its user.")},
        {QStringLiteral("both"), Client::tr("Both lists.")},
        {QStringLiteral("roles"),
         Client::tr("What the key may do: observe, submit, command, work, admin, with commas."),
         QStringLiteral("roles"), QStringLiteral("submit,command")},
        {QStringLiteral("name"), Client::tr("What to call it."), QStringLiteral("name")},
    });
}

Unexpected<Error> usage(const QStringList &words)
{
    return fail(
        ErrorCode::InvalidArgument,
        QStringLiteral("give `list`, `add FINGERPRINT` or `remove FINGERPRINT`, got \"%1\"; a fingerprint is what "
                       "`drover trust list` shows there")
            .arg(words.join(u' ')));
}

void print(Shell &shell, const QString &list, const TrustEntry &entry)
{
    if (shell.wantsJson())
        shell.print(QJsonObject{{QStringLiteral("list"), list},
                                {QStringLiteral("fingerprint"), QString::fromLatin1(entry.fingerprint.toHex())},
                                {QStringLiteral("name"), entry.name},
                                {QStringLiteral("roles"), toString(entry.roles)}});
    else
        shell.print(QStringLiteral("%1  %2  %3  %4")
                        .arg(list, -6)
                        .arg(fingerprintText(entry.fingerprint))
                        .arg(toString(entry.roles), -14)
                        .arg(entry.name));
}

Result<void> list(Shell &shell, const QString &home, const QStringList &lists)
{
    for (const QString &name : lists) {
        const auto own = Identity::loadOrCreate(identityFolder(home), name);
        const auto entries = TrustStore(trustFile(home, name)).list();
        if (!own || !entries)
            return fail(!own ? own.error() : entries.error());
        TrustEntry self{own->fingerprint(), QStringLiteral("(the key of this %1)").arg(name), {}, 0};
        print(shell, name, self);
        for (const TrustEntry &entry : *entries)
            print(shell, name, entry);
    }
    return {};
}

Result<void> add(Shell &shell, const QString &home, const QStringList &lists, const QString &text)
{
    const auto fingerprint = fingerprintFromText(text);
    const auto roles = rolesFromString(shell.value(QStringLiteral("roles")));
    if (!fingerprint || !roles)
        return fail(!fingerprint ? fingerprint.error() : roles.error());
    for (const QString &name : lists) {
        const TrustEntry entry{*fingerprint, shell.value(QStringLiteral("name")), *roles,
                               QDateTime::currentMSecsSinceEpoch()};
        if (const auto done = TrustStore(trustFile(home, name)).add(entry); !done)
            return done;
        print(shell, name, entry);
    }
    return {};
}

Result<void> remove(Shell &shell, const QString &home, const QStringList &lists, const QString &text)
{
    for (const QString &name : lists) {
        const auto removed = TrustStore(trustFile(home, name)).remove(text);
        if (!removed)
            return fail(removed.error());
        print(shell, name, *removed);
    }
    return {};
}

Result<void> execute(Shell &shell)
{
    const QStringList words = shell.arguments();
    const auto home = shell.home();
    if (!home)
        return fail(home.error());
    if (const auto done = introduce(*home); !done)
        return done;
    QStringList lists{shell.isSet(QStringLiteral("worker")) ? QStringLiteral("worker") : QStringLiteral("user")};
    if (shell.isSet(QStringLiteral("both")))
        lists = {QStringLiteral("user"), QStringLiteral("worker")};
    const QString action = words.value(0, QStringLiteral("list"));
    if (action == QLatin1String("list") && words.size() <= 1) {
        if (!shell.isSet(QStringLiteral("worker")))
            lists = {QStringLiteral("user"), QStringLiteral("worker")};
        return list(shell, *home, lists);
    }
    const QString text = words.mid(1).join(QString());
    if (action == QLatin1String("add") && !text.isEmpty())
        return add(shell, *home, lists, text);
    if (action == QLatin1String("remove") && !text.isEmpty())
        return remove(shell, *home, lists, text);
    return usage(words);
}

QCoro::Task<int> run(Shell &shell)
{
    const Result<void> done = execute(shell);
    co_return done ? int(Success) : shell.failed(done.error());
}

} // namespace

const Verb trustVerb{
    .name = "trust",
    .arguments = "[list | add FINGERPRINT | remove FINGERPRINT]",
    .summary = "Says whose keys are trusted, and for what",
    .description =
        "Without an argument it lists the keys of this user and of this machine's workers. A change takes effect "
        "at once, also for sessions that are open.",
    .examples = {{"drover trust", "Lists all keys, the own ones first."},
                 {"drover trust add FINGERPRINT --name ann --roles submit", "Lets ann call functions."}},
    .needsBroker = false,
    .declare = declare,
    .run = run};

} // namespace drover::cli
