// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/result.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <memory>

struct sqlite3;
struct sqlite3_stmt;

namespace drover {

//! What SQLite's result \a code means for the file at \a path, and what to do about it.
Error storageError(int code, const QString &path, const QString &text);
//! The error for contents that are not what the store wrote there.
Error damaged(const QString &path, const QString &what);

//! A prepared statement. Parameters and columns count from 0. A blob that is bound is not copied: it must live until
//! reset(). Every function that can fail throws TaskError (StorageFailed); the store catches it at its edge.
class Statement
{
public:
    Statement() = default;

    void bind(int index, qint64 value);
    void bind(int index, QByteArrayView blob); //!< a null view binds NULL
    void bind(int index, const QString &text); //!< copied
    //! One row further; false at the end.
    bool step();
    void reset();

    //! Binds, runs to the end and resets; for statements without rows.
    template <typename... Values> void run(const Values &...values)
    {
        bindAll(values...);
        finish();
    }
    //! Resets, then binds; step() follows.
    template <typename... Values> Statement &start(const Values &...values)
    {
        reset();
        bindAll(values...);
        return *this;
    }

    qint64 integer(int column) const;
    QByteArrayView blob(int column) const; //!< valid until the next step() or reset()

private:
    friend class Database;
    struct Finalize
    {
        void operator()(sqlite3_stmt *statement) const;
    };
    template <typename... Values> void bindAll(const Values &...values)
    {
        int index = 0;
        (bind(index++, values), ...);
    }
    void finish();
    void check(int code) const;

    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
    QString m_path;
};

//! A connection. Move-only; used by one thread at a time. Functions throw as those of Statement do.
class Database
{
public:
    //! Opens or makes the file at \a path, or a database in memory for ":memory:".
    explicit Database(const QString &path);
    Database(Database &&) = default;
    Database &operator=(Database &&) = default;

    const QString &path() const { return m_path; }
    void execute(const char *sql);
    Statement prepare(const char *sql);
    //! The first column of the first row; 0 without rows.
    qint64 number(const char *sql);
    //! Rows changed by the last statement.
    qint64 changes() const;
    //! Pages in the write-ahead log after the last commit.
    int logPages() const { return *m_logPages; }
    //! Moves the write-ahead log into the file, as far as no reader stands in the way.
    void checkpoint();
    //! The same, and shortens the log to nothing.
    void checkpointAll();

private:
    struct Close
    {
        void operator()(sqlite3 *database) const;
    };
    void check(int code) const;

    QString m_path;
    std::unique_ptr<int> m_logPages;
    std::unique_ptr<sqlite3, Close> m_database;
};

//! Rolls back unless committed.
class Transaction
{
public:
    explicit Transaction(Database &database);
    ~Transaction();
    Transaction(const Transaction &) = delete;
    void commit();

private:
    Database &m_database;
    bool m_open = true;
};

} // namespace drover
