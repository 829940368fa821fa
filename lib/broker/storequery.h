// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/sqlite.h"
#include "broker/store.h"

namespace drover {

//! Something to be done with the file.
struct MaintainRequest
{
    quint64 request = 0;
    Maintenance what = Maintenance::Backup;
    QString path;
};

//! A question for a list of tasks.
struct QueryRequest
{
    quint64 request = 0;
    TaskQuery query;
    QByteArray owner; //!< only its tasks; all when empty
};

//! Reads lists of tasks from the tables `live` and `history`. Throws as Database does.
class StoreQuery
{
public:
    explicit StoreQuery(Database &database);

    TasksListed run(const QueryRequest &question);

private:
    //! The next row of one of the tables, by falling id.
    struct Cursor
    {
        Statement statement;
        bool finished = false; //!< it reads `history`
        TaskId id; //!< null at the end

        void start(const TaskId &above, const TaskId &below);
        void step();
    };

    std::optional<TaskInfo> read(const Cursor &cursor, const QueryRequest &question) const;

    QString m_path;
    Cursor m_live;
    Cursor m_history;
};

} // namespace drover
