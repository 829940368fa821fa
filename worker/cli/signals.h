// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QObject>

namespace drover::cli {

//! Asks to end, from the terminal or the system, as signals of the event loop: SIGINT, SIGTERM and SIGHUP; on Windows
//! Ctrl-C, Ctrl-Break and the closing of the console. One object at a time.
class Signals : public QObject
{
    Q_OBJECT
public:
    explicit Signals(QObject *parent = nullptr);
    ~Signals() override;

Q_SIGNALS:
    //! The \a count-th time that somebody asks.
    void asked(int count);

private:
    int m_count = 0;
};

} // namespace drover::cli
