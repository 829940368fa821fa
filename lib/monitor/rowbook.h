// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "monitor/rowchanges.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

namespace drover {

//! The rows of one live table of one broker, and which of them have changed since somebody looked. Pure.
template <typename T> class RowBook
{
public:
    explicit RowBook(int broker) : m_broker(broker) {}

    const T *find(const QByteArray &id) const
    {
        const auto row = m_rows.constFind(id);
        return row == m_rows.cend() ? nullptr : &*row;
    }
    qsizetype size() const { return m_rows.size(); }
    QList<QByteArray> ids() const { return m_rows.keys(); }

    void put(const QByteArray &id, const T &value)
    {
        const auto row = m_rows.find(id);
        if (row != m_rows.end() && *row == value)
            return;
        m_rows.insert(id, value);
        m_changed.insert(id);
    }
    void remove(const QByteArray &id)
    {
        if (m_rows.remove(id) > 0)
            m_changed.insert(id);
    }
    //! As if all rows were new, for somebody who has seen none.
    void changeAll()
    {
        for (auto row = m_rows.cbegin(); row != m_rows.cend(); ++row)
            m_changed.insert(row.key());
    }
    bool hasChanges() const { return !m_changed.isEmpty(); }
    RowChanges<T> takeChanges()
    {
        RowChanges<T> changes;
        for (const QByteArray &id : std::as_const(m_changed)) {
            if (const T *value = find(id))
                changes.put.append({{m_broker, id}, *value});
            else
                changes.removed.append({m_broker, id});
        }
        m_changed.clear();
        return changes;
    }

private:
    int m_broker;
    QHash<QByteArray, T> m_rows;
    QSet<QByteArray> m_changed;
};

} // namespace drover
