// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/itemset.h"

#include <bit>

namespace drover {

bool ItemSet::insert(quint32 number)
{
    if (number == 0 || contains(number))
        return false;
    const quint64 word = (number - 1) / 64 - m_base;
    if (m_words.size() <= word)
        m_words.resize(word + 1);
    m_words[word] |= quint64(1) << ((number - 1) % 64);
    ++m_count;
    while (!m_words.empty() && m_words.front() == ~quint64(0)) {
        m_words.pop_front();
        ++m_base;
    }
    return true;
}

bool ItemSet::contains(quint32 number) const
{
    const quint64 place = quint64(number) - 1;
    if (number == 0 || place / 64 < m_base)
        return number != 0;
    const quint64 word = place / 64 - m_base;
    return word < m_words.size() && (m_words[word] >> (place % 64) & 1);
}

quint32 ItemSet::firstMissing() const
{
    const int inFirst = m_words.empty() ? 0 : std::countr_one(m_words.front());
    return quint32(m_base * 64 + quint64(inFirst) + 1);
}

} // namespace drover
