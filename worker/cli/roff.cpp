// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/roff.h"

#include "cli/help.h"

namespace drover::cli {

namespace {

QString head(const QString &title, const QString &name, const QString &summary)
{
    return QStringLiteral(".TH %1 1 \"\" \"Drover %2\" \"Drover\"\n.SH NAME\n%3 \\- %4\n")
        .arg(title.toUpper(), QStringLiteral(DROVER_VERSION), roff(name), roff(summary));
}

QString section(const char *name)
{
    return QStringLiteral(".SH %1\n").arg(QString::fromLatin1(name));
}

QString item(const QString &term, const QString &text)
{
    return QStringLiteral(".TP\n\\fB%1\\fR\n%2\n").arg(roff(term), roff(text));
}

QString paragraphs(const char *text)
{
    return roff(QString::fromUtf8(text)).replace(QLatin1String("\n\n"), QLatin1String("\n.PP\n"));
}

QString optionItem(const QCommandLineOption &option)
{
    return item(optionText(option), option.description());
}

QString nameOf(const Verb &verb)
{
    return QStringLiteral("drover-%1").arg(QString::fromLatin1(verb.name));
}

QString environment()
{
    return section("ENVIRONMENT")
        + item(QStringLiteral("DROVER_HOME"),
               QStringLiteral("The folder of keys, trust and queues, unless --home is given."))
        + item(QStringLiteral("DROVER_INTERFACE"), QStringLiteral("Confines all sockets to this network interface."));
}

} // namespace

QString roff(const QString &text)
{
    QString out;
    bool lineBegins = true;
    for (const QChar c : text) {
        if (lineBegins && (c == u'.' || c == u'\''))
            out += QLatin1String("\\&");
        if (c == u'\\')
            out += QLatin1String("\\e");
        else if (c == u'-')
            out += QLatin1String("\\-");
        else if (c == u'\'')
            out += QLatin1String("\\(aq");
        else if (c == u'`')
            out += QLatin1String("\\(ga");
        else if (c == u'^')
            out += QLatin1String("\\(ha");
        else if (c == u'~')
            out += QLatin1String("\\(ti");
        else
            out += c;
        lineBegins = c == u'\n';
    }
    return out;
}

QString pageOf(const Verb &verb)
{
    QString text = head(nameOf(verb), nameOf(verb), QString::fromUtf8(verb.summary)) + section("SYNOPSIS")
        + QStringLiteral("\\fBdrover %1\\fR [\\fIoptions\\fR] %2\n")
              .arg(roff(QString::fromLatin1(verb.name)), roff(QString::fromUtf8(verb.arguments)));
    text += section("DESCRIPTION") + paragraphs(verb.description) + u'\n' + section("OPTIONS");
    for (const QCommandLineOption &option : optionsOf(verb))
        text += optionItem(option);
    if (verb.examples[0].command)
        text += section("EXAMPLES");
    for (const Example &example : verb.examples) {
        if (example.command)
            text += item(QString::fromUtf8(example.command), QString::fromUtf8(example.meaning));
    }
    text += section("EXIT STATUS");
    for (const Exit &exit : exitsOf(verb))
        text += item(QString::fromUtf8(exit.code), QString::fromUtf8(exit.meaning));
    return text + environment() + section("SEE ALSO") + QStringLiteral("\\fBdrover\\fR(1)\n");
}

QString mainPage()
{
    QString text = head(QStringLiteral("drover"), QStringLiteral("drover"),
                        QStringLiteral("spreads commands and functions over the machines of a LAN"))
        + section("SYNOPSIS") + QStringLiteral("\\fBdrover\\fR \\fIverb\\fR [\\fIoptions\\fR] [\\fIarguments\\fR]\n")
        + section("DESCRIPTION")
        + roff(QStringLiteral("Each verb has a manual page of its own, such as drover-run(1), and tells the same with "
                              "--help. Workers on this and other machines run the tasks; a broker, started when it is "
                              "needed, keeps them.\n"))
        + section("VERBS");
    for (const Verb *verb : verbs()) {
        if (!verb->isHidden)
            text += item(QString::fromLatin1(verb->name) + u' ' + QString::fromUtf8(verb->arguments),
                         QString::fromUtf8(verb->summary) + u'.');
    }
    text += section("SEE ALSO");
    QStringList pages;
    for (const Verb *verb : verbs()) {
        if (!verb->isHidden)
            pages.append(QStringLiteral("\\fB%1\\fR(1)").arg(roff(nameOf(*verb))));
    }
    return text + pages.join(QLatin1String(",\n")) + u'\n';
}

} // namespace drover::cli
