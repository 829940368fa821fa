// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtNetwork/QNetworkProxy>

namespace drover::testing {

//! Counts how often sockets ask which proxy to use, as long as it lives; one at a time.
class ProxyCount
{
public:
    ProxyCount() { QNetworkProxyFactory::setApplicationProxyFactory(new Factory(m_asked)); }
    ~ProxyCount() { QNetworkProxyFactory::setApplicationProxyFactory(nullptr); }
    Q_DISABLE_COPY_MOVE(ProxyCount)

    int asked() const { return m_asked; }

private:
    class Factory final : public QNetworkProxyFactory
    {
    public:
        explicit Factory(int &asked) : m_asked(asked) {}
        QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &) override
        {
            ++m_asked;
            return {QNetworkProxy(QNetworkProxy::NoProxy)};
        }

    private:
        int &m_asked;
    };

    int m_asked = 0;
};

} // namespace drover::testing
