// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/storelog.h"

#include <QtCore/QtEndian>

#include <array>

namespace drover {

namespace {

constexpr qsizetype headSize = 8;

using CrcTables = std::array<std::array<quint32, 256>, 8>;

constexpr CrcTables makeCrcTables()
{
    CrcTables tables{};
    for (quint32 i = 0; i < 256; ++i) {
        quint32 value = i;
        for (int bit = 0; bit < 8; ++bit)
            value = (value >> 1) ^ (value & 1 ? 0xedb88320u : 0u);
        tables[0][i] = value;
    }
    for (size_t table = 1; table < 8; ++table) {
        for (size_t i = 0; i < 256; ++i)
            tables[table][i] = (tables[table - 1][i] >> 8) ^ tables[0][tables[table - 1][i] & 0xff];
    }
    return tables;
}

constexpr CrcTables crcTables = makeCrcTables();

} // namespace

quint32 crc32(QByteArrayView bytes)
{
    const auto &t = crcTables;
    const char *at = bytes.data();
    qsizetype left = bytes.size();
    quint32 crc = ~0u;
    // eight bytes a step: this runs over every byte that is stored
    for (; left >= 8; left -= 8, at += 8) {
        const quint32 low = qFromLittleEndian<quint32>(at) ^ crc;
        const quint32 high = qFromLittleEndian<quint32>(at + 4);
        crc = t[7][low & 0xff] ^ t[6][low >> 8 & 0xff] ^ t[5][low >> 16 & 0xff] ^ t[4][low >> 24] ^ t[3][high & 0xff]
            ^ t[2][high >> 8 & 0xff] ^ t[1][high >> 16 & 0xff] ^ t[0][high >> 24];
    }
    for (; left > 0; --left, ++at)
        crc = (crc >> 8) ^ t[0][(crc ^ quint8(*at)) & 0xff];
    return ~crc;
}

StoreLog::StoreLog(Database &database)
    : m_path(database.path()), m_append(database.prepare("INSERT INTO commits(number, blob) VALUES(?, ?)")),
      m_remove(database.prepare("DELETE FROM commits WHERE number <= ?")),
      m_next(database.prepare("SELECT number, blob FROM commits WHERE number > ? ORDER BY number LIMIT 1")),
      m_last(database.number("SELECT max(number) FROM commits"))
{}

void StoreLog::append(QByteArrayView records)
{
    m_append.run(m_last + 1, QByteArrayView(seal(records)));
    ++m_last;
}

void StoreLog::removeUpTo(qint64 number)
{
    m_remove.run(number);
}

std::optional<StoreLog::Commit> StoreLog::next(qint64 number)
{
    std::optional<Commit> commit;
    if (m_next.start(number).step()) {
        commit.emplace(Commit{m_next.integer(0), {}});
        const auto records = unseal(m_next.blob(1));
        if (records)
            commit->records = records->toByteArray();
        else
            throw TaskError(damaged(m_path, QStringLiteral("commit %1 is torn").arg(commit->number)));
    }
    m_next.reset();
    return commit;
}

QByteArray StoreLog::seal(QByteArrayView records)
{
    QByteArray blob(headSize, Qt::Uninitialized);
    blob.reserve(headSize + records.size());
    qToLittleEndian(quint32(records.size()), blob.data());
    qToLittleEndian(crc32(records), blob.data() + 4);
    blob.append(records);
    return blob;
}

std::optional<QByteArrayView> StoreLog::unseal(QByteArrayView blob)
{
    if (blob.size() < headSize)
        return std::nullopt;
    const QByteArrayView records = blob.sliced(headSize);
    if (records.size() != qFromLittleEndian<quint32>(blob.data())
        || crc32(records) != qFromLittleEndian<quint32>(blob.data() + 4))
        return std::nullopt;
    return records;
}

} // namespace drover
