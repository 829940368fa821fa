// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broker/store.h"

#include <QtCore/QRandomGenerator>

namespace drover::testing {

//! An id made of \a number.
TaskId sampleId(quint64 number);
//! A Pending task with all fields set that depend on \a number; its owner is one of the lane. It is
//! submitted in 2096, so that nothing forgets it by its age.
StoredTask sampleTask(quint64 number, quint32 lane = 1, quint64 turn = 0);
//! The same task leased to a worker for the attempt \a attempt.
Delivery sampleLease(quint32 attempt);
Ending sampleSuccess(quint32 attempt = 1);
Ending sampleFailure(quint32 attempt = 1);

//! Takes back what later formats added to the closed store at \a path, which has no batches then.
void makeFormat1(const QString &path);

//! What \a store answers until it has answered \a count replies of type T, or has failed. Turns no event loop.
class Replies
{
public:
    explicit Replies(Store &store) : m_store(store) {}

    //! The next reply of type T; passes over those of other types. A null pointer when none comes within 20 s.
    template <typename T> std::optional<T> next()
    {
        while (std::optional<StoreReply> reply = any()) {
            if (auto *wanted = std::get_if<T>(&*reply))
                return std::move(*wanted);
        }
        return std::nullopt;
    }
    //! Waits until \a number is committed; false when the store fails instead.
    bool committed(quint64 number);
    //! The next reply of any type.
    std::optional<StoreReply> any();

private:
    Store &m_store;
    QList<StoreReply> m_replies;
};

//! Tasks by id, as text for comparing.
QStringList describe(const QList<StoredTask> &tasks);
QString describe(const StoredTask &task);

} // namespace drover::testing
