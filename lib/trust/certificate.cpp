// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "trust/certificate_p.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace drover {

namespace {

template <auto free> struct Free
{
    template <typename T> void operator()(T *object) const { free(object); }
};

using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Number = std::unique_ptr<BIGNUM, Free<BN_free>>;
using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;

QString lastOpenSslError()
{
    char text[256] = "unknown error";
    if (const unsigned long code = ERR_get_error())
        ERR_error_string_n(code, text, sizeof text);
    ERR_clear_error();
    return QString::fromLatin1(text);
}

QByteArray contents(const Bio &bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return QByteArray(data, size);
}

bool setSerialNumber(X509 *certificate)
{
    constexpr int serialBits = 127;
    const Number serial(BN_new());
    return serial && BN_rand(serial.get(), serialBits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY)
        && BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(certificate));
}

bool setName(X509 *certificate)
{
    X509_NAME *name = X509_get_subject_name(certificate);
    const auto *text = reinterpret_cast<const unsigned char *>("Drover");
    return X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, text, -1, -1, 0)
        && X509_set_issuer_name(certificate, name);
}

bool setValidity(X509 *certificate)
{
    return ASN1_TIME_set_string_X509(X509_getm_notBefore(certificate), "19700101000000Z")
        && ASN1_TIME_set_string_X509(X509_getm_notAfter(certificate), "99991231235959Z");
}

Certificate selfSigned(EVP_PKEY *key)
{
    Certificate certificate(X509_new());
    X509 *raw = certificate.get();
    if (raw && X509_set_version(raw, X509_VERSION_3) && setSerialNumber(raw) && setName(raw) && setValidity(raw)
        && X509_set_pubkey(raw, key) && X509_sign(raw, key, EVP_sha256()))
        return certificate;
    return nullptr;
}

QByteArray derOf(X509 *certificate)
{
    const Bio bio(BIO_new(BIO_s_mem()));
    return i2d_X509_bio(bio.get(), certificate) ? contents(bio) : QByteArray();
}

QByteArray pemOf(X509 *certificate)
{
    const Bio bio(BIO_new(BIO_s_mem()));
    return PEM_write_bio_X509(bio.get(), certificate) ? contents(bio) : QByteArray();
}

QByteArray pemOf(EVP_PKEY *key)
{
    const Bio bio(BIO_new(BIO_s_secmem()));
    return PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) ? contents(bio)
                                                                                                : QByteArray();
}

// The library would otherwise ask at the terminal.
int noPassword(char *, int, int, void *)
{
    return 0;
}

} // namespace

Result<KeyPair> makeKeyPair()
{
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate = key ? selfSigned(key.get()) : nullptr;
    if (!certificate)
        return fail(ErrorCode::Internal, QStringLiteral("No key can be made: %1.").arg(lastOpenSslError()));
    return KeyPair{pemOf(key.get()), pemOf(certificate.get()), derOf(certificate.get())};
}

Result<KeyPair> readKeyPair(const QByteArray &pem)
{
    const Bio keyBio(BIO_new_mem_buf(pem.constData(), int(pem.size())));
    const Key key(PEM_read_bio_PrivateKey(keyBio.get(), nullptr, noPassword, nullptr));
    if (!key)
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("its private key cannot be read (%1)").arg(lastOpenSslError()));
    const Bio certificateBio(BIO_new_mem_buf(pem.constData(), int(pem.size())));
    const Certificate certificate(PEM_read_bio_X509(certificateBio.get(), nullptr, noPassword, nullptr));
    if (!certificate)
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("its certificate cannot be read (%1)").arg(lastOpenSslError()));
    if (!X509_check_private_key(certificate.get(), key.get())) {
        ERR_clear_error();
        return fail(ErrorCode::InvalidArgument, QStringLiteral("its certificate is not that of its private key"));
    }
    return KeyPair{pemOf(key.get()), pemOf(certificate.get()), derOf(certificate.get())};
}

} // namespace drover
