// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/clock.h"

#include <QtCore/QString>

#include <optional>

namespace drover::cli {

//! How far many items have come, as text: a bar for a terminal, a line for a file. Pure: numbers and time come in.
class ProgressText
{
public:
    explicit ProgressText(qint64 total) : m_total(total) {}

    //! \a failed are among \a done.
    void set(qint64 done, qint64 failed)
    {
        m_done = done;
        m_failed = failed;
    }
    //! From what the items so far took; nothing while too little is known, or when all are done.
    std::optional<Milliseconds> remaining(Milliseconds elapsed) const;
    //! `[=====>    ] 42/100, 2 failed, 0:13 left`, exactly \a width characters or fewer.
    QString bar(int width, Milliseconds elapsed) const;
    //! `42 of 100 done, 2 failed, 0:13 left`
    QString line(Milliseconds elapsed) const;

    //! `0:13`, `1:02:03`; rounded up to the second.
    static QString durationText(Milliseconds time);

private:
    QString tail(Milliseconds elapsed) const;

    qint64 m_total;
    qint64 m_done = 0;
    qint64 m_failed = 0;
};

} // namespace drover::cli
