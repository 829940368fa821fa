// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QCoreApplication>
#include <QtCore/QElapsedTimer>
#include <QtCore/QProcess>

namespace drover {

//! A running beacon_peer; it is asked to end, and waited for, when this is destroyed.
class BeaconProcess
{
public:
    //! \a prefix is a command that runs the program ("ip netns exec name"); \a environment is what it has.
    BeaconProcess(QStringList prefix, const QStringList &arguments,
                  const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment())
    {
        prefix += QCoreApplication::applicationDirPath() + QStringLiteral("/beacon_peer");
        prefix += arguments;
        m_process.setProcessEnvironment(environment);
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(prefix.takeFirst(), prefix);
    }
    ~BeaconProcess() { end(); }

    //! Waits for a line that contains \a text, and forgets the lines up to it. Returns the line, or nothing.
    QString waitForLine(const QString &text, int timeoutMs = 10000)
    {
        const QStringList lines = linesUntil(text, timeoutMs);
        return lines.isEmpty() ? QString() : lines.last();
    }
    //! The same, and returns all lines up to it.
    QStringList linesUntil(const QString &text, int timeoutMs = 10000)
    {
        QStringList lines;
        QElapsedTimer time;
        time.start();
        while (true) {
            while (m_process.canReadLine()) {
                lines += QString::fromUtf8(m_process.readLine()).trimmed();
                if (lines.last().contains(text))
                    return lines;
            }
            const int rest = timeoutMs - int(time.elapsed());
            if (rest <= 0 || !m_process.waitForReadyRead(rest))
                return {};
        }
    }
    //! What it says of its outlets: "lo/4 sent 3".
    QStringList report()
    {
        m_process.write("report\n");
        QStringList lines;
        for (QString line = waitForLine({}); !line.isEmpty() && line != QStringLiteral("end"); line = waitForLine({})) {
            if (line.startsWith(QStringLiteral("outlet ")))
                lines += line.mid(7);
        }
        return lines;
    }
    void end()
    {
        m_process.closeWriteChannel();
        if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(10000))
            kill();
    }
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

private:
    QProcess m_process;
};

} // namespace drover
