// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtWidgets/QStyledItemDelegate>

namespace drover::gui {

//! Cells of the tables: FaintRole greys a text, StateRole in column 0 draws the sign of a state before it, LoadRole a bar.
class CellDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    //! \a stateColumn: the one that shows a state, -1 for none.
    explicit CellDelegate(int stateColumn, QObject *parent);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintState(QPainter *painter, QStyleOptionViewItem option, int state) const;
    void paintLoad(QPainter *painter, QStyleOptionViewItem option, double load) const;

    int m_stateColumn;
};

} // namespace drover::gui
