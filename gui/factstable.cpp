// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "gui/factstable.h"

#include "gui/theme.h"

#include <QtCore/QEvent>
#include <QtGui/QFontDatabase>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>

namespace drover::gui {

FactsTable::FactsTable(QWidget *parent) : QScrollArea(parent), m_inside(new QWidget(this)), m_grid(new QGridLayout)
{
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setBackgroundRole(QPalette::Base);
    m_grid->setContentsMargins(12, 10, 12, 10);
    m_grid->setHorizontalSpacing(14);
    m_grid->setVerticalSpacing(6);
    m_grid->setColumnStretch(1, 1);
    auto *layout = new QVBoxLayout(m_inside);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(m_grid);
    layout->addStretch();
    setWidget(m_inside);
}

FactsTable::Line &FactsTable::line(qsizetype index)
{
    while (m_lines.size() <= index) {
        Line line{new QLabel(m_inside), new QLabel(m_inside), false};
        line.name->setForegroundRole(QPalette::WindowText);
        line.text->setForegroundRole(QPalette::WindowText);
        line.text->setWordWrap(true);
        line.text->setTextFormat(Qt::PlainText);
        line.text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        const int row = int(m_lines.size());
        m_grid->addWidget(line.name, row, 0, Qt::AlignTop);
        m_grid->addWidget(line.text, row, 1, Qt::AlignTop);
        m_lines.append(line);
    }
    return m_lines[index];
}

void FactsTable::setFacts(const QList<Fact> &facts)
{
    qsizetype used = 0;
    for (const Fact &fact : facts) {
        if (fact.text.isEmpty())
            continue;
        Line &to = line(used++);
        to.trouble = fact.trouble;
        to.text->setFont(fact.fixed ? QFontDatabase::systemFont(QFontDatabase::FixedFont) : font());
        if (to.name->text() != fact.name)
            to.name->setText(fact.name);
        if (to.text->text() != fact.text)
            to.text->setText(fact.text);
        updateColors(to);
        to.name->show();
        to.text->show();
    }
    for (; used < m_lines.size(); ++used) {
        m_lines.at(used).name->hide();
        m_lines.at(used).text->hide();
    }
}

void FactsTable::updateColors(const Line &line) const
{
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, faintColor(palette()));
    line.name->setPalette(colors);
    colors.setColor(QPalette::WindowText,
                    line.trouble ? troubleColor(palette()) : palette().color(QPalette::WindowText));
    line.text->setPalette(colors);
}

void FactsTable::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) {
        for (const Line &line : std::as_const(m_lines))
            updateColors(line);
    }
    QScrollArea::changeEvent(event);
}

} // namespace drover::gui
