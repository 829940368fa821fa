// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "monitor/monitor.h"

#include <QtCore/QAbstractTableModel>

#include <algorithm>
#include <unordered_map>
#include <vector>

namespace drover {

//! What TasksModel, QueuesModel and WorkersModel share: rows by key, sorted and filtered here and not by a proxy. However many
//! rows a batch changes, views hear at most four signals of it, and selections follow their rows.
template <typename T> class RowModel : public QAbstractTableModel
{
public:
    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(m_shown.size()); }
    //! Rows that pass no filter are counted, too.
    qsizetype total() const { return qsizetype(m_all.size()); }
    //! Null for a row that there is not. Valid until the next change.
    const T *valueAt(int row) const { return isRow(row) ? &m_shown[size_t(row)]->value : nullptr; }
    RowKey keyAt(int row) const { return isRow(row) ? m_shown[size_t(row)]->key : RowKey(); }
    //! -1 when it is not there or not shown.
    int rowOf(const RowKey &key) const
    {
        const auto entry = m_all.find(key);
        return entry == m_all.end() ? -1 : entry->second.row;
    }

    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override
    {
        m_sortColumn = column;
        m_order = order;
        arrange();
    }
    //! What a Monitor tells.
    void apply(const RowChanges<T> &changes);

protected:
    //! Less than 0, 0 or greater, as \a a belongs before or behind \a b in \a column.
    virtual int compare(const T &a, const T &b, int column) const = 0;
    virtual bool accepts(const T &) const { return true; }
    //! To be called when accepts() has become another.
    void refilter();
    //! \a column of all rows shows something else, for instance because time has passed.
    void columnChanged(int column)
    {
        if (!m_shown.empty())
            Q_EMIT dataChanged(index(0, column), index(rowCount() - 1, column));
    }

private:
    struct Entry
    {
        RowKey key;
        T value;
        int row = -1; //!< -1 = not shown
        bool leaving = false;
    };
    using Entries = std::vector<Entry *>;

    bool isRow(int row) const { return row >= 0 && size_t(row) < m_shown.size(); }
    bool isBefore(const Entry &a, const Entry &b) const;
    void append(const Entries &added);
    void arrange();
    void removeLeaving();

    std::unordered_map<RowKey, Entry> m_all;
    Entries m_shown;
    int m_sortColumn = 0;
    Qt::SortOrder m_order = Qt::AscendingOrder;
};

template <typename T> void RowModel<T>::apply(const RowChanges<T> &changes)
{
    Entries added;
    int first = INT_MAX;
    int last = -1;
    for (const auto &[key, value] : changes.put) {
        Entry &entry = m_all[key];
        entry.key = key;
        entry.value = value;
        const bool shown = accepts(value);
        if (entry.row < 0 && shown) {
            added.push_back(&entry);
        } else if (entry.row >= 0) {
            entry.leaving = !shown;
            first = std::min(first, entry.row);
            last = std::max(last, entry.row);
        }
    }
    Entries doomed;
    for (const RowKey &key : changes.removed) {
        const auto entry = m_all.find(key);
        if (entry == m_all.end())
            continue;
        entry->second.leaving = true;
        doomed.push_back(&entry->second);
    }
    if (last >= 0)
        Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
    append(added);
    arrange();
    removeLeaving();
    for (const Entry *entry : doomed)
        m_all.erase(RowKey(entry->key));
}

template <typename T> void RowModel<T>::refilter()
{
    Entries added;
    for (auto &[key, entry] : m_all) {
        const bool shown = accepts(entry.value);
        if (entry.row >= 0)
            entry.leaving = !shown;
        else if (shown)
            added.push_back(&entry);
    }
    append(added);
    arrange();
    removeLeaving();
}

template <typename T> void RowModel<T>::append(const Entries &added)
{
    if (added.empty())
        return;
    const int count = rowCount();
    beginInsertRows({}, count, count + int(added.size()) - 1);
    for (Entry *entry : added) {
        entry->row = int(m_shown.size());
        m_shown.push_back(entry);
    }
    endInsertRows();
}

// Rows that leave go last, whatever the order.
template <typename T> bool RowModel<T>::isBefore(const Entry &a, const Entry &b) const
{
    if (a.leaving != b.leaving)
        return b.leaving;
    const int sign = compare(a.value, b.value, m_sortColumn);
    if (sign != 0)
        return m_order == Qt::AscendingOrder ? sign < 0 : sign > 0;
    return a.key.broker != b.key.broker ? a.key.broker < b.key.broker : a.key.id < b.key.id;
}

template <typename T> void RowModel<T>::arrange()
{
    const auto before = [this](const Entry *a, const Entry *b) { return isBefore(*a, *b); };
    if (std::is_sorted(m_shown.begin(), m_shown.end(), before))
        return;
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList from = persistentIndexList();
    Entries kept;
    for (const QModelIndex &index : from)
        kept.push_back(m_shown[size_t(index.row())]);
    std::sort(m_shown.begin(), m_shown.end(), before);
    for (size_t row = 0; row < m_shown.size(); ++row)
        m_shown[row]->row = int(row);
    QModelIndexList to;
    for (qsizetype i = 0; i < from.size(); ++i)
        to.append(index(kept[size_t(i)]->row, from.at(i).column()));
    changePersistentIndexList(from, to);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

template <typename T> void RowModel<T>::removeLeaving()
{
    const auto isLeaving = [](const Entry *entry) { return entry->leaving; };
    const auto tail = std::find_if(m_shown.begin(), m_shown.end(), isLeaving);
    if (tail == m_shown.end())
        return;
    beginRemoveRows({}, int(tail - m_shown.begin()), rowCount() - 1);
    for (auto entry = tail; entry != m_shown.end(); ++entry) {
        (*entry)->row = -1;
        (*entry)->leaving = false;
    }
    m_shown.erase(tail, m_shown.end());
    endRemoveRows();
}

} // namespace drover
