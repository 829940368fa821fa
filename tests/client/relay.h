// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/address.h"

#include <QtNetwork/QNetworkProxy>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>

#include <memory>

namespace drover::testing {

//! Stands between the per-user broker of a home and the clients that come from now on; its links can be cut.
class Relay
{
public:
    explicit Relay(const QString &home) : m_home(home), m_broker(BrokerAddress::read(home).value())
    {
        m_server.setProxy(QNetworkProxy::NoProxy);
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] { accept(); });
        BrokerAddress mine = m_broker;
        mine.port = m_server.serverPort();
        mine.write(m_home).value();
    }
    ~Relay() { m_broker.write(m_home).value(); }

    //! How many connected so far.
    int links() const { return m_count; }
    //! As if a cable was pulled: what is under way is lost, in both directions.
    void cut() { m_links = std::make_unique<QObject>(); }

private:
    void accept()
    {
        ++m_count;
        QTcpSocket *here = m_server.nextPendingConnection();
        here->setParent(m_links.get());
        auto *there = new QTcpSocket(m_links.get());
        there->setProxy(QNetworkProxy::NoProxy);
        pass(here, there);
        pass(there, here);
        there->connectToHost(QHostAddress::LocalHost, m_broker.port);
    }
    void pass(QTcpSocket *from, QTcpSocket *to)
    {
        QObject::connect(from, &QTcpSocket::readyRead, to, [from, to] { to->write(from->readAll()); });
        QObject::connect(from, &QTcpSocket::disconnected, to, &QTcpSocket::disconnectFromHost);
    }

    QString m_home;
    BrokerAddress m_broker;
    QTcpServer m_server;
    std::unique_ptr<QObject> m_links = std::make_unique<QObject>();
    int m_count = 0;
};

} // namespace drover::testing
