// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/help.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QTimer>

namespace drover::cli {

namespace {

//! One coroutine for the whole run; the frame outlives the event loop's turn that it began in.
QCoro::Task<> perform(const Verb &verb, Shell &shell)
{
    const int code = co_await verb.run(shell);
    QCoreApplication::exit(code);
}

int start(const Verb &verb, const QStringList &arguments)
{
    QCommandLineParser parser;
    if (verb.takesCommand)
        parser.setOptionsAfterPositionalArgumentsMode(QCommandLineParser::ParseAsPositionalArguments);
    parser.addOptions(optionsOf(verb));
    Shell shell(parser);
    if (!parser.parse(arguments)) {
        shell.complain(parser.errorText()
                       + QStringLiteral(" See `drover %1 --help`.").arg(QString::fromLatin1(verb.name)));
        return UsageError;
    }
    if (parser.isSet(QStringLiteral("help"))) {
        shell.print(helpOf(verb));
        return Success;
    }
    if (!*verb.arguments && !shell.arguments().isEmpty()) {
        shell.complain(QStringLiteral("%1 takes no argument, got \"%2\". See `drover %1 --help`.")
                           .arg(QString::fromLatin1(verb.name), shell.arguments().constFirst()));
        return UsageError;
    }
    if (verb.runAlone)
        return verb.runAlone(shell);
    QTimer::singleShot(0, qApp, [&verb, &shell] { perform(verb, shell); });
    return QCoreApplication::exec();
}

} // namespace

} // namespace drover::cli

int main(int argc, char **argv)
{
    using namespace drover::cli;
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("drover"));
    QCoreApplication::setApplicationVersion(QStringLiteral(DROVER_VERSION));
    const QStringList words = application.arguments();
    QCommandLineParser none;
    Shell shell(none);
    if (words.size() < 2 || words[1] == QLatin1String("--help") || words[1] == QLatin1String("-h")
        || words[1] == QLatin1String("help")) {
        shell.print(overview());
        return words.size() < 2 ? UsageError : Success;
    }
    if (words[1] == QLatin1String("--version")) {
        shell.print(QStringLiteral("drover " DROVER_VERSION));
        return Success;
    }
    const Verb *verb = findVerb(words[1]);
    if (!verb) {
        shell.complain(QStringLiteral("there is no verb \"%1\"; `drover --help` lists them").arg(words[1]));
        return UsageError;
    }
    QStringList rest = words;
    rest.removeAt(1);
    return start(*verb, rest);
}
