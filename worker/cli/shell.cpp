// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/verb.h"

#include "support/home.h"

#include <QtCore/QJsonDocument>

#include <cstdio>
#include <cstdlib>

namespace drover::cli {

namespace {

void writeAll(FILE *file, const QByteArray &bytes)
{
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), file);
    std::fflush(file);
}

int exitCodeOf(const Error &error)
{
    switch (error.code()) {
    case ErrorCode::InvalidArgument: return UsageError;
    case ErrorCode::Timeout: return TimedOut;
    case ErrorCode::TaskFailed: break;
    case ErrorCode::Revoked: return TaskFailure;
    default: return DroverFailure;
    }
    switch (error.reason()) {
    case Reason::Timeout:
    case Reason::Deadline: return TimedOut;
    case Reason::Rejected: return UsageError;
    case Reason::SpawnFailed:
        return error.details().value(QStringLiteral("notFound")).toBool() ? CommandNotFound : NotRunnable;
    default: return TaskFailure;
    }
}

//! Another attempt to connect would end like this one. Who has met the broker waits until somebody starts it again.
bool isHopeless(const Error &error, bool hasMet)
{
    switch (error.code()) {
    case ErrorCode::InvalidArgument:
    case ErrorCode::Unsupported:
    case ErrorCode::NotTrusted:
    case ErrorCode::NotPermitted:
    case ErrorCode::ProtocolError:
    case ErrorCode::VersionMismatch: return true;
    default: return !hasMet && error.details().contains(QStringLiteral("program")); // the broker cannot be started
    }
}

} // namespace

Shell::Shell(QCommandLineParser &parser) : m_parser(parser) {}

Shell::~Shell() = default;

Result<QString> Shell::home() const
{
    if (isSet(QStringLiteral("home")))
        qputenv("DROVER_HOME", value(QStringLiteral("home")).toLocal8Bit());
    return homeFolder();
}

Client &Shell::client()
{
    if (!m_client) {
        ClientSettings settings;
        settings.startBroker(m_startBroker);
        if (const auto folder = home())
            settings.home(*folder);
        const QString chosen = value(QStringLiteral("broker"));
        const QString url = chosen.isEmpty() ? QStringLiteral("local:") : chosen;
        m_client = std::make_unique<Client>(QUrl(url), settings);
        QObject::connect(m_client.get(), &Client::connectedChanged, m_client.get(),
                         [this](bool connected) { m_hasMet |= connected; });
        QObject::connect(m_client.get(), &Client::connectionFailed, m_client.get(), [this](const Error &why) {
            if (!isHopeless(why, m_hasMet))
                return;
            (void)failed(why);
            std::_Exit(DroverFailure);
        });
    }
    return *m_client;
}

QCoro::Task<bool> Shell::connected()
{
    const bool starts = m_startBroker && client().broker().scheme() == QLatin1String("local");
    const Result<void> done = co_await client().connected(starts ? Milliseconds(10'000) : Milliseconds(2'000));
    if (done)
        co_return true;
    (void)failed(done.error());
    co_return false;
}

void Shell::print(const QString &text)
{
    if (m_hideOverlay)
        m_hideOverlay();
    writeAll(stdout, printable(text).toUtf8() + '\n');
}

void Shell::print(const QJsonObject &object)
{
    if (m_hideOverlay)
        m_hideOverlay();
    const QByteArray json = QJsonDocument(object).toJson(QJsonDocument::Compact);
    writeAll(stdout, printable(QString::fromUtf8(json)).toUtf8() + '\n'); // the escapes are those of JSON
}

void Shell::complain(const QString &text)
{
    if (m_hideOverlay)
        m_hideOverlay();
    writeAll(stderr, "drover: " + printable(text).toUtf8() + '\n');
}

int Shell::failed(const Error &error)
{
    if (wantsJson())
        print(QJsonObject{{QStringLiteral("error"), toJson(error)}});
    complain(error.typeName().isEmpty() ? error.message() : error.typeName() + QStringLiteral(": ") + error.message());
    return exitCodeOf(error);
}

void Shell::writeOutput(const QByteArray &bytes)
{
    writeAll(stdout, bytes);
}

void Shell::writeErrorOutput(const QByteArray &bytes)
{
    writeAll(stderr, bytes);
}

QString printable(const QString &text)
{
    QString result;
    result.reserve(text.size());
    for (const QChar c : text) {
        const bool steers = (c.unicode() < 0x20 && c != u'\n' && c != u'\t')
            || (c.unicode() >= 0x7f && c.unicode() < 0xa0) || (c.unicode() >= 0x202a && c.unicode() <= 0x202e)
            || (c.unicode() >= 0x2066 && c.unicode() <= 0x2069);
        if (steers)
            result += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
        else
            result += c;
    }
    return result;
}

} // namespace drover::cli
