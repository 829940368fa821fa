// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "gui/emptystate.h"

#include "gui/theme.h"

#include <QtCore/QEvent>
#include <QtGui/QFontDatabase>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace drover::gui {

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent), m_title(new QLabel(this)), m_text(new QLabel(this)), m_command(new QLabel(this)),
      m_action(new QPushButton(this))
{
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_command->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_command->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_command->setContentsMargins(10, 5, 10, 5);
    m_command->setAutoFillBackground(true);
    m_command->setBackgroundRole(QPalette::Window);
    for (QLabel *label : {m_title, m_text, m_command}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(label != m_command);
        label->setForegroundRole(QPalette::WindowText);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 12, 20, 12);
    layout->setSpacing(8);
    layout->addStretch();
    layout->addWidget(m_title);
    layout->addWidget(m_text);
    layout->addWidget(m_command, 0, Qt::AlignHCenter);
    layout->addWidget(m_action, 0, Qt::AlignHCenter);
    layout->addStretch();
    connect(m_action, &QPushButton::clicked, this, &EmptyState::actionClicked);
    updateColors();
}

void EmptyState::setTexts(const QString &title, const QString &text, const QString &command, const QString &action)
{
    m_title->setText(title);
    m_text->setText(text);
    m_command->setText(command);
    m_command->setVisible(!command.isEmpty());
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
}

void EmptyState::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ParentChange)
        updateColors();
    QWidget::changeEvent(event);
}

void EmptyState::updateColors()
{
    QPalette faint = palette();
    faint.setColor(QPalette::WindowText, faintColor(palette()));
    if (m_text->palette() != faint)
        m_text->setPalette(faint);
}

} // namespace drover::gui
