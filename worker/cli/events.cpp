// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/signals.h"
#include "cli/verb.h"
#include "protocol/rows.h"

#include <QtCore/QDateTime>
#include <QtCore/QTimer>

namespace drover::cli {

namespace {

constexpr int mostQuestions = 256; // about ended tasks, that are open at a time

void declare(OptionList &options)
{
    options.addOptions({
        {QStringLiteral("for"), Client::tr("End after this time: 90, 10m, 2h."), QStringLiteral("time")},
        {QStringLiteral("function"), Client::tr("Only calls of this function; drover.run for commands."),
         QStringLiteral("function")},
        {QStringLiteral("queue"), Client::tr("Only tasks of this queue."), QStringLiteral("queue")},
    });
}

//! Turns the live tables of tasks and workers into lines, one a change.
class EventPrinter : public QObject
{
    Q_OBJECT
public:
    explicit EventPrinter(Shell &shell)
        : m_shell(shell), m_function(shell.value(QStringLiteral("function"))),
          m_queue(shell.value(QStringLiteral("queue")))
    {
        Backend *backend = shell.client().backend();
        connect(backend, &Backend::tableReset, this, [this](LiveTable table, const QList<QByteArray> &rows) {
            for (const QByteArray &row : rows)
                take(table, row, m_known.contains(table));
            m_known.insert(table);
        });
        connect(backend, &Backend::tableChanged, this,
                [this](LiveTable table, const QList<QByteArray> &rows, const QList<QByteArray> &removed) {
                    for (const QByteArray &row : rows)
                        take(table, row, true);
                    for (const QByteArray &key : removed)
                        gone(table, key);
                });
        if (m_function.isEmpty() && m_queue.isEmpty())
            backend->subscribe(LiveTable::Workers);
        backend->subscribe(LiveTable::Tasks);
    }

private:
    bool isWanted(const TaskInfo &task) const
    {
        return (m_function.isEmpty() || task.function == m_function) && (m_queue.isEmpty() || task.queue == m_queue);
    }
    void take(LiveTable table, const QByteArray &row, bool tell)
    {
        if (table == LiveTable::Tasks) {
            if (const auto task = decodeRow<TaskInfo>(row))
                take(*task, tell);
        } else if (const auto worker = decodeRow<WorkerInfo>(row)) {
            take(*worker, tell);
        }
    }
    void take(const TaskInfo &task, bool tell)
    {
        if (!isWanted(task) || m_tasks.value(task.id) == qMakePair(task.state, task.attempt))
            return;
        m_tasks.insert(task.id, {task.state, task.attempt});
        if (tell)
            print(task);
    }
    void take(const WorkerInfo &worker, bool tell)
    {
        const QByteArray key = rowKey(worker);
        if (m_workers.contains(key) && m_workers.value(key).connected == worker.connected)
            return;
        m_workers.insert(key, worker);
        if (tell)
            print(worker.name, worker.connected ? QStringLiteral("came") : QStringLiteral("is away"));
    }
    void gone(LiveTable table, const QByteArray &key)
    {
        if (table == LiveTable::Workers) {
            if (m_workers.contains(key))
                print(m_workers.take(key).name, QStringLiteral("is gone"));
            return;
        }
        const auto id = TaskId::fromBytes(key);
        if (!id)
            return;
        m_tasks.remove(*id);
        if (m_questions >= mostQuestions)
            return ++m_untold, void();
        ++m_questions;
        m_shell.client().show(*id).then(this, [this](const Result<TaskInfo> &task) { ended(task); });
    }
    void ended(const Result<TaskInfo> &task)
    {
        --m_questions;
        if (task && isWanted(*task))
            print(*task);
        if (m_questions == 0 && m_untold > 0)
            m_shell.complain(QStringLiteral("%1 tasks more have ended, too fast to be told one by one")
                                 .arg(std::exchange(m_untold, 0)));
    }
    void print(const TaskInfo &task)
    {
        if (m_shell.wantsJson())
            return m_shell.print(
                QJsonObject{{QStringLiteral("time"), now(Qt::ISODateWithMs)}, {QStringLiteral("task"), toJson(task)}});
        QString text =
            QStringLiteral("%1 task %2 %3 %4").arg(clock(), task.id.toString(), toString(task.state), task.function);
        if (!task.summary.isEmpty())
            text += u' ' + task.summary;
        if (!task.worker.isEmpty())
            text += QStringLiteral(" on ") + task.worker;
        if (task.attempt > 1)
            text += QStringLiteral(", attempt %1").arg(task.attempt);
        if (task.error.code() != ErrorCode::None)
            text += QStringLiteral(": ") + task.error.message();
        m_shell.print(text.replace(u'\n', u' '));
    }
    void print(const QString &worker, const QString &what)
    {
        if (m_shell.wantsJson())
            return m_shell.print(QJsonObject{{QStringLiteral("time"), now(Qt::ISODateWithMs)},
                                             {QStringLiteral("worker"), worker},
                                             {QStringLiteral("event"), what}});
        m_shell.print(QStringLiteral("%1 worker %2 %3").arg(clock(), worker, what));
    }
    static QString now(Qt::DateFormat format) { return QDateTime::currentDateTimeUtc().toString(format); }
    static QString clock() { return QTime::currentTime().toString(QStringLiteral("HH:mm:ss.zzz")); }

    Shell &m_shell;
    QString m_function;
    QString m_queue;
    QSet<LiveTable> m_known; //!< tables whose first snapshot has come
    QHash<TaskId, QPair<State, quint32>> m_tasks;
    QHash<QByteArray, WorkerInfo> m_workers;
    int m_questions = 0;
    int m_untold = 0;
};

QCoro::Task<int> run(Shell &shell)
{
    const bool limited = shell.isSet(QStringLiteral("for"));
    const Result<Milliseconds> time =
        limited ? durationFromText(shell.value(QStringLiteral("for"))) : Result<Milliseconds>(Milliseconds(0));
    if (!time)
        co_return shell.failed(time.error());
    if (!co_await shell.connected())
        co_return DroverFailure;
    const EventPrinter printer(shell);
    Answer<int> ended;
    Signals signals_;
    QTimer timer;
    QObject::connect(&signals_, &Signals::asked, &signals_, [tell = ended.sink()] { tell(int(Interrupted)); });
    QObject::connect(&timer, &QTimer::timeout, &timer, [tell = ended.sink()] { tell(int(Success)); });
    if (limited)
        timer.start(*time);
    const Result<int> code = co_await ended;
    co_return *code;
}

} // namespace

const Verb eventsVerb{
    .name = "events",
    .arguments = "",
    .summary = "Prints changes of tasks and workers as they happen",
    .description =
        "One line a change, until Ctrl-C: tasks as they are queued, leased, started and ended, workers as they come "
        "and go. What was there before is not told. Tasks that came and went between two looks of the broker "
        "show their end only. With --function or --queue only tasks are told.",
    .examples = {{"drover events --json | jq .task.state", "Follows states with a program."},
                 {"drover events --for 1m --queue slow", "A minute of one queue."}},
    .exits = {{"130", "Ctrl-C."}},
    .declare = declare,
    .run = run};

} // namespace drover::cli

#include "events.moc"
