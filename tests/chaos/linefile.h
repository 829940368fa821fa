// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QFile>

//! A file of lines that grows while others read it.
class LineFile
{
public:
    explicit LineFile(const QString &path) : m_file(path) {}

    //! The whole lines that came since the last call.
    QList<QByteArray> next();

    //! Appends \a lines in one write; \a durable: they are on disk afterwards. Ends the program when that fails.
    static void append(const QString &path, const QByteArray &lines, bool durable = false);
    //! Cuts off a line that a killed process has begun.
    static void cutTornLine(const QString &path);

private:
    QFile m_file;
    QByteArray m_rest;
};
