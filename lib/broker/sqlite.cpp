// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/sqlite.h"

#include <sqlite3.h>

namespace drover {

namespace {

//! The kind of failure. The index of the log cannot grow only where there is no room for it.
int kindOf(int code)
{
    return code == SQLITE_IOERR_SHMSIZE ? SQLITE_FULL : code & 0xff;
}

QString explain(int code)
{
    switch (kindOf(code)) {
    case SQLITE_FULL:
        return QStringLiteral("The disk of %1 is full. Free some space there, then start the broker again.");
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return QStringLiteral("%1 cannot be written. Make it and its folder writable, or give another path.");
    case SQLITE_CANTOPEN:
        return QStringLiteral("%1 cannot be opened. Check that its folder exists and can be written.");
    case SQLITE_NOTADB:
        return QStringLiteral("%1 is not a store of Drover. It was left as it is; give another path, or move it away.");
    case SQLITE_CORRUPT:
        return QStringLiteral(
            "%1 is damaged. It was left as it is; restore a copy of it, or move it away to begin anew.");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return QStringLiteral("%1 is in use by another program. Stop that program, or give another path.");
    case SQLITE_CONSTRAINT:
        return QStringLiteral(
            "%1 was asked to keep two tasks in one place. This is a fault of Drover; please report it.");
    case SQLITE_IOERR: return QStringLiteral("%1 could not be read or written. Check the disk and its free space.");
    default: return QStringLiteral("%1 could not be used.");
    }
}

int noteLogPages(void *pages, sqlite3 *, const char *, int count)
{
    *static_cast<int *>(pages) = count;
    return SQLITE_OK;
}

} // namespace

Error storageError(int code, const QString &path, const QString &text)
{
    Error error(ErrorCode::StorageFailed, QStringLiteral("%1 (SQLite: %2)").arg(explain(code).arg(path), text));
    error.setDetail(QStringLiteral("path"), path).setDetail(QStringLiteral("sqliteCode"), code);
    return error.setTransient(kindOf(code) == SQLITE_FULL || kindOf(code) == SQLITE_BUSY);
}

Error damaged(const QString &path, const QString &what)
{
    return storageError(SQLITE_CORRUPT, path, what);
}

void Statement::Finalize::operator()(sqlite3_stmt *statement) const
{
    sqlite3_finalize(statement);
}

void Statement::check(int code) const
{
    if (code == SQLITE_OK)
        return;
    sqlite3 *database = sqlite3_db_handle(m_statement.get());
    throw TaskError(
        storageError(sqlite3_extended_errcode(database), m_path, QString::fromUtf8(sqlite3_errmsg(database))));
}

void Statement::bind(int index, qint64 value)
{
    check(sqlite3_bind_int64(m_statement.get(), index + 1, value));
}

void Statement::bind(int index, QByteArrayView blob)
{
    check(sqlite3_bind_blob64(m_statement.get(), index + 1, blob.data(), quint64(blob.size()), SQLITE_STATIC));
}

void Statement::bind(int index, const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    check(sqlite3_bind_text(m_statement.get(), index + 1, utf8.constData(), int(utf8.size()), SQLITE_TRANSIENT));
}

bool Statement::step()
{
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE) {
        const Error error =
            storageError(code, m_path, QString::fromUtf8(sqlite3_errmsg(sqlite3_db_handle(m_statement.get()))));
        reset();
        throw TaskError(error);
    }
    return false;
}

void Statement::finish()
{
    step();
    reset();
}

void Statement::reset()
{
    sqlite3_reset(m_statement.get());
}

qint64 Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

QByteArrayView Statement::blob(int column) const
{
    const void *data = sqlite3_column_blob(m_statement.get(), column);
    return {static_cast<const char *>(data), qsizetype(sqlite3_column_bytes(m_statement.get(), column))};
}

void Database::Close::operator()(sqlite3 *database) const
{
    sqlite3_close_v2(database);
}

Database::Database(const QString &path) : m_path(path), m_logPages(std::make_unique<int>(0))
{
    sqlite3 *database = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const int code = sqlite3_open_v2(path.toUtf8().constData(), &database, flags, nullptr);
    m_database.reset(database);
    check(code);
    sqlite3_wal_hook(database, noteLogPages, m_logPages.get());
}

void Database::check(int code) const
{
    if (code != SQLITE_OK)
        throw TaskError(storageError(code, m_path, QString::fromUtf8(sqlite3_errmsg(m_database.get()))));
}

void Database::execute(const char *sql)
{
    check(sqlite3_exec(m_database.get(), sql, nullptr, nullptr, nullptr));
}

Statement Database::prepare(const char *sql)
{
    sqlite3_stmt *raw = nullptr;
    const int code = sqlite3_prepare_v3(m_database.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    Statement statement;
    statement.m_statement.reset(raw);
    statement.m_path = m_path;
    check(code);
    return statement;
}

qint64 Database::number(const char *sql)
{
    Statement statement = prepare(sql);
    return statement.step() ? statement.integer(0) : 0;
}

qint64 Database::changes() const
{
    return sqlite3_changes64(m_database.get());
}

void Database::checkpoint()
{
    const int code = sqlite3_wal_checkpoint_v2(m_database.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    if ((code & 0xff) != SQLITE_BUSY)
        check(code);
    *m_logPages = 0;
}

void Database::checkpointAll()
{
    const int code = sqlite3_wal_checkpoint_v2(m_database.get(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    if ((code & 0xff) != SQLITE_BUSY && (code & 0xff) != SQLITE_LOCKED)
        check(code);
    *m_logPages = 0;
}

Transaction::Transaction(Database &database) : m_database(database)
{
    m_database.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction()
{
    if (!m_open)
        return;
    try {
        m_database.execute("ROLLBACK");
    } catch (const TaskError &) {
        // SQLite has rolled back by itself, as it does when the disk is full
    }
}

void Transaction::commit()
{
    m_database.execute("COMMIT");
    m_open = false;
}

} // namespace drover
