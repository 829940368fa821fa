// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/signals.h"
#include "cli/verb.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QTimer>

#include <algorithm>

namespace drover::cli {

namespace {

constexpr const Verb *table[] = {&runVerb,    &callVerb,    &submitVerb,  &waitVerb,     &showVerb,
                                 &cancelVerb, &workersVerb, &statusVerb,  &discoverVerb, &trustVerb,
                                 &workerVerb, &brokerVerb,  &executorVerb};

QString overview()
{
    QString text = QStringLiteral("Usage: drover VERB [OPTIONS] [ARGUMENTS]\n\n"
                                  "Spreads commands and functions over the machines of a LAN.\n\nVerbs:\n");
    for (const Verb *verb : table) {
        if (!verb->isHidden)
            text += QStringLiteral("  %1 %2\n")
                        .arg(QString::fromLatin1(verb->name), -10)
                        .arg(QString::fromUtf8(verb->summary));
    }
    return text
        + QStringLiteral(
               "\n`drover VERB --help` tells more. Exit codes: 0 success, 1 the task failed (run: the command's own code),\n"
               "2 usage, 124 time-out, 125 Drover itself failed, 126 not runnable, 127 not found, 130 interrupted.");
}

QString helpOf(const Verb &verb, const QCommandLineParser &parser)
{
    QString text = parser.helpText();
    const qsizetype options = text.indexOf(QLatin1String("\nOptions:"));
    return QStringLiteral("Usage: drover %1 [OPTIONS] %2\n\n%3\n")
               .arg(QString::fromLatin1(verb.name), QString::fromUtf8(verb.arguments), QString::fromUtf8(verb.summary))
        + (options < 0 ? QString() : text.sliced(options).trimmed().prepend(u'\n'));
}

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
    declareCommon(parser);
    verb.declare(parser);
    Shell shell(parser);
    if (!parser.parse(arguments)) {
        shell.complain(parser.errorText()
                       + QStringLiteral(" See `drover %1 --help`.").arg(QString::fromLatin1(verb.name)));
        return UsageError;
    }
    if (parser.isSet(QStringLiteral("help"))) {
        shell.print(helpOf(verb, parser));
        return Success;
    }
    if (verb.runAlone)
        return verb.runAlone(shell);
    QTimer::singleShot(0, qApp, [&verb, &shell] { perform(verb, shell); });
    return QCoreApplication::exec();
}

} // namespace

std::span<const Verb *const> verbs()
{
    return table;
}

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
    const auto verb =
        std::ranges::find_if(verbs(), [&words](const Verb *known) { return words[1] == QLatin1String(known->name); });
    if (verb == verbs().end()) {
        shell.complain(QStringLiteral("there is no verb \"%1\"; `drover --help` lists them").arg(words[1]));
        return UsageError;
    }
    QStringList rest = words;
    rest.removeAt(1);
    return start(**verb, rest);
}
