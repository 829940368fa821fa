// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtWidgets/QFrame>

class QLabel;

namespace drover::gui {

//! A message across the window, hidden while there is none.
class Banner : public QFrame
{
    Q_OBJECT
public:
    enum Kind { Calm, Trouble };

    explicit Banner(QWidget *parent);

    void show(Kind kind, const QString &title, const QString &text);
    QString text() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void updateColors();

    QLabel *m_title;
    QLabel *m_text;
    Kind m_kind = Calm;
};

} // namespace drover::gui
