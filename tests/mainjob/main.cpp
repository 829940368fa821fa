// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "counting.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QDirIterator>
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtCore/QTimer>

namespace {

QStringList filesOf(const QString &folder, const QStringList &names)
{
    QStringList files;
    QDirIterator it(folder, names, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext())
        files.append(it.next());
    files.sort();
    return files;
}

//! The copyright files of the machine, or the project's own texts where there are none.
QStringList textFiles()
{
    QStringList files;
    const QDir docs(QStringLiteral("/usr/share/doc"));
    for (const QString &package : docs.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QString file = docs.filePath(package + QStringLiteral("/copyright"));
        if (QFile::exists(file))
            files.append(file);
    }
    if (!files.isEmpty())
        return files;
    return filesOf(QStringLiteral(PROJECT_FOLDER),
                   {QStringLiteral("*.md"), QStringLiteral("*.h"), QStringLiteral("*.cpp")});
}

//! The monitor of the job, where there is a display to show it on; closed with the job.
class Window
{
public:
    void open()
    {
        const QString program =
            QStandardPaths::findExecutable(QStringLiteral("drover-monitor"), {QCoreApplication::applicationDirPath()});
        if (program.isEmpty()
            || (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY")))
            return;
        m_process.setStandardOutputFile(QProcess::nullDevice());
        m_process.setStandardErrorFile(QProcess::nullDevice());
        m_process.start(program, {QStringLiteral("--broker"), QStringLiteral("local:"), QStringLiteral("--no-start")});
    }
    ~Window()
    {
        m_process.terminate();
        if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(3000))
            m_process.kill();
    }

private:
    QProcess m_process;
};

QCoro::Task<> perform(Counting &counting)
{
    const int code = co_await counting.run();
    QCoreApplication::exit(code);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    application.setApplicationName(QStringLiteral("wordcount"));
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({QStringLiteral("kill"),
                      QStringLiteral("Kill this with -9 when a third is done: worker or broker."),
                      QStringLiteral("victim")});
    parser.process(application);
    const QString kill = parser.value(QStringLiteral("kill"));
    if (!kill.isEmpty() && kill != QLatin1String("worker") && kill != QLatin1String("broker")) {
        qCritical("--kill takes worker or broker");
        return 2;
    }
    drover::testing::Site site(QStringLiteral(DROVER_FILE));
    const QString plugin = QStringLiteral(WORDS_PLUGIN);
    if (!site.startBroker() || !site.startWorker(QStringLiteral("lab-1"), plugin)
        || !site.startWorker(QStringLiteral("lab-2"), plugin)) {
        qCritical("the broker or a worker could not be started");
        return 1;
    }
    Window window;
    window.open();
    drover::Client client(QUrl(QStringLiteral("local:")), drover::ClientSettings().startBroker(false));
    const Victim victim = kill.isEmpty()  ? Victim::None
        : kill == QLatin1String("worker") ? Victim::Worker
                                          : Victim::Broker;
    Counting counting(site, client, textFiles(), victim);
    QTimer::singleShot(0, &counting, [&counting] { perform(counting); });
    return application.exec();
}
