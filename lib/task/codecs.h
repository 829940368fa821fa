// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "support/result.h"

#include <QtCore/QByteArray>
#include <QtCore/QHash>
#include <QtCore/QString>

#include <functional>

namespace drover {

class Payload;

//! The codecs an application brings for its payloads, by name: compression, encryption, a company's own format.
//! A codec turns the CBOR bytes of arguments or of a result into other bytes and back. A value; const use from any
//! thread when the functions allow it.
class DROVER_CORE_EXPORT Codecs
{
public:
    using Convert = std::function<Result<QByteArray>(const QByteArray &)>;

    //! Caller and worker must both know \a name; a later one of the same name replaces it.
    void add(const QString &name, Convert encode, Convert decode);
    bool contains(const QString &name) const { return m_codecs.contains(name); }

    //! CBOR bytes as a payload of the codec \a name; plain CBOR when the name is empty. `Unsupported` names the codec.
    Result<Payload> wrap(const QString &name, const QByteArray &cbor) const;
    //! The CBOR bytes in \a payload, be it CBOR, JSON or of a known codec; raw bytes are refused.
    Result<QByteArray> unwrap(const Payload &payload) const;

private:
    struct Entry
    {
        Convert encode;
        Convert decode;
    };
    QHash<QString, Entry> m_codecs;
};

} // namespace drover
