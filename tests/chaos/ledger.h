// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "linefile.h"
#include "support/id.h"
#include "taskmix.h"

#include <map>
#include <optional>

//! What a client knows of one task that it has submitted.
struct Entry
{
    quint64 number = 0; //!< from 1; the same when another run of the client submits it again under its key
    TaskKind kind = TaskKind::Work;
    drover::TaskId id; //!< that it was acknowledged with, until then the one it was submitted with
    bool acknowledged = false;
    QString refused; //!< why the broker did not take it
    QString result; //!< as it was settled; empty until then
    bool contradicted = false; //!< it was settled twice, and not the same
};

//! What all runs of one client have written down: what they submit, and on disk what was acknowledged and settled.
//!     S <number> <id> <kind>, A <number> <id>, R <number> <id> <why>, F <number> <id> <result>
class Ledger
{
public:
    explicit Ledger(const QString &file) : m_lines(file) {}

    //! Reads what came since.
    void update();
    const std::map<quint64, Entry> &entries() const { return m_entries; }
    //! Submitted, and neither acknowledged nor refused in the present run of the client.
    qsizetype unacknowledged() const { return m_unacknowledged; }
    //! The client was started again: what it had not heard of until then it will not hear of.
    void forgetUnacknowledged() { m_unacknowledged = 0; }

    static QByteArray submitted(quint64 number, drover::TaskId id, TaskKind kind);
    static QByteArray acknowledged(quint64 number, drover::TaskId id);
    static QByteArray refused(quint64 number, drover::TaskId id, const QString &why);
    static QByteArray settled(quint64 number, drover::TaskId id, const QString &result);

private:
    void read(const QList<QByteArray> &words);

    LineFile m_lines;
    std::map<quint64, Entry> m_entries;
    qsizetype m_unacknowledged = 0;
};
