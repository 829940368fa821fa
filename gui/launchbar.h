// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtWidgets/QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace drover::gui {

//! A line for a command: shows how it is split into words as one types, says what is wrong below it, keeps what was run.
class LaunchBar : public QWidget
{
    Q_OBJECT
public:
    explicit LaunchBar(QWidget *parent);

    QLineEdit *line() const { return m_line; }
    QPushButton *button() const { return m_button; }
    //! What is said below the line: the words that will run, an error, or a hint.
    QString note() const;
    //! Where commands go; the choice shows when there are several.
    void setBrokers(const QList<std::pair<int, QString>> &brokers);
    int broker() const;
    //! Something to say about the last command, until the next key.
    void showError(const QString &text);
    void showDone(const QString &text);
    void setEnabledBecause(bool enabled, const QString &why);

    QStringList history() const { return m_history; }
    void setHistory(const QStringList &lines);

Q_SIGNALS:
    void launched(int broker, const QStringList &words);

protected:
    void changeEvent(QEvent *event) override;

private:
    enum Tone { Hint, Words, Good, Bad };

    void preview();
    void launch();
    void say(Tone tone, const QString &text);

    QLineEdit *m_line;
    QPushButton *m_button;
    QComboBox *m_brokers;
    QLabel *m_note;
    Tone m_tone = Hint;
    QStringList m_history; //!< latest first
    QString m_why; //!< it is disabled
};

} // namespace drover::gui
