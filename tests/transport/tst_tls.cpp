// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "peers.h"
#include "testing/main.h"
#include "transport/tls.h"

#include <QtNetwork/QSslSocket>

using namespace drover;

class TlsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void backendIsOpenSsl();
    void brokenPemIsRefused_data();
    void brokenPemIsRefused();
    void fingerprintIsTheHashOfTheCertificate();
    void missingCertificateIsNeverIgnored();
};

void TlsTest::backendIsOpenSsl()
{
    QVERIFY(prepareTls());
    QVERIFY(prepareTls());
    QCOMPARE(QSslSocket::activeBackend(), QStringLiteral("openssl"));
}

void TlsTest::brokenPemIsRefused_data()
{
    const TlsIdentity key = newKey();
    QTest::addColumn<QByteArray>("certificate");
    QTest::addColumn<QByteArray>("key");
    QTest::newRow("both empty") << QByteArray() << QByteArray();
    QTest::newRow("no certificate") << QByteArray("x") << key.key.toPem();
    QTest::newRow("no key") << key.certificate.toPem() << QByteArray("x");
    QTest::newRow("exchanged") << key.key.toPem() << key.certificate.toPem();
}

void TlsTest::brokenPemIsRefused()
{
    QFETCH(const QByteArray, certificate);
    QFETCH(const QByteArray, key);
    const auto identity = TlsIdentity::fromPem(certificate, key);
    QVERIFY(!identity);
    QCOMPARE(toString(identity.error().code()), toString(ErrorCode::InvalidArgument));
}

void TlsTest::fingerprintIsTheHashOfTheCertificate()
{
    const TlsIdentity key = newKey();
    QCOMPARE(key.fingerprint(), QCryptographicHash::hash(key.certificate.toDer(), QCryptographicHash::Sha256));
    QVERIFY(fingerprintOf(QSslCertificate()).isEmpty());
}

void TlsTest::missingCertificateIsNeverIgnored()
{
    const QList<QSslError> harmless{QSslError(QSslError::SelfSignedCertificate), QSslError(QSslError::HostNameMismatch),
                                    QSslError(QSslError::CertificateExpired)};
    const QList<QSslError> harmful{QSslError(QSslError::NoPeerCertificate),
                                   QSslError(QSslError::CertificateSignatureFailed),
                                   QSslError(QSslError::UnspecifiedError), QSslError(QSslError::CertificateRevoked)};
    QCOMPARE(ignorable(harmless + harmful), harmless);
}

DROVER_TEST_MAIN(TlsTest)

#include "tst_tls.moc"
