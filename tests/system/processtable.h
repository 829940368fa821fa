// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QList>
#include <QtCore/QString>

//! The processes of the machine, as the system tells of them.
namespace processtable {

//! Direct children that run.
QList<qint64> childrenOf(qint64 pid);
//! Its program and arguments as far as the system tells; empty when it is gone.
QString commandOf(qint64 pid);
//! Whether a process of the machine has \a word in its command.
bool isRunning(const QString &word);
//! Ends it at once, without a chance to say anything. False when it was gone before.
bool kill(qint64 pid);
//! What Ctrl-C is to a program.
bool interrupt(qint64 pid);

} // namespace processtable
