// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "gui/emptystate.h"
#include "gui/factstable.h"
#include "gui/launches.h"
#include "gui/logview.h"

class QCheckBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QSplitter;
class QStackedLayout;

namespace drover {
class TaskHandle;
}

namespace drover::gui {

class StateBadge;

//! One task: its state, what is known of it, and what it writes, while it writes.
class TaskDetails : public QWidget
{
    Q_OBJECT
public:
    //! \a monitor and \a launches are not owned and must outlive this.
    TaskDetails(Monitor *monitor, Launches *launches, QWidget *parent);
    ~TaskDetails() override;

    void showTask(const RowKey &key);
    void showNothing();
    RowKey task() const { return m_key; }
    LogView *log() const { return m_log; }
    QPushButton *cancelButton() const { return m_cancel; }
    QPushButton *againButton() const { return m_again; }
    QSplitter *splitter() const { return m_splitter; }

Q_SIGNALS:
    void cancelAsked(const drover::RowKey &task);
    void againAsked(const drover::RowKey &task);

private:
    void update();
    void follow();
    void readStored();
    void readOutput();
    void showStored(const Result<CommandResult> &result);
    void showAttempts();
    QList<FactsTable::Fact> facts(const TaskInfo &task) const;
    void received(const QList<StreamItem> &items, bool end);
    void showProgress(double fraction);
    void updateLogState();

    Monitor *m_monitor;
    Launches *m_launches;
    QStackedLayout *m_stack;
    EmptyState *m_nothing;
    StateBadge *m_badge;
    QLabel *m_title;
    QPushButton *m_cancel;
    QPushButton *m_again;
    QSplitter *m_splitter;
    FactsTable *m_facts;
    LogView *m_log;
    EmptyState *m_noLog;
    QProgressBar *m_bar;
    QCheckBox *m_follow;
    RowKey m_key;
    TaskHandle *m_handle = nullptr;
    QString m_progress; //!< in words, of the running attempt
    TaskInfo m_full; //!< with its attempts, once it has ended
    Error m_error; //!< instead of the task
    bool m_known = false; //!< the broker has answered
    bool m_following = false; //!< the stream is read here
    bool m_stored = false; //!< what it wrote was asked for
    QTimer m_second;
};

} // namespace drover::gui
