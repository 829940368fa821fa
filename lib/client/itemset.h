// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"

#include <QtCore/QtGlobal>

#include <deque>

namespace drover {

//! Some of the items of a batch, by number from 1. Costs a bit an item beyond the first that is missing, and nothing for
//! those before it. Pure.
class DROVER_CLIENT_EXPORT ItemSet
{
public:
    //! False when it was in already.
    bool insert(quint32 number);
    bool contains(quint32 number) const;
    quint64 count() const { return m_count; }
    //! The first number that is missing.
    quint32 firstMissing() const;

private:
    std::deque<quint64> m_words; // bits of the numbers from m_base * 64 + 1 on; the first word is never full
    quint64 m_base = 0; // words before, all full
    quint64 m_count = 0;
};

} // namespace drover
