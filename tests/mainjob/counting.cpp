// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "counting.h"

#include "protocol/rows.h"

#include <QtCore/QFile>
#include <QtCore/QTextStream>
#include <QtCore/QTimer>

#include <algorithm>

using namespace drover;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype workerCount = 2;

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

Counting::Counting(drover::testing::Site &site, Client &client, QStringList files, Victim victim)
    : m_site(site), m_client(client), m_files(std::move(files)), m_victim(victim), m_bar(m_files.size())
{
    connect(client.backend(), &Backend::tableReset, this, [this](LiveTable table, const QList<QByteArray> &rows) {
        if (table != LiveTable::Workers)
            return;
        m_busy.clear();
        workersChanged(rows);
    });
    connect(client.backend(), &Backend::tableChanged, this, [this](LiveTable table, const QList<QByteArray> &rows) {
        if (table == LiveTable::Workers)
            workersChanged(rows);
    });
    client.backend()->subscribe(LiveTable::Workers);
}

void Counting::workersChanged(const QList<QByteArray> &rows)
{
    for (const QByteArray &row : rows) {
        const auto worker = decodeRow<WorkerInfo>(row);
        if (worker && worker->connected)
            m_busy[worker->name] = worker->busy;
        else if (worker)
            m_busy.remove(worker->name);
    }
    if (m_busy.size() == workerCount)
        m_workersHere.sink()({});
    killWhenDue();
}

QCoro::Task<int> Counting::run()
{
    const Result<void> connected = co_await m_client.connected(20s);
    if (!connected)
        co_return failed(connected.error().message());
    QTimer::singleShot(20s, this, [this] {
        m_workersHere.sink()(fail(ErrorCode::Timeout, QStringLiteral("the workers did not find the broker")));
    });
    const Result<void> here = co_await m_workersHere;
    if (!here)
        co_return failed(here.error().message());
    m_time.start();
    for (const QString &file : std::as_const(m_files))
        m_tasks.append(m_client.submit(words::countWords, contentOf(file)));
    for (const Submitted<words::Counts> &task : std::as_const(m_tasks))
        merge(task);
    (void)co_await m_allMerged;
    m_wallMs = m_time.elapsed();
    if (!m_failure.isEmpty())
        co_return failed(m_failure);
    if (m_victim != Victim::None && !m_killed)
        co_return failed(QStringLiteral("nothing was killed: no lease was held when a third was done"));
    const QString trouble = co_await countAttempts();
    if (!trouble.isEmpty())
        co_return failed(trouble);
    report();
    if (!agrees())
        co_return failed(QStringLiteral("local and remote differ"));
    QTextStream(stdout) << "local and remote agree\n";
    co_return 0;
}

QCoro::Task<> Counting::merge(Submitted<words::Counts> task)
{
    const Result<words::Counts> counts = co_await task;
    if (counts)
        words::merge(m_counts, *counts);
    else
        m_failure = counts.error().message();
    m_bar.show(++m_done);
    killWhenDue();
    if (m_done == m_tasks.size())
        m_allMerged.sink()({});
}

void Counting::killWhenDue()
{
    if (m_killed || m_victim == Victim::None || m_done * 3 < m_tasks.size() || m_tasks.isEmpty())
        return;
    const auto victim = std::find_if(m_busy.begin(), m_busy.end(), [](quint32 leases) { return leases > 0; });
    if (victim == m_busy.end())
        return;
    const QString name = m_victim == Victim::Broker ? QStringLiteral("broker") : victim.key();
    m_killed = m_site.kill(name);
    m_bar.say(QStringLiteral("killed %1 with -9 after %2 results").arg(name).arg(m_done));
    if (m_victim == Victim::Broker && !m_site.startBroker())
        m_failure = QStringLiteral("the broker could not be started again");
}

QCoro::Task<QString> Counting::countAttempts()
{
    for (const Submitted<words::Counts> &task : std::as_const(m_tasks)) {
        const Result<TaskInfo> info = co_await m_client.show(task.id());
        if (!info)
            co_return info.error().message();
        ++m_tasksBy[info->worker];
        m_reruns += qMax(0, int(info->attempts.size()) - 1); // hand-backs before the start are no attempts
    }
    co_return QString();
}

bool Counting::agrees() const
{
    words::Counts local;
    for (const QString &file : m_files)
        words::merge(local, words::count(contentOf(file)));
    return local == m_counts;
}

void Counting::report() const
{
    QList<std::pair<int, QString>> top;
    for (auto it = m_counts.begin(); it != m_counts.end(); ++it)
        top.append({-it.value(), it.key()});
    std::ranges::sort(top);
    QTextStream out(stdout);
    out << "\nthe twenty most frequent of " << m_counts.size() << " words in " << m_files.size() << " files\n";
    for (const auto &[count, word] : std::as_const(top).first(qMin(top.size(), qsizetype(20))))
        out << QStringLiteral("%1  %2\n").arg(-count, 10).arg(word);
    out << '\n';
    for (auto it = m_tasksBy.begin(); it != m_tasksBy.end(); ++it)
        out << QStringLiteral("%1 tasks on %2\n").arg(it.value(), 10).arg(it.key());
    out << QStringLiteral("%1 attempts run again\n").arg(m_reruns, 10);
    out << QStringLiteral("%1 s\n").arg(double(m_wallMs) / 1000, 10, 'f', 2);
}

int Counting::failed(const QString &why) const
{
    QTextStream(stderr) << "the main job failed: " << why << '\n' << m_site.logs();
    return 1;
}
