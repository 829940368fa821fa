// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"

#include <QtCore/QByteArray>
#include <QtCore/QHashFunctions>
#include <QtCore/QMetaType>
#include <QtCore/QString>

#include <array>
#include <compare>
#include <optional>

namespace drover {

//! Sixteen opaque bytes that name one thing for ever: a task, or one run of a process (an incarnation).
//! A value; null when default-constructed. Printed like a UUID.
class DROVER_CORE_EXPORT Id
{
public:
    constexpr Id() = default;
    constexpr explicit Id(const std::array<quint8, 16> &bytes) : m_bytes(bytes) {}

    //! Reads the 16 raw bytes, or nothing when \a bytes has another size.
    static std::optional<Id> fromBytes(QByteArrayView bytes);
    //! Reads the printed form `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`.
    static std::optional<Id> fromString(QStringView text);

    bool isNull() const { return m_bytes == std::array<quint8, 16>{}; }
    const std::array<quint8, 16> &bytes() const { return m_bytes; }
    QByteArrayView view() const { return {reinterpret_cast<const char *>(m_bytes.data()), 16}; }
    QString toString() const;

    friend auto operator<=>(const Id &, const Id &) = default;
    friend size_t qHash(const Id &id, size_t seed = 0) { return qHashBits(id.m_bytes.data(), 16, seed); }

private:
    std::array<quint8, 16> m_bytes{};
};

using TaskId = Id;

//! Makes ids that sort by the time of their making (UUID version 7, RFC 9562). One per thread; not thread-safe.
//! Costs no system call per id: one random seed per generator, then a counter within the millisecond.
class DROVER_CORE_EXPORT IdGenerator
{
public:
    IdGenerator();
    //! For tests and simulations: ids are then a function of \a seed and the times given.
    explicit IdGenerator(quint64 seed);
    //! An id for the wall time \a msSinceEpoch; later calls yield greater ids, also when the clock steps back.
    Id next(qint64 msSinceEpoch);
    //! An id for the time it is now by the system's clock.
    Id next();

private:
    quint64 m_random;
    qint64 m_lastMs = 0;
    quint32 m_counter = 0;
};

} // namespace drover

Q_DECLARE_METATYPE(drover::Id)

template <> struct std::hash<drover::Id>
{
    size_t operator()(const drover::Id &id) const noexcept { return qHash(id); }
};
