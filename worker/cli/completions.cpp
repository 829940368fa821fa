// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/completions.h"

#include "cli/verb.h"

namespace drover::cli {

namespace {

const QString notice = QStringLiteral("# Made by `drover completion`; do not edit.\n");

QString nameOf(const Verb &verb)
{
    return QString::fromLatin1(verb.name);
}

//! The word for a kind that the scripts and `drover completion --words` share.
QString kindOf(Words words)
{
    switch (words) {
    case Words::None: return QStringLiteral("none");
    case Words::Tasks: return QStringLiteral("tasks");
    case Words::Functions: return QStringLiteral("functions");
    case Words::Queues: return QStringLiteral("queues");
    case Words::Workers: return QStringLiteral("workers");
    case Words::States: return QStringLiteral("states");
    case Words::Files: return QStringLiteral("files");
    case Words::Folders: return QStringLiteral("folders");
    case Words::Commands: return QStringLiteral("commands");
    case Words::Shells: return QStringLiteral("shells");
    case Words::Verbs: return QStringLiteral("verbs");
    }
    return QStringLiteral("none");
}

QStringList spellings(const QCommandLineOption &option)
{
    QStringList words;
    for (const QString &name : option.names())
        words.append((name.size() == 1 ? QStringLiteral("-") : QStringLiteral("--")) + name);
    return words;
}

QList<const Verb *> shownVerbs()
{
    QList<const Verb *> shown;
    for (const Verb *verb : verbs()) {
        if (!verb->isHidden)
            shown.append(verb);
    }
    return shown;
}

QString verbNames()
{
    QStringList names;
    for (const Verb *verb : shownVerbs())
        names.append(nameOf(*verb));
    return names.join(u' ');
}

QString optionWords(const Verb &verb)
{
    QStringList words;
    for (const QCommandLineOption &option : optionsOf(verb))
        words += spellings(option);
    return words.join(u' ');
}

//! `--queue) kind=queues ;;` for each option that takes a value.
QString valueCases(const Verb &verb)
{
    QString cases;
    for (const QCommandLineOption &option : optionsOf(verb)) {
        if (!option.valueName().isEmpty())
            cases += QStringLiteral("                %1) echo %2; return ;;\n")
                         .arg(spellings(option).join(u'|'), kindOf(completionOf(option)));
    }
    return cases;
}

QString quoted(const QString &text)
{
    QString word = text;
    return u'\'' + word.replace(u'\'', QLatin1String("'\\''")) + u'\'';
}

QString oneLine(const QString &text)
{
    QString line = text;
    return line.replace(u'\n', u' ');
}

//! Shell functions that bash and zsh share: what a verb takes, and what follows an option.
QString sharedFunctions()
{
    QString options;
    QString arguments;
    QString values;
    for (const Verb *verb : shownVerbs()) {
        options += QStringLiteral("        %1) echo '%2' ;;\n").arg(nameOf(*verb), optionWords(*verb));
        arguments += QStringLiteral("        %1) echo %2 ;;\n").arg(nameOf(*verb), kindOf(verb->completes));
        values += QStringLiteral("        %1)\n            case \"$2\" in\n%2            esac ;;\n")
                      .arg(nameOf(*verb), valueCases(*verb));
    }
    return QStringLiteral("_drover_options() {\n    case \"$1\" in\n%1    esac\n}\n"
                          "_drover_argument() {\n    case \"$1\" in\n%2    esac\n}\n"
                          "# What the value of the option $2 of the verb $1 is; nothing when it takes none.\n"
                          "_drover_value() {\n    case \"$1\" in\n%3    esac\n}\n")
        .arg(options, arguments, values);
}

} // namespace

QString bashCompletion()
{
    return notice + sharedFunctions()
        + QStringLiteral("_drover_words() {\n"
                         "    case \"$1\" in\n"
                         "        files) compgen -f -- \"$2\" ;;\n"
                         "        folders) compgen -d -- \"$2\" ;;\n"
                         "        commands) compgen -c -- \"$2\" ;;\n"
                         "        shells) compgen -W 'bash zsh fish' -- \"$2\" ;;\n"
                         "        none|'') ;;\n"
                         "        *) compgen -W \"$(\"${COMP_WORDS[0]}\" completion --words \"$1\" "
                         "2>/dev/null)\" -- \"$2\" ;;\n"
                         "    esac\n"
                         "}\n"
                         "_drover() {\n"
                         "    local current=\"${COMP_WORDS[COMP_CWORD]}\" verb=\"${COMP_WORDS[1]}\" kind i\n"
                         "    COMPREPLY=()\n"
                         "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                         "        COMPREPLY=($(compgen -W '%1 --help --version' -- \"$current\"))\n"
                         "        return\n"
                         "    fi\n"
                         "    for ((i = 2; i < COMP_CWORD; ++i)); do\n"
                         "        if [ \"${COMP_WORDS[i]}\" = -- ]; then\n"
                         "            kind=files\n"
                         "            [ $((i + 1)) -eq \"$COMP_CWORD\" ] && kind=commands\n"
                         "            COMPREPLY=($(_drover_words \"$kind\" \"$current\"))\n"
                         "            return\n"
                         "        fi\n"
                         "    done\n"
                         "    kind=$(_drover_value \"$verb\" \"${COMP_WORDS[COMP_CWORD-1]}\")\n"
                         "    if [ -z \"$kind\" ] && [[ $current == -* ]]; then\n"
                         "        COMPREPLY=($(compgen -W \"$(_drover_options \"$verb\")\" -- \"$current\"))\n"
                         "        return\n"
                         "    fi\n"
                         "    [ -n \"$kind\" ] || kind=$(_drover_argument \"$verb\")\n"
                         "    COMPREPLY=($(_drover_words \"$kind\" \"$current\"))\n"
                         "}\n"
                         "complete -o filenames -F _drover drover\n")
              .arg(verbNames());
}

QString zshCompletion()
{
    QString verbLines;
    for (const Verb *verb : shownVerbs())
        verbLines +=
            QStringLiteral("        %1\n").arg(quoted(nameOf(*verb) + u':' + QString::fromUtf8(verb->summary)));
    return QStringLiteral("#compdef drover\n") + notice + sharedFunctions()
        + QStringLiteral(
              "_drover_words() {\n"
              "    case \"$1\" in\n"
              "        files) _files ;;\n"
              "        folders) _files -/ ;;\n"
              "        commands) _command_names -e ;;\n"
              "        shells) compadd bash zsh fish ;;\n"
              "        none|'') ;;\n"
              "        *) compadd -- ${(f)\"$(${words[1]} completion --words $1 2>/dev/null)\"} ;;\n"
              "    esac\n"
              "}\n"
              "_drover() {\n"
              "    local verb=${words[2]} kind\n"
              "    local -a verbs=(\n%1    )\n"
              "    if (( CURRENT == 2 )); then\n"
              "        _describe verb verbs\n"
              "        return\n"
              "    fi\n"
              "    local dashes=${words[(I)--]}\n"
              "    if (( dashes > 2 && dashes < CURRENT )); then\n"
              "        (( dashes + 1 == CURRENT )) && _command_names -e || _files\n"
              "        return\n"
              "    fi\n"
              "    kind=$(_drover_value $verb ${words[CURRENT-1]})\n"
              "    if [[ -z $kind && ${words[CURRENT]} == -* ]]; then\n"
              "        compadd -- ${=$(_drover_options $verb)}\n"
              "        return\n"
              "    fi\n"
              "    _drover_words ${kind:-$(_drover_argument $verb)}\n"
              "}\n"
              "if [ \"$funcstack[1]\" = _drover ]; then\n    _drover \"$@\"\nelse\n    compdef _drover drover\nfi\n")
              .arg(verbLines);
}

namespace {

//! What fish offers for a kind, as options of `complete`.
QString fishWords(Words words)
{
    switch (words) {
    case Words::None: return QStringLiteral(" -f");
    case Words::Files: return {};
    case Words::Folders: return QStringLiteral(" -xa '(__fish_complete_directories)'");
    case Words::Commands: return QStringLiteral(" -xa '(__fish_complete_subcommand)'");
    case Words::Shells: return QStringLiteral(" -xa 'bash zsh fish'");
    default: return QStringLiteral(" -xa '(drover completion --words %1 2>/dev/null)'").arg(kindOf(words));
    }
}

QString fishOption(const QCommandLineOption &option)
{
    QString line;
    for (const QString &name : option.names())
        line += (name.size() == 1 ? QStringLiteral(" -s ") : QStringLiteral(" -l ")) + name;
    if (!option.valueName().isEmpty())
        line += QStringLiteral(" -r") + fishWords(completionOf(option));
    return line + QStringLiteral(" -d ") + quoted(oneLine(option.description()));
}

} // namespace

QString fishCompletion()
{
    QString text = notice + QStringLiteral("complete -c drover -f\n");
    for (const Verb *verb : shownVerbs()) {
        const QString name = nameOf(*verb);
        const QString seen = QStringLiteral("complete -c drover -n '__fish_seen_subcommand_from %1'").arg(name);
        text += QStringLiteral("complete -c drover -n __fish_use_subcommand -a %1 -d %2\n")
                    .arg(name, quoted(QString::fromUtf8(verb->summary)));
        if (verb->completes != Words::None)
            text += seen + fishWords(verb->completes) + u'\n';
        for (const QCommandLineOption &option : optionsOf(*verb))
            text += seen + fishOption(option) + u'\n';
    }
    return text;
}

QList<CompletionFile> completionFiles()
{
    return {{QStringLiteral("bash"), QStringLiteral("drover"), bashCompletion},
            {QStringLiteral("zsh"), QStringLiteral("_drover"), zshCompletion},
            {QStringLiteral("fish"), QStringLiteral("drover.fish"), fishCompletion}};
}

} // namespace drover::cli
