// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QHash>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <memory>
#include <vector>

namespace drover {

//! Tasks that the same workers can run.
struct TaskClass
{
    QString function;
    quint64 hash = 0; //!< of the signature; 0 fits any
    QStringList tags; //!< sorted
    bool suspect = false; //!< executors died under it: never two of these on one worker
    quint32 number = 0; //!< index for per-worker tables; used again after this class is gone
    quint64 serial = 0; //!< never used again
    quint64 users = 0; //!< tasks and lines that point here
    quint64 ready = 0; //!< tasks in lanes of queues that are not paused
    quint64 judged = 0; //!< version of the offers when `mismatched` was found out
    bool mismatched = false; //!< offered with other signatures only
};

//! All classes in use. Pointers hold while TaskClass::users is not 0.
class ClassTable
{
public:
    ClassTable();
    ~ClassTable();

    TaskClass *find(const QString &function, quint64 hash, const QStringList &tags, bool suspect);
    void release(TaskClass *taskClass);
    const std::vector<std::unique_ptr<TaskClass>> &all() const { return m_classes; } //!< with gaps

private:
    struct Key
    {
        QString function;
        quint64 hash = 0;
        QStringList tags;
        bool suspect = false;
        friend bool operator==(const Key &, const Key &) = default;
        friend size_t qHash(const Key &key, size_t seed = 0)
        {
            return qHashMulti(seed, key.function, key.hash, key.tags, key.suspect);
        }
    };
    void sweep();

    QHash<Key, TaskClass *> m_index;
    std::vector<std::unique_ptr<TaskClass>> m_classes;
    std::vector<quint32> m_free;
    quint64 m_serial = 0;
    TaskClass *m_last = nullptr; //!< most submits are of the class of the one before
};

} // namespace drover
