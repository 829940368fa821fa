// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QCborStreamWriter>
#include <QtCore/QString>

namespace drover {

//! Writes values as CBOR; used by Value<T>::write(). Appends to the bytes it was given.
class ValueWriter : public QCborStreamWriter
{
public:
    explicit ValueWriter(QByteArray *bytes) : QCborStreamWriter(bytes) {}

    //! This value cannot be written: \a why says so, the first one counts, and the bytes are not to be used.
    void refuse(const QString &why)
    {
        if (m_refusal.isEmpty())
            m_refusal = why;
        appendNull();
    }
    bool hasRefused() const { return !m_refusal.isEmpty(); }
    const QString &refusal() const { return m_refusal; }

private:
    QString m_refusal;
};

} // namespace drover
