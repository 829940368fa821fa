// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "support/result.h"

#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslConfiguration>
#include <QtNetwork/QSslKey>

#include <functional>

namespace drover {

//! The key that this process shows to its peers. A value.
struct DROVER_CORE_EXPORT TlsIdentity
{
    QSslCertificate certificate;
    QSslKey key;

    //! InvalidArgument when one of the two cannot be read.
    static Result<TlsIdentity> fromPem(const QByteArray &certificate, const QByteArray &key);
    //! 32 bytes, SHA-256 of the certificate.
    QByteArray fingerprint() const;
};

//! 32 bytes, SHA-256 of the certificate in DER; empty for no certificate.
DROVER_CORE_EXPORT QByteArray fingerprintOf(const QSslCertificate &certificate);

enum class Verdict : quint8 {
    Refuse = 0,
    Accept = 1,
};

//! Decides by its fingerprint whether a peer is trusted. Called in the thread of the socket, once per connection.
using Judge = std::function<Verdict(const QByteArray &fingerprint)>;

//! Makes Qt use its OpenSSL backend; Unsupported, with the remedy, when there is none with TLS 1.3. Called before the
//! first socket of a process; cheap afterwards.
DROVER_CORE_EXPORT Result<void> prepareTls();

//! TLS 1.3 with \a identity, and a certificate required of the peer.
QSslConfiguration tlsConfiguration(const TlsIdentity &identity);

//! Those of \a errors that a pinned key makes meaningless (self-signed, untrusted, host name, dates). A missing or
//! broken certificate is not among them.
QList<QSslError> ignorable(const QList<QSslError> &errors);

} // namespace drover
