// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "gui/shellwords.h"

namespace drover::gui {

namespace {

constexpr QChar backslash = u'\\';
constexpr QChar doubleQuote = u'"';
constexpr QChar singleQuote = u'\'';

bool needsQuotes(const QString &word)
{
    const auto isPlain = [](QChar c) { return c.isLetterOrNumber() || QStringLiteral("-_./:=+,@%^").contains(c); };
    return word.isEmpty() || !std::all_of(word.cbegin(), word.cend(), isPlain);
}

} // namespace

Result<QStringList> ShellWords::split(const QString &line)
{
    QStringList words;
    QString word;
    bool inWord = false;
    QChar quote;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QChar c = line.at(i);
        const bool escapes = c == backslash && quote != singleQuote;
        if (escapes && i + 1 == line.size())
            return fail(ErrorCode::InvalidArgument, tr("The line ends with a backslash; write a character behind it."));
        if (escapes && (quote.isNull() || line.at(i + 1) == doubleQuote || line.at(i + 1) == backslash)) {
            word += line.at(++i);
            inWord = true;
        } else if (!quote.isNull()) {
            if (c == quote)
                quote = QChar();
            else
                word += c;
        } else if (c == singleQuote || c == doubleQuote) {
            quote = c;
            inWord = true;
        } else if (c.isSpace()) {
            if (std::exchange(inWord, false))
                words.append(std::exchange(word, {}));
        } else {
            word += c;
            inWord = true;
        }
    }
    if (!quote.isNull())
        return fail(ErrorCode::InvalidArgument, tr("The quote %1 is not closed.").arg(quote));
    if (inWord)
        words.append(word);
    return words;
}

QString ShellWords::join(const QStringList &words)
{
    QStringList quoted;
    for (QString word : words) {
        if (needsQuotes(word))
            word = singleQuote + word.replace(singleQuote, QStringLiteral("'\\''")) + singleQuote;
        quoted.append(word);
    }
    return quoted.join(u' ');
}

} // namespace drover::gui
