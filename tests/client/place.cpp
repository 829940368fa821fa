// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "client/place.h"

#include "task/plugin.h"
#include "testplugin/test.h"

namespace drover::testing {

Place::Place(const QString &scheme) : m_scheme(scheme)
{
    if (scheme != QLatin1String("loopback:"))
        m_site.emplace(QStringLiteral(DROVER_FILE));
}

Place::~Place() = default;

QStringList Place::schemes()
{
    return {QStringLiteral("loopback:"), QStringLiteral("embedded:"), QStringLiteral("local:")};
}

void Place::addRows()
{
    QTest::addColumn<QString>("scheme");
    for (const QString &scheme : schemes())
        QTest::newRow(qPrintable(scheme)) << scheme;
}

bool Place::startBroker()
{
    return m_site->startBroker({QStringLiteral("--home"), m_site->home()});
}

bool Place::startWorker()
{
    return m_site->startWorker(QStringLiteral("here"), QStringLiteral(LAB_PLUGIN),
                               {QStringLiteral("--plugin"), QStringLiteral(TEST_PLUGIN), QStringLiteral("--slots"),
                                QStringLiteral("1"), QStringLiteral("--tag"), QStringLiteral("here"),
                                QStringLiteral("--home"), m_site->home()});
}

ClientSettings Place::settings()
{
    ClientSettings settings;
    settings.startBroker(false);
    if (m_site)
        settings.home(m_site->home());
    else
        settings.registry(&m_registry);
    return settings;
}

bool Place::start()
{
    if (!m_site) {
        for (const char *plugin : {LAB_PLUGIN, TEST_PLUGIN}) {
            if (const auto loaded = loadPlugin(QString::fromLocal8Bit(plugin), m_registry); !loaded) {
                qWarning() << loaded.error();
                return false;
            }
        }
    }
    if (m_scheme == QLatin1String("local:") && !startBroker())
        return false;
    m_client = std::make_unique<Client>(QUrl(m_scheme), settings());
    return (!m_site || startWorker()) && awaitFunctions();
}

bool Place::awaitFunctions()
{
    const bool there = QTest::qWaitFor(
        [this] {
            const auto offers = resultOf(m_client->functions(test::noop.name()));
            return offers && !offers->isEmpty() && offers->first().workers > 0;
        },
        patienceMs);
    if (!there)
        qWarning().noquote() << m_scheme << m_client->connectionError() << (m_site ? m_site->logs() : QString());
    return there;
}

std::unique_ptr<Client> Place::another()
{
    if (m_scheme != QLatin1String("local:"))
        return nullptr;
    return std::make_unique<Client>(QUrl(m_scheme), ClientSettings().startBroker(false).home(m_site->home()));
}

std::unique_ptr<BlockingClient> Place::blocking()
{
    m_client.reset();
    auto client = std::make_unique<BlockingClient>(QUrl(m_scheme), settings());
    const bool there = QTest::qWaitFor(
        [&] {
            const auto offers = client->functions(std::chrono::seconds(5), test::noop.name());
            return offers && !offers->isEmpty() && offers->first().workers > 0;
        },
        patienceMs);
    return there ? std::move(client) : nullptr;
}

bool reaches(Client &client, TaskId id, State state)
{
    return QTest::qWaitFor(
        [&] {
            const auto info = resultOf(client.show(id));
            return info && info->state == state;
        },
        patienceMs);
}

} // namespace drover::testing
