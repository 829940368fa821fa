// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "gui/launchbar.h"

#include "gui/shellwords.h"
#include "gui/theme.h"

#include <QtCore/QEvent>
#include <QtCore/QStringListModel>
#include <QtGui/QFontDatabase>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QCompleter>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

namespace drover::gui {

namespace {

constexpr qsizetype mostLines = 50;

} // namespace

LaunchBar::LaunchBar(QWidget *parent)
    : QWidget(parent), m_line(new QLineEdit(this)), m_button(new QPushButton(tr("Run"), this)),
      m_brokers(new QComboBox(this)), m_note(new QLabel(this))
{
    m_line->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_line->setPlaceholderText(tr("A command to run on a worker, for instance: make -j8 test"));
    m_line->setAccessibleName(tr("Command"));
    m_line->setClearButtonEnabled(true);
    m_line->setTextMargins(4, 3, 4, 3);
    m_brokers->setAccessibleName(tr("Broker"));
    m_brokers->hide();
    m_button->setMinimumWidth(96);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setContentsMargins(4, 0, 0, 0);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setVerticalSpacing(3);
    layout->addWidget(m_line, 0, 0);
    layout->addWidget(m_brokers, 0, 1);
    layout->addWidget(m_button, 0, 2);
    layout->addWidget(m_note, 1, 0, 1, 3);
    layout->setColumnStretch(0, 1);
    connect(m_line, &QLineEdit::textChanged, this, &LaunchBar::preview);
    connect(m_line, &QLineEdit::returnPressed, this, &LaunchBar::launch);
    connect(m_button, &QPushButton::clicked, this, &LaunchBar::launch);
    setHistory({});
    preview();
}

QString LaunchBar::note() const
{
    return m_note->text();
}

void LaunchBar::setBrokers(const QList<std::pair<int, QString>> &brokers)
{
    const int chosen = broker();
    m_brokers->clear();
    for (const auto &[number, name] : brokers)
        m_brokers->addItem(name, number);
    m_brokers->setCurrentIndex(qMax(0, m_brokers->findData(chosen)));
    m_brokers->setVisible(brokers.size() > 1);
}

int LaunchBar::broker() const
{
    return m_brokers->currentData().toInt();
}

void LaunchBar::setHistory(const QStringList &lines)
{
    m_history = lines.first(qMin(lines.size(), mostLines));
    auto *completer = new QCompleter(m_history, m_line);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_line->setCompleter(completer);
}

void LaunchBar::setEnabledBecause(bool enabled, const QString &why)
{
    m_why = enabled ? QString() : why;
    preview();
}

void LaunchBar::preview()
{
    const auto words = ShellWords::split(m_line->text());
    m_button->setEnabled(words && !words->isEmpty() && m_why.isEmpty());
    m_button->setToolTip(m_why);
    if (!words)
        say(Bad, words.error().message());
    else if (words->isEmpty())
        say(Hint, tr("Quotes join words; nothing is expanded. For pipes and variables: sh -c '…'"));
    else if (!m_why.isEmpty())
        say(Bad, m_why);
    else if (words->size() == 1)
        say(Words, tr("Runs %1 without arguments").arg(words->first()));
    else
        say(Words,
            tr("Runs %1 with %n argument(s): %2", nullptr, int(words->size()) - 1)
                .arg(words->first(), QStringLiteral("[%1]").arg(words->mid(1).join(QStringLiteral("] [")))));
}

void LaunchBar::launch()
{
    const auto words = ShellWords::split(m_line->text());
    if (!m_button->isEnabled() || !words)
        return;
    const QString text = m_line->text();
    QStringList lines = m_history;
    lines.removeAll(text);
    lines.prepend(text);
    setHistory(lines);
    const int where = broker();
    m_line->clear();
    Q_EMIT launched(where, *words);
}

void LaunchBar::showError(const QString &text)
{
    say(Bad, text);
}

void LaunchBar::showDone(const QString &text)
{
    say(Good, text);
}

void LaunchBar::say(Tone tone, const QString &text)
{
    m_tone = tone;
    m_note->setText(text);
    m_note->setToolTip(text);
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText,
                    tone == Bad        ? troubleColor(palette())
                        : tone == Good ? stateColor(State::Success, palette())
                        : tone == Hint ? faintColor(palette())
                                       : palette().color(QPalette::WindowText));
    m_note->setPalette(colors);
}

void LaunchBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        say(m_tone, m_note->text());
    QWidget::changeEvent(event);
}

} // namespace drover::gui
