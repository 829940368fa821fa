// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/records.h"
#include "protocol/codec.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

#include <map>

namespace drover {

//! Which submits of one client incarnation are known: all up to a mark, and ranges beyond it.
class SubmitMarks
{
public:
    //! Submits further apart than this are never both unanswered (a client's window is far smaller): a gap that far back
    //! is one that was refused, and the mark passes over it.
    static constexpr quint64 greatestSpan = 65536;

    SubmitMarks() = default;
    explicit SubmitMarks(const ClientMark &mark);

    void add(quint64 seq, qint64 ms);
    bool contains(quint64 seq) const;
    ClientMark toClientMark(const Id &client) const;
    qint64 lastMs() const { return m_lastMs; }

    //! `[mark, last ms, [first, last, first, last...]]`
    QByteArray toBytes() const;
    static std::optional<SubmitMarks> fromBytes(QByteArrayView bytes);

private:
    void advance();

    quint64 m_mark = 0;
    qint64 m_lastMs = 0;
    std::map<quint64, quint64> m_beyond; // first -> last
};

//! The marks of all clients, and which of them changed since they were last written.
class ClientMarks
{
public:
    //! Notes a submit; a null client or the number 0 is none.
    void add(const Id &client, quint64 seq, qint64 ms);
    void insert(const Id &client, SubmitMarks marks) { m_clients.insert(client, std::move(marks)); }
    const SubmitMarks &of(const Id &client) const { return *m_clients.constFind(client); }
    QSet<Id> takeChanged() { return std::exchange(m_changed, {}); }
    QList<ClientMark> all() const;

private:
    QHash<Id, SubmitMarks> m_clients;
    QSet<Id> m_changed;
};

} // namespace drover
