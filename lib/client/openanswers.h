// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/result.h"

#include <QtCore/QObject>

#include <functional>
#include <map>

namespace drover {

//! Answers that are given from the event loop of the object that owns this, each exactly once: those left when it is
//! destroyed get ClientClosed then.
class OpenAnswers
{
public:
    explicit OpenAnswers(QObject *owner) : m_owner(owner) {}
    OpenAnswers(const OpenAnswers &) = delete;
    OpenAnswers &operator=(const OpenAnswers &) = delete;
    ~OpenAnswers()
    {
        const Error closed(ErrorCode::ClientClosed, QObject::tr("The client was closed before the answer came."));
        const auto all = std::exchange(m_open, {});
        for (const auto &[number, give] : all)
            give(&closed);
    }

    //! Gives \a answer what \a value returns then.
    template <typename T> void later(std::function<void(Result<T>)> answer, std::function<Result<T>()> value)
    {
        const quint64 number = ++m_last;
        m_open.emplace(number, [answer = std::move(answer), value = std::move(value)](const Error *closed) {
            answer(closed ? Result<T>(fail(*closed)) : value());
        });
        QMetaObject::invokeMethod(
            m_owner,
            [this, number] {
                if (const auto node = m_open.extract(number))
                    node.mapped()(nullptr);
            },
            Qt::QueuedConnection);
    }

private:
    QObject *m_owner;
    quint64 m_last = 0;
    std::map<quint64, std::function<void(const Error *)>> m_open;
};

} // namespace drover
