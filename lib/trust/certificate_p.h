// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/result.h"

#include <QtCore/QByteArray>

namespace drover {

//! A private key and its certificate, as text and as bytes.
struct KeyPair
{
    QByteArray keyPem;
    QByteArray certificatePem;
    QByteArray certificateDer;
};

//! A new P-256 key and a self-signed certificate for it, valid 1970 to 9999.
Result<KeyPair> makeKeyPair();

//! Reads a key and its certificate from \a pem. InvalidArgument says what is missing, damaged or does not match.
Result<KeyPair> readKeyPair(const QByteArray &pem);

} // namespace drover
