// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "support/id.h"

#include <QtCore/QDateTime>
#include <QtCore/QRandomGenerator>

#include <algorithm>

namespace drover {

std::optional<Id> Id::fromBytes(QByteArrayView bytes)
{
    if (bytes.size() != 16)
        return std::nullopt;
    std::array<quint8, 16> raw;
    std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char *>(raw.data()));
    return Id(raw);
}

std::optional<Id> Id::fromString(QStringView text)
{
    if (text.size() != 36 || text[8] != u'-' || text[13] != u'-' || text[18] != u'-' || text[23] != u'-')
        return std::nullopt;
    const QByteArray hex = text.toLatin1().replace('-', QByteArrayView());
    const QByteArray raw = QByteArray::fromHex(hex);
    if (hex.size() != 32 || raw.toHex() != hex.toLower())
        return std::nullopt;
    return fromBytes(raw);
}

QString Id::toString() const
{
    QString text = QString::fromLatin1(QByteArray(view().data(), 16).toHex());
    for (const int at : {8, 13, 18, 23})
        text.insert(at, u'-');
    return text;
}

IdGenerator::IdGenerator() : IdGenerator(QRandomGenerator::system()->generate64()) {}

IdGenerator::IdGenerator(quint64 seed) : m_random(seed) {}

Id IdGenerator::next(qint64 msSinceEpoch)
{
    if (msSinceEpoch > m_lastMs) {
        m_lastMs = msSinceEpoch;
        m_counter = 0;
    } else if (++m_counter >= (1u << 18)) {
        ++m_lastMs;
        m_counter = 0;
    }
    // splitmix64: passes for random here, and costs a nanosecond
    m_random += 0x9e3779b97f4a7c15u;
    quint64 noise = m_random;
    noise = (noise ^ (noise >> 30)) * 0xbf58476d1ce4e5b9u;
    noise = (noise ^ (noise >> 27)) * 0x94d049bb133111ebu;
    noise ^= noise >> 31;

    const quint64 time = quint64(m_lastMs) & 0xffffffffffffu;
    const quint64 high = (time << 16) | 0x7000u | (m_counter >> 6);
    const quint64 low = (quint64(2) << 62) | (quint64(m_counter & 0x3f) << 56) | (noise & 0x00ffffffffffffffu);
    std::array<quint8, 16> bytes;
    for (int i = 0; i < 8; ++i) {
        bytes[i] = quint8(high >> (56 - 8 * i));
        bytes[8 + i] = quint8(low >> (56 - 8 * i));
    }
    return Id(bytes);
}

Id IdGenerator::next()
{
    return next(QDateTime::currentMSecsSinceEpoch());
}

} // namespace drover
