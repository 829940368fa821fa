// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/clock.h"
#include "support/export.h"

#include <QtCore/QStringList>

#include <functional>

namespace drover {

class Registry;

//! How a Worker is made. A value; each setter returns it.
class WorkerSettings
{
public:
    //! Enters functions in a registry, as a plugin does. Called in each thread that runs them, so that each has its own callables;
    //! what these share between them must bear several threads.
    using Functions = std::function<void(Registry &registry)>;

    WorkerSettings() {}

    //! The functions of the application that it offers. Not together with plugins().
    WorkerSettings &functions(Functions enter)
    {
        m_functions = std::move(enter);
        return *this;
    }
    //! Libraries of functions; they are loaded into processes of their own, for which the program `drover` is needed.
    WorkerSettings &plugins(QStringList files)
    {
        m_plugins = std::move(files);
        return *this;
    }
    //! Whether it runs programs, too (`drover run`); false unless set.
    WorkerSettings &commands(bool on)
    {
        m_commands = on;
        return *this;
    }
    //! What people call it; the program's name and the machine's unless set. Workers of one home have different names.
    WorkerSettings &name(QString text)
    {
        m_name = std::move(text);
        return *this;
    }
    //! The folder of keys and trust; homeFolder() unless set.
    WorkerSettings &home(QString path)
    {
        m_home = std::move(path);
        return *this;
    }
    //! How many tasks run at once; the number of processors unless set.
    WorkerSettings &slotCount(quint32 count)
    {
        m_slotCount = count;
        return *this;
    }
    //! What tasks may ask for with Options::tag().
    WorkerSettings &tags(QStringList names)
    {
        m_tags = std::move(names);
        return *this;
    }
    //! Where it listens for brokers; all addresses and a free port unless set.
    WorkerSettings &listen(QString address, quint16 port = 0)
    {
        m_address = std::move(address);
        m_port = port;
        return *this;
    }
    //! Brokers that it dials, too: `drover://host[:port]`.
    WorkerSettings &brokers(QStringList addresses)
    {
        m_brokers = std::move(addresses);
        return *this;
    }
    //! Whether it says on the LAN that it is here; true unless set.
    WorkerSettings &discoverable(bool on)
    {
        m_discoverable = on;
        return *this;
    }
    //! It deactivates itself after so long without a task; zero, which is never, unless set.
    WorkerSettings &idleExit(Milliseconds time)
    {
        m_idleExit = time;
        return *this;
    }

    const Functions &functions() const { return m_functions; }
    const QStringList &plugins() const { return m_plugins; }
    bool commands() const { return m_commands; }
    const QString &name() const { return m_name; }
    const QString &home() const { return m_home; }
    quint32 slotCount() const { return m_slotCount; }
    const QStringList &tags() const { return m_tags; }
    const QString &address() const { return m_address; }
    quint16 port() const { return m_port; }
    const QStringList &brokers() const { return m_brokers; }
    bool discoverable() const { return m_discoverable; }
    Milliseconds idleExit() const { return m_idleExit; }

private:
    Functions m_functions;
    QStringList m_plugins;
    bool m_commands = false;
    QString m_name;
    QString m_home;
    quint32 m_slotCount = 0;
    QStringList m_tags;
    QString m_address;
    quint16 m_port = 0;
    QStringList m_brokers;
    bool m_discoverable = true;
    Milliseconds m_idleExit{0};
};

} // namespace drover
