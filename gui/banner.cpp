// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "gui/banner.h"

#include "gui/theme.h"

#include <QtCore/QEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>

namespace drover::gui {

Banner::Banner(QWidget *parent) : QFrame(parent), m_title(new QLabel(this)), m_text(new QLabel(this))
{
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_title->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 8, 14, 8);
    layout->setSpacing(12);
    layout->addWidget(m_title);
    layout->addWidget(m_text, 1);
    setAutoFillBackground(true);
    hide();
}

void Banner::show(Kind kind, const QString &title, const QString &text)
{
    m_kind = kind;
    m_title->setText(title);
    m_text->setText(text);
    updateColors();
    setVisible(true);
}

QString Banner::text() const
{
    return QStringList{m_title->text(), m_text->text()}.join(u' ');
}

void Banner::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::ParentChange || event->type() == QEvent::StyleChange)
        updateColors();
    QFrame::changeEvent(event);
}

void Banner::updateColors()
{
    const QPalette base = parentWidget()->palette();
    const NoticeColors colors = m_kind == Trouble ? troubleNotice(base) : calmNotice(base);
    QPalette palette = base;
    palette.setColor(QPalette::Window, colors.background);
    palette.setColor(QPalette::WindowText, colors.text);
    if (this->palette() != palette)
        setPalette(palette);
}

} // namespace drover::gui
