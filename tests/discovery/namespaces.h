// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace drover {

//! Network namespaces of one test: machines with interfaces of their own, off every real network.
//! They are named after this process and removed with it, also what a killed run left behind.
class Namespaces
{
public:
    Namespaces();
    ~Namespaces();
    Namespaces(const Namespaces &) = delete;
    Namespaces &operator=(const Namespaces &) = delete;

    //! Why they cannot be made here; empty when they can.
    static QString whyNot();

    //! Makes one, with nothing up in it.
    bool add(const QString &name);
    //! A cable between two interfaces, each "namespace:interface"; both are down.
    bool connect(const QString &from, const QString &to);
    //! Runs a shell line in a namespace; its output, or a null array when it failed (the reason is printed).
    QByteArray run(const QString &name, const QString &script) const;
    //! The command that runs what follows in a namespace.
    QStringList prefix(const QString &name) const;

private:
    QString fullName(const QString &name) const;

    QStringList m_names;
};

} // namespace drover
