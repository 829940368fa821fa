// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/completions.h"
#include "cli/roff.h"
#include "cli/verb.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>

namespace drover::cli {

namespace {

void declare(OptionList &options)
{
    options.addOption({QStringLiteral("into"),
                       Client::tr("Write all pages to FOLDER/man and the completions to FOLDER/completions."),
                       QStringLiteral("folder")});
}

Result<void> write(const QString &path, const QString &text)
{
    QFile file(path);
    const QByteArray bytes = text.toUtf8();
    if (!QDir().mkpath(QFileInfo(path).path()) || !file.open(QFile::WriteOnly) || file.write(bytes) != bytes.size())
        return fail(ErrorCode::StorageFailed, QStringLiteral("%1 cannot be written: %2").arg(path, file.errorString()));
    return {};
}

Result<void> writeAll(const QString &folder)
{
    QList<std::pair<QString, QString>> files{{QStringLiteral("man/drover.1"), mainPage()}};
    for (const Verb *verb : verbs()) {
        if (!verb->isHidden)
            files.append({QStringLiteral("man/drover-%1.1").arg(QString::fromLatin1(verb->name)), pageOf(*verb)});
    }
    for (const CompletionFile &file : completionFiles())
        files.append({QStringLiteral("completions/") + file.fileName, file.script()});
    for (const auto &[name, text] : std::as_const(files)) {
        if (const auto done = write(folder + u'/' + name, text); !done)
            return done;
    }
    return {};
}

//! The table itself, for tests.
QJsonObject toJson(const Verb &verb)
{
    QJsonArray options;
    for (const QCommandLineOption &option : optionsOf(verb))
        options.append(option.names().last());
    return {{QStringLiteral("name"), QString::fromLatin1(verb.name)},
            {QStringLiteral("arguments"), QString::fromUtf8(verb.arguments)},
            {QStringLiteral("hidden"), verb.isHidden},
            {QStringLiteral("needsBroker"), verb.needsBroker},
            {QStringLiteral("options"), options}};
}

int run(Shell &shell)
{
    if (shell.wantsJson()) {
        for (const Verb *verb : verbs())
            shell.print(toJson(*verb));
        return Success;
    }
    if (const QString folder = shell.value(QStringLiteral("into")); !folder.isEmpty()) {
        const Result<void> done = writeAll(folder);
        return done ? int(Success) : shell.failed(done.error());
    }
    const QString name = shell.arguments().value(0);
    const Verb *verb = findVerb(name);
    if (!name.isEmpty() && !verb)
        return shell.failed(Error(ErrorCode::InvalidArgument, QStringLiteral("there is no verb \"%1\"").arg(name)));
    Shell::writeOutput((verb ? pageOf(*verb) : mainPage()).toUtf8());
    return Success;
}

} // namespace

const Verb manualVerb{.name = "manual",
                      .arguments = "[VERB]",
                      .summary = "Prints the manual page of a verb, for man",
                      .completes = Words::Verbs,
                      .isHidden = true,
                      .needsBroker = false,
                      .declare = declare,
                      .runAlone = run};

} // namespace drover::cli
