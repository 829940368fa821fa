// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

#include <deque>

namespace drover {

//! The last lines of a log, at most so many bytes of them. Pure.
class LogTail
{
public:
    explicit LogTail(qsizetype capacity) : m_capacity(capacity) {}

    //! Takes one line of UTF-8, without its end; of one that is too long the end stays.
    void append(const QByteArray &line);
    //! The lines, each with its end.
    QString text() const;

private:
    std::deque<QByteArray> m_lines;
    qsizetype m_capacity;
    qsizetype m_bytes = 0; //!< with a line end each
};

} // namespace drover
