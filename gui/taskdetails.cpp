// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "gui/taskdetails.h"

#include "client/taskhandle.h"
#include "gui/statebadge.h"
#include "models/texts.h"

#include <QtCore/QDateTime>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedLayout>

namespace drover::gui {

TaskDetails::TaskDetails(Monitor *monitor, Launches *launches, QWidget *parent)
    : QWidget(parent), m_monitor(monitor), m_launches(launches), m_stack(new QStackedLayout(this)),
      m_nothing(new EmptyState(this)), m_badge(new StateBadge(this)), m_title(new QLabel(this)),
      m_cancel(new QPushButton(tr("Cancel task"), this)), m_again(new QPushButton(tr("Run again"), this)),
      m_splitter(new QSplitter(Qt::Horizontal, this)), m_facts(new FactsTable(m_splitter)),
      m_log(new LogView(m_splitter)), m_noLog(new EmptyState(m_log)), m_bar(new QProgressBar(this)),
      m_follow(new QCheckBox(tr("Follow output"), this))
{
    m_nothing->setTexts(tr("No task is selected"),
                        tr("Select one above to see what it does, where it runs, and what it writes."));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_follow->setChecked(true);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(5);
    m_bar->setRange(0, 1000);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(2, 0, 0, 0);
    top->setSpacing(12);
    top->addWidget(m_badge);
    top->addWidget(m_title, 1);
    top->addWidget(m_follow);
    top->addWidget(m_again);
    top->addWidget(m_cancel);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({400, 540});
    m_facts->setMinimumWidth(220);
    auto *over = new QVBoxLayout(m_log->viewport());
    over->setContentsMargins(0, 0, 0, 0);
    over->addWidget(m_noLog);
    auto *page = new QWidget(this);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(top);
    layout->addWidget(m_bar);
    layout->addWidget(m_splitter, 1);
    m_stack->addWidget(m_nothing);
    m_stack->addWidget(page);
    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, this, &TaskDetails::update);
    connect(m_follow, &QCheckBox::clicked, m_log, &LogView::setFollowing);
    connect(m_log, &LogView::followingChanged, m_follow, &QCheckBox::setChecked);
    connect(m_log, &QPlainTextEdit::textChanged, this, &TaskDetails::updateLogState);
    connect(m_noLog, &EmptyState::actionClicked, this, &TaskDetails::follow);
    connect(m_cancel, &QPushButton::clicked, this, [this] { Q_EMIT cancelAsked(m_key); });
    connect(m_again, &QPushButton::clicked, this, [this] { Q_EMIT againAsked(m_key); });
}

TaskDetails::~TaskDetails() = default;

void TaskDetails::showNothing()
{
    delete std::exchange(m_handle, nullptr);
    m_key = {};
    m_second.stop();
    m_stack->setCurrentIndex(0);
}

void TaskDetails::showTask(const RowKey &key)
{
    const auto id = TaskId::fromBytes(key.id);
    Client *client = m_monitor->client(key.broker);
    if (key == m_key && m_handle)
        return;
    showNothing();
    if (!id || !client)
        return;
    m_key = key;
    m_full = {};
    m_error = {};
    m_known = m_following = m_stored = false;
    m_log->clearAll();
    m_log->setFollowing(true);
    m_progress.clear();
    showProgress(-1);
    m_handle = client->watch(*id, this);
    connect(m_handle, &TaskHandle::changed, this, [this] {
        const bool isFirst = !std::exchange(m_known, true);
        if (isFirst && !m_handle->isFinished() && m_launches->contains(m_key))
            follow();
        update();
    });
    connect(m_handle, &TaskHandle::failed, this, [this](const Error &error) {
        m_error = error;
        update();
    });
    connect(m_handle, &TaskHandle::received, this,
            [this](quint32, const QList<StreamItem> &items, bool end) { received(items, end); });
    m_stack->setCurrentIndex(1);
    m_second.start();
    update();
}

// A stream that was not read in time, or whose worker has gone, ends with Lost; what the task wrote is in its result, then.
void TaskDetails::received(const QList<StreamItem> &items, bool end)
{
    m_log->add(items);
    bool lost = false;
    for (const StreamItem &item : items) {
        lost |= item.kind == StreamItem::Lost;
        if (item.kind != StreamItem::Progress)
            continue;
        if (const auto progress = Progress::fromData(item.data)) {
            m_progress = progress->text;
            showProgress(progress->fraction());
        }
    }
    if (end && (lost || m_log->isEmptyLog()))
        readOutput();
}

void TaskDetails::showProgress(double fraction)
{
    m_bar->setVisible(fraction >= 0 && !(m_handle && m_handle->isFinished()));
    m_bar->setValue(int(fraction * m_bar->maximum()));
}

void TaskDetails::follow()
{
    if (!m_handle || m_stored)
        return;
    m_following = true;
    m_handle->openStream();
    updateLogState();
}

void TaskDetails::update()
{
    if (!m_handle)
        return;
    const TaskInfo &task = m_handle->info();
    m_badge->setState(task.state);
    const QString title = m_known ? Texts::title(task) : tr("Asking the broker…");
    m_title->setText(m_title->fontMetrics().elidedText(title, Qt::ElideRight, qMax(200, m_title->width())));
    m_title->setToolTip(title);
    m_cancel->setVisible(!isFinal(task.state));
    m_cancel->setEnabled(m_known && task.state != State::Cancelling);
    m_again->setVisible(isFinal(task.state));
    if (task.progress >= 0 || isFinal(task.state))
        showProgress(isFinal(task.state) ? -1 : task.progress);
    m_facts->setFacts(facts(task));
    if (m_known && isFinal(task.state))
        readStored();
    updateLogState();
}

// A task that ended before it was looked at has no stream any more, but a result, and the last lines of its attempts.
void TaskDetails::readStored()
{
    if (std::exchange(m_stored, true))
        return;
    const TaskId id = m_handle->id();
    Client *client = m_monitor->client(m_key.broker);
    client->show(id).then(m_handle, [this](const Result<TaskInfo> &task) {
        if (!task)
            return;
        m_full = *task;
        m_facts->setFacts(facts(m_full));
        if (m_log->isEmptyLog() && m_full.function != runCommand.name())
            showAttempts();
    });
    if (!m_following)
        readOutput();
}

void TaskDetails::readOutput()
{
    Client *client = m_monitor->client(m_key.broker);
    if (client && m_handle->info().function == runCommand.name())
        client->attach<CommandResult>(m_handle->id()).then(m_handle, [this](const Result<CommandResult> &result) {
            showStored(result);
        });
}

void TaskDetails::showStored(const Result<CommandResult> &result)
{
    const auto written = result ? std::optional(*result) : CommandResult::fromError(result.error());
    if (!written)
        return;
    m_log->clearAll();
    m_log->addOutput(written->output());
    m_log->addErrorOutput(written->errorOutput());
    if (written->isOutputTruncated())
        m_log->addNote(tr("The rest of the output was not kept."));
    updateLogState();
}

void TaskDetails::showAttempts()
{
    for (const AttemptInfo &attempt : std::as_const(m_full.attempts)) {
        if (attempt.log.isEmpty())
            continue;
        if (m_full.attempts.size() > 1)
            m_log->addNote(tr("Attempt %1 on %2").arg(attempt.number).arg(attempt.worker));
        m_log->addOutput(attempt.log.toUtf8());
    }
    updateLogState();
}

QList<FactsTable::Fact> TaskDetails::facts(const TaskInfo &task) const
{
    if (m_error.code() != ErrorCode::None)
        return {{tr("Problem"), m_error.message(), true}};
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    QString outcome = task.error.message();
    if (outcome.isEmpty() && task.reason != Reason::None)
        outcome = Texts::reason(task.reason);
    const bool isCommand = task.function == runCommand.name();
    QList<FactsTable::Fact> list{
        {tr("Why it waits"), task.worker.isEmpty() || !isFinal(task.state) ? Texts::why(task.why) : QString()},
        {tr("Asked for"), Texts::asked(task.asked)},
        {tr("Problem"), outcome, task.state == State::Failure || task.state == State::Retry},
        {isCommand ? tr("Command") : tr("Arguments"), task.summary, false, true},
        {tr("Function"), isCommand ? QString() : task.function},
        {tr("Worker"), task.worker},
        {tr("Queue"), task.priority == 0 ? task.queue : tr("%1, priority %2").arg(task.queue).arg(task.priority)},
        {tr("Progress"), m_progress.isEmpty() ? task.progressText : m_progress},
        {tr("Submitted"), Texts::moment(task.submittedMs)},
        {tr("Started"), Texts::moment(task.startedMs)},
        {tr("Finished"), Texts::moment(task.finishedMs)},
        {tr("Duration"), Texts::duration(Texts::ran(task, now))},
        {tr("Attempt"), task.attempt > 1 ? QString::number(task.attempt) : QString()},
    };
    for (const AttemptInfo &attempt : m_full.attempts) {
        if (m_full.attempts.size() > 1)
            list.append({tr("Attempt %1").arg(attempt.number),
                         QStringList{Texts::state(attempt.state), attempt.worker, attempt.error.message()}.join(
                             QStringLiteral(" · ")),
                         attempt.state == State::Failure});
    }
    for (const OrphanInfo &orphan : m_full.orphans)
        list.append({tr("Came too late"),
                     orphan.ok ? tr("a result of attempt %1 on %2").arg(orphan.attempt).arg(orphan.worker)
                               : tr("an error of attempt %1 on %2").arg(orphan.attempt).arg(orphan.worker)});
    list.append({tr("Task id"), task.id.toString()});
    return list;
}

void TaskDetails::updateLogState()
{
    const bool any = !m_log->isEmptyLog();
    m_noLog->setVisible(!any);
    m_follow->setVisible(m_following && m_handle && !m_handle->isFinished());
    if (any || !m_handle)
        return;
    const State state = m_handle->info().state;
    if (isFinal(state))
        m_noLog->setTexts(tr("It wrote nothing"), {});
    else if (!m_following)
        m_noLog->setTexts(tr("Somebody else launched this task"),
                          tr("What it writes goes to whoever launched it. It is shown here when the task has ended."),
                          {}, tr("Read it here instead"));
    else if (state == State::Started || state == State::Received)
        m_noLog->setTexts(tr("Nothing written yet"), tr("Output appears here as the task writes it."));
    else
        m_noLog->setTexts(tr("Not started yet"), Texts::why(m_handle->info().why));
}

} // namespace drover::gui
