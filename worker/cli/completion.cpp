// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/completions.h"
#include "cli/follow.h"
#include "cli/verb.h"
#include "protocol/rows.h"

namespace drover::cli {

namespace {

void declare(OptionList &options)
{
    options.addOption(
        {QStringLiteral("words"),
         Client::tr("Print the words of this kind instead, one a line: tasks, functions, queues, workers, "
                    "states or verbs."),
         QStringLiteral("kind")});
}

QStringList states()
{
    QStringList names;
    for (int state = 1; state <= int(State::Revoked); ++state)
        names.append(toString(State(state)));
    return names;
}

QStringList verbNames()
{
    QStringList names;
    for (const Verb *verb : verbs()) {
        if (!verb->isHidden)
            names.append(QString::fromLatin1(verb->name));
    }
    return names;
}

template <typename Row> QStringList namesOf(const QList<QByteArray> &rows)
{
    QStringList names;
    for (const QByteArray &row : rows) {
        if (const auto value = decodeRow<Row>(row))
            names.append(value->name);
    }
    return names;
}

QCoro::Task<QStringList> wordsOf(Shell &shell, QString kind)
{
    QStringList words;
    if (kind == QLatin1String("tasks")) {
        const TaskQuery newest;
        const Result<TaskPage> page = co_await shell.client().list(newest);
        for (const TaskInfo &task : page ? page->tasks : QList<TaskInfo>())
            words.append(task.id.toString());
    } else if (kind == QLatin1String("functions")) {
        const Result<QList<AvailableFunction>> functions = co_await shell.client().functions();
        for (const AvailableFunction &function : functions ? *functions : QList<AvailableFunction>())
            words.append(function.signature.function());
    } else {
        const bool queues = kind == QLatin1String("queues");
        const Result<QList<QByteArray>> rows =
            co_await rowsOf(shell.client(), queues ? LiveTable::Queues : LiveTable::Workers);
        if (rows)
            words = queues ? namesOf<QueueInfo>(*rows) : namesOf<WorkerInfo>(*rows);
    }
    co_return words;
}

//! Words that mean something to a shell are left out: a completion must not run what somebody called a queue.
void print(Shell &shell, const QStringList &words)
{
    for (const QString &word : words) {
        const bool isPlain = std::all_of(word.begin(), word.end(), [](QChar c) {
            return c.isLetterOrNumber() || QStringLiteral("._-:@/+").contains(c);
        });
        if (isPlain && !word.isEmpty())
            shell.print(word);
    }
}

QCoro::Task<int> run(Shell &shell)
{
    const QString kind = shell.value(QStringLiteral("words"));
    const QString name = shell.arguments().value(0);
    for (const CompletionFile &file : completionFiles()) {
        if (kind.isEmpty() && file.shell == name) {
            Shell::writeOutput(file.script().toUtf8());
            co_return Success;
        }
    }
    if (kind == QLatin1String("states") || kind == QLatin1String("verbs")) {
        print(shell, kind == QLatin1String("states") ? states() : verbNames());
        co_return Success;
    }
    static const QStringList asked{QStringLiteral("tasks"), QStringLiteral("functions"), QStringLiteral("queues"),
                                   QStringLiteral("workers")};
    if (!asked.contains(kind))
        co_return shell.failed(Error(
            ErrorCode::InvalidArgument,
            kind.isEmpty() ? QStringLiteral("give the name of a shell: bash, zsh or fish, got \"%1\"").arg(name)
                           : QStringLiteral("--words takes tasks, functions, queues, workers, states or verbs, got "
                                            "\"%1\"")
                                 .arg(kind)));
    shell.startNoBroker();
    if (!co_await shell.connected())
        co_return DroverFailure;
    const QStringList words = co_await wordsOf(shell, kind);
    print(shell, words);
    co_return Success;
}

} // namespace

const Verb completionVerb{
    .name = "completion",
    .arguments = "bash | zsh | fish",
    .summary = "Prints the completion of verbs, options and ids for a shell",
    .description =
        "Put `eval \"$(drover completion bash)\"` into ~/.bashrc, `eval \"$(drover completion zsh)\"` into ~/.zshrc "
        "behind compinit, or `drover completion fish | source` into fish's configuration. An installed Drover "
        "has put the files where the shells look for them.\n\n"
        "Ids of tasks, functions, queues and workers are asked of the broker; none is started for it.",
    .examples = {{"eval \"$(drover completion bash)\"", "Completes in this bash."}},
    .completes = Words::Shells,
    .needsBroker = false,
    .declare = declare,
    .run = run};

} // namespace drover::cli
