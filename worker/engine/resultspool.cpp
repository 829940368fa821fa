// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "engine/resultspool.h"

#include "engine/spoolrecords.h"
#include "support/filesync.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDateTime>
#include <QtCore/QDir>
#include <QtCore/QSaveFile>

namespace drover {

namespace {

Result<void> failedOn(const QFileDevice &file)
{
    return fail(
        Error(ErrorCode::StorageFailed,
              QStringLiteral("Results that wait for their broker cannot be kept in %1: %2. Until it is back they "
                             "are in the memory of this worker only.")
                  .arg(file.fileName(), file.errorString())));
}

} // namespace

ResultSpool::ResultSpool(QString home, QString worker, qint64 limit)
    : m_home(std::move(home)), m_worker(std::move(worker)), m_limit(limit)
{}

ResultSpool::~ResultSpool() = default;

QString ResultSpool::fileOf(const QByteArray &broker) const
{
    const QByteArray hash =
        QCryptographicHash::hash(m_worker.toUtf8() + '\0' + broker, QCryptographicHash::Sha256).first(8).toHex();
    return m_home + QStringLiteral("/results-%1.spool").arg(QString::fromLatin1(hash));
}

QList<ResultSpool::Found> ResultSpool::load()
{
    QList<Found> found;
    const QDir home(m_home);
    for (const QFileInfo &file : home.entryInfoList({QStringLiteral("results-*.spool")}, QDir::Files))
        load(file.filePath(), found);
    return found;
}

void ResultSpool::load(const QString &path, QList<Found> &found)
{
    QFile file(path);
    if (!file.open(QFile::ReadWrite))
        return;
    const SpoolRecords head = SpoolRecords::readHeader(file.peek(SpoolRecords::maxHeader));
    if (head.broker.isEmpty() || head.worker != m_worker || path != fileOf(head.broker))
        return;
    const SpoolRecords records = SpoolRecords::read(file.readAll());
    const QDateTime written = QFileInfo(path).lastModified();
    if (records.results.isEmpty() || written.daysTo(QDateTime::currentDateTime()) > maxAgeDays) {
        file.remove();
        return;
    }
    file.resize(records.validSize);
    File &known = m_files[head.broker];
    known.size = records.validSize;
    Found one{head.broker, {}};
    for (const SpoolRecords::Result &result : records.results) {
        known.live[{result.finished.id, result.finished.token}] = result.size;
        known.liveSize += result.size;
        one.results.append(result.finished);
    }
    found.append(std::move(one));
}

bool ResultSpool::takes(const Finished &result)
{
    return result.value.isEmpty() || (result.value.isInline() && result.value.size() <= maxResult);
}

void ResultSpool::add(const QByteArray &broker, const Finished &result)
{
    if (!takes(result))
        return;
    File &file = m_files[broker];
    const QByteArray record = SpoolRecords::record(result);
    file.staged += record;
    file.fresh[{result.id, result.token}] = record.size();
}

void ResultSpool::remove(const QByteArray &broker, const LeaseRef &lease)
{
    const auto file = m_files.find(broker);
    if (file == m_files.end())
        return;
    const auto known = file->second.live.find(lease);
    if (known == file->second.live.end())
        return;
    file->second.liveSize -= known->second;
    file->second.live.erase(known);
    file->second.staged += SpoolRecords::acknowledgement(lease);
    if (!file->second.live.empty() || !file->second.fresh.empty())
        return;
    QFile::remove(fileOf(broker));
    m_files.erase(file);
}

Result<void> ResultSpool::flush()
{
    Result<void> result;
    for (auto &[broker, file] : m_files) {
        if (file.staged.isEmpty())
            continue;
        if (Result<void> done = write(broker, file); !done)
            result = done;
        file.staged.clear();
        file.fresh.clear();
    }
    std::erase_if(m_files, [](const auto &entry) { return entry.second.size == 0; });
    return result;
}

Result<void> ResultSpool::write(const QByteArray &broker, File &file)
{
    if (file.size + file.staged.size() > m_limit && file.liveSize < file.size / 2) {
        if (Result<void> done = rewrite(broker, file); !done)
            return done;
    }
    const QString path = fileOf(broker);
    if (file.size + file.staged.size() > m_limit)
        return fail(
            Error(ErrorCode::StorageFailed,
                  QStringLiteral("%1 is full with results that wait for their broker. More are in the memory of "
                                 "this worker only.")
                      .arg(path)));
    const QByteArray head = file.size == 0 ? header(broker) : QByteArray();
    if (Result<void> done = append(path, file, head + file.staged); !done)
        return done;
    for (const auto &[lease, size] : file.fresh)
        file.liveSize += size;
    file.live.merge(file.fresh);
    return {};
}

// An acknowledgement that is lost is given again: only results are waited for.
Result<void> ResultSpool::append(const QString &path, File &file, const QByteArray &bytes)
{
    const bool isNew = file.size == 0;
    QFile target(path);
    bool done = target.open(QFile::ReadWrite | QFile::Unbuffered) && target.resize(file.size) && target.seek(file.size)
        && target.write(bytes) == bytes.size();
    done = done && (file.fresh.empty() || syncFile(target)) && (!isNew || syncFolder(m_home));
    if (done) {
        file.size += bytes.size();
        return {};
    }
    const Result<void> why = failedOn(target);
    if (isNew)
        target.remove();
    else
        target.resize(file.size);
    return why;
}

Result<void> ResultSpool::rewrite(const QByteArray &broker, File &file)
{
    QFile old(fileOf(broker));
    if (!old.open(QFile::ReadOnly))
        return failedOn(old);
    QByteArray bytes = header(broker);
    for (const SpoolRecords::Result &result : SpoolRecords::read(old.readAll()).results) {
        if (file.live.contains({result.finished.id, result.finished.token}))
            bytes += SpoolRecords::record(result.finished);
    }
    QSaveFile next(old.fileName()); // syncs, then takes the place of the old one
    if (!next.open(QFile::WriteOnly) || next.write(bytes) != bytes.size() || !next.commit())
        return failedOn(next);
    file.size = bytes.size();
    return {};
}

QByteArray ResultSpool::header(const QByteArray &broker) const
{
    return SpoolRecords::header(broker, m_worker);
}

} // namespace drover
