// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "gui/tablepanel.h"

#include "gui/celldelegate.h"
#include "gui/theme.h"

#include <QtCore/QEvent>
#include <QtCore/QSettings>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>

namespace drover::gui {

TablePanel::TablePanel(const QString &title, QAbstractItemModel *model, int stateColumn, int stretchColumn,
                       QWidget *parent)
    : QWidget(parent), m_view(new QTableView(this)), m_empty(new EmptyState(m_view)), m_top(new QHBoxLayout),
      m_note(new QLabel(this))
{
    auto *label = new QLabel(title, this);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    label->setFont(bold);
    label->setBuddy(m_view);
    m_top->setContentsMargins(2, 0, 0, 0);
    m_top->addWidget(label);
    m_top->addWidget(m_note);
    m_top->addStretch();
    m_top->addSpacing(1);
    m_top->addStrut(QComboBox().sizeHint().height()); // tables side by side begin at one height
    m_view->setAccessibleName(title);
    m_view->setModel(model);
    m_view->setItemDelegate(new CellDelegate(stateColumn, m_view));
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setAlternatingRowColors(true);
    m_view->setShowGrid(false);
    m_view->setSortingEnabled(true);
    m_view->setWordWrap(false);
    m_view->setTabKeyNavigation(false);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);
    QHeaderView *header = m_view->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setMinimumSectionSize(40);
    header->setSectionsMovable(true);
    header->setSectionResizeMode(stretchColumn, QHeaderView::Stretch);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(m_top);
    layout->addWidget(m_view);
    auto *inside = new QVBoxLayout(m_view->viewport());
    inside->setContentsMargins(0, 0, 0, 0);
    inside->addWidget(m_empty);
    for (const auto change : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(model, change, this, &TablePanel::updateEmpty);
    updateEmpty();
}

void TablePanel::addBeside(QWidget *widget)
{
    m_top->addWidget(widget);
}

void TablePanel::setNote(const QString &text)
{
    m_note->setText(text);
    QPalette faint = palette();
    faint.setColor(QPalette::WindowText, faintColor(palette()));
    m_note->setPalette(faint);
}

void TablePanel::fitColumn(int column, const QStringList &texts)
{
    constexpr int space = 26;
    const QFontMetrics metrics = m_view->fontMetrics();
    const QString title = m_view->model()->headerData(column, Qt::Horizontal).toString();
    int width = metrics.horizontalAdvance(title) + 16; // room for the arrow of sorting
    for (const QString &text : texts)
        width = qMax(width, metrics.horizontalAdvance(text));
    m_view->setColumnWidth(column, width + space);
}

void TablePanel::save(QSettings &settings, const QString &name) const
{
    settings.setValue(name, m_view->horizontalHeader()->saveState());
}

void TablePanel::restore(const QSettings &settings, const QString &name)
{
    const QByteArray state = settings.value(name).toByteArray();
    if (!state.isEmpty())
        m_view->horizontalHeader()->restoreState(state);
}

void TablePanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        setNote(m_note->text());
    QWidget::changeEvent(event);
}

void TablePanel::updateEmpty()
{
    m_empty->setVisible(m_view->model()->rowCount() == 0);
}

} // namespace drover::gui
