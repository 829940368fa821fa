// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "transport/tls.h"

#include <QtCore/QCryptographicHash>
#include <QtNetwork/QSslSocket>

#include <algorithm>

namespace drover {

namespace {

constexpr QLatin1StringView openSsl("openssl");

Unexpected<Error> unusable(const QString &what)
{
    return fail(
        ErrorCode::Unsupported,
        QStringLiteral("Drover needs Qt's OpenSSL backend with TLS 1.3, but %1. Available: %2. Install Qt's plugin "
                       "tls/qopensslbackend and OpenSSL 1.1.1 or later.")
            .arg(what, QSslSocket::availableBackends().join(QStringLiteral(", "))));
}

Result<void> chooseBackend()
{
    if (!QSslSocket::availableBackends().contains(openSsl))
        return unusable(QStringLiteral("it is not installed"));
    if (QSslSocket::activeBackend() != openSsl && !QSslSocket::setActiveBackend(openSsl))
        return unusable(QStringLiteral("\"%1\" is in use already").arg(QSslSocket::activeBackend()));
    if (!QSslSocket::supportedProtocols().contains(QSsl::TlsV1_3))
        return unusable(QStringLiteral("this OpenSSL has no TLS 1.3"));
    return {};
}

bool isIgnorable(const QSslError &error)
{
    switch (error.error()) {
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
    case QSslError::HostNameMismatch:
    case QSslError::CertificateNotYetValid:
    case QSslError::CertificateExpired: return true;
    default: return false;
    }
}

} // namespace

Result<TlsIdentity> TlsIdentity::fromPem(const QByteArray &certificate, const QByteArray &key)
{
    if (const Result<void> ready = prepareTls(); !ready)
        return fail(ready.error());
    const TlsIdentity identity{QSslCertificate(certificate, QSsl::Pem), QSslKey(key, QSsl::Ec, QSsl::Pem)};
    if (identity.certificate.isNull())
        return fail(ErrorCode::InvalidArgument, QStringLiteral("The certificate cannot be read."));
    if (identity.key.isNull())
        return fail(ErrorCode::InvalidArgument, QStringLiteral("The private key cannot be read."));
    return identity;
}

QByteArray TlsIdentity::fingerprint() const
{
    return fingerprintOf(certificate);
}

QByteArray fingerprintOf(const QSslCertificate &certificate)
{
    return certificate.isNull() ? QByteArray() : certificate.digest(QCryptographicHash::Sha256);
}

Result<void> prepareTls()
{
    static const Result<void> result = chooseBackend();
    return result;
}

QSslConfiguration tlsConfiguration(const TlsIdentity &identity)
{
    QSslConfiguration configuration;
    configuration.setProtocol(QSsl::TlsV1_3OrLater);
    configuration.setLocalCertificate(identity.certificate);
    configuration.setPrivateKey(identity.key);
    configuration.setCaCertificates({});
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    configuration.setSslOption(QSsl::SslOptionDisableSessionTickets, true);
    return configuration;
}

QList<QSslError> ignorable(const QList<QSslError> &errors)
{
    QList<QSslError> result;
    std::ranges::copy_if(errors, std::back_inserter(result), isIgnorable);
    return result;
}

} // namespace drover
