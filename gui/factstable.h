// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtWidgets/QScrollArea>

class QGridLayout;
class QLabel;

namespace drover::gui {

//! What is known of something: a name and a text a line, which can be selected and copied.
class FactsTable : public QScrollArea
{
    Q_OBJECT
public:
    struct Fact
    {
        QString name;
        QString text; //!< a line without one is left out
        bool trouble = false;
        bool fixed = false; //!< in a font of fixed width
    };

    explicit FactsTable(QWidget *parent);

    //! Keeps what is selected in lines that do not change.
    void setFacts(const QList<Fact> &facts);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Line
    {
        QLabel *name;
        QLabel *text;
        bool trouble = false;
    };
    Line &line(qsizetype index);
    void updateColors(const Line &line) const;

    QWidget *m_inside;
    QGridLayout *m_grid;
    QList<Line> m_lines;
};

} // namespace drover::gui
