// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "gui/emptystate.h"

#include <QtWidgets/QTableView>

class QHBoxLayout;
class QLabel;
class QSettings;

namespace drover::gui {

//! A table with its title, what stands beside the title, and an EmptyState while it has no rows.
class TablePanel : public QWidget
{
    Q_OBJECT
public:
    //! \a stateColumn shows a sign, \a stretchColumn takes the width that is left.
    TablePanel(const QString &title, QAbstractItemModel *model, int stateColumn, int stretchColumn, QWidget *parent);

    QTableView *view() const { return m_view; }
    EmptyState *emptyState() const { return m_empty; }
    //! To the right of the title.
    void addBeside(QWidget *widget);
    //! After the title, small: "10,000 of 120,000".
    void setNote(const QString &text);
    //! As wide as the longest of \a texts, the title of the column and a sign.
    void fitColumn(int column, const QStringList &texts);

    //! Widths and order of columns, by \a name.
    void save(QSettings &settings, const QString &name) const;
    void restore(const QSettings &settings, const QString &name);

protected:
    void changeEvent(QEvent *event) override;

private:
    void updateEmpty();

    QTableView *m_view;
    EmptyState *m_empty;
    QHBoxLayout *m_top;
    QLabel *m_note;
};

} // namespace drover::gui
