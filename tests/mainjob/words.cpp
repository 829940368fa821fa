// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "words.h"

namespace words {

Counts count(const QByteArray &text)
{
    Counts counts;
    const QString letters = QString::fromUtf8(text).toLower();
    qsizetype start = -1;
    for (qsizetype i = 0; i <= letters.size(); ++i) {
        const bool inside = i < letters.size() && letters[i].isLetter();
        if (inside && start < 0)
            start = i;
        if (!inside && start >= 0) {
            ++counts[letters.sliced(start, i - start)];
            start = -1;
        }
    }
    return counts;
}

void merge(Counts &into, const Counts &more)
{
    for (auto it = more.begin(); it != more.end(); ++it)
        into[it.key()] += it.value();
}

} // namespace words
