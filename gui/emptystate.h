// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtWidgets/QWidget>

class QLabel;
class QPushButton;

namespace drover::gui {

//! What is shown in place of an empty table: what would be here, and what to do next.
class EmptyState : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyState(QWidget *parent);

    //! \a command can be selected and copied; empty for none. \a action is the text of a button, empty for none.
    void setTexts(const QString &title, const QString &text, const QString &command = {}, const QString &action = {});

Q_SIGNALS:
    void actionClicked();

protected:
    void changeEvent(QEvent *event) override;

private:
    void updateColors();

    QLabel *m_title;
    QLabel *m_text;
    QLabel *m_command;
    QPushButton *m_action;
};

} // namespace drover::gui
