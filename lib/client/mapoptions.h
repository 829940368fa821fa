// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "task/options.h"

namespace drover {

//! How Client::map() submits. A value: `MapOptions().name("resize").limit(100)`.
class MapOptions
{
public:
    static constexpr quint32 unlimited = 0;

    MapOptions() {}
    //! What people see the batch called; nothing unless set, and cut after 200 characters.
    MapOptions &name(QAnyStringView text)
    {
        m_name = text.toString();
        return *this;
    }
    //! The options of each of its tasks. An idempotency key is refused: all items would have the same.
    MapOptions &options(Options each)
    {
        m_options = std::move(each);
        return *this;
    }
    //! At most \a unfinished items are submitted and not finished at a time; `unlimited` unless set.
    MapOptions &limit(quint32 unfinished)
    {
        m_limit = unfinished;
        return *this;
    }

    const QString &name() const { return m_name; }
    const Options &options() const { return m_options; }
    quint32 limit() const { return m_limit; }

private:
    QString m_name;
    Options m_options;
    quint32 m_limit = unlimited;
};

} // namespace drover
