// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "support/result.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace drover {

//! A key of this machine: a P-256 key pair and its self-signed certificate, valid 1970 to 9999 (the pin decides, not
//! the clock). A value; any thread.
class DROVER_CORE_EXPORT Identity
{
public:
    //! Reads `<folder>/<name>.pem`, or makes it (mode 0600) when it is missing. Processes that race get the same key.
    //! A damaged file is StorageFailed, names the file and is left as it is.
    static Result<Identity> loadOrCreate(const QString &folder, const QString &name);

    //! 32 bytes, SHA-256 of the certificate in DER.
    const QByteArray &fingerprint() const { return m_fingerprint; }
    //! The fingerprint for people, hex digits in groups of four.
    QString fingerprintText() const;
    const QByteArray &certificatePem() const { return m_certificatePem; }
    //! The private key, PKCS#8. Never log it, never send it.
    const QByteArray &keyPem() const { return m_keyPem; }
    //! True when this call of loadOrCreate() made the key.
    bool isNew() const { return m_new; }

private:
    QByteArray m_fingerprint;
    QByteArray m_certificatePem;
    QByteArray m_keyPem;
    bool m_new = false;
};

} // namespace drover
