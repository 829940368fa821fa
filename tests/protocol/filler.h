// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/messages.h"

#include <QtCore/QTimeZone>

namespace drover::testing {

//! A visitor that gives every field a value other than its default, the same ones in each run.
class Filler
{
public:
    template <typename... T> void operator()(T &...field) { (fill(field), ...); }
    template <typename... T> void later(T &...field) { (fill(field), ...); }

private:
    void fill(bool &value) { value = true; }
    void fill(QString &value) { value = QStringLiteral("text %1 \u00e4\u20ac").arg(next()); }
    void fill(QByteArray &value) { value = QByteArray("\x00\xff bytes", 8) + QByteArray::number(next()); }
    void fill(double &value) { value = 0.5 + next(); }
    void fill(Payload &value)
    {
        const Segment blob{Segment::Blob, QByteArray(32, '\x5a'), 70000, {}};
        const Segment result{Segment::TaskResult, {}, 0, id()};
        value =
            Payload(ContentType::Named, QStringLiteral("codec"), {{Segment::Inline, "inline", 0, {}}, blob, result});
    }
    void fill(Error &value)
    {
        value = Error(Reason::Crashed, QStringLiteral("It died."));
        value.setTransient().setTypeName(QStringLiteral("std::runtime_error")).setTask(id(), 3);
        value.setDetail(QStringLiteral("signal"), 6).setDetail(QStringLiteral("output"), QByteArray("\x00\x01", 2));
    }
    void fill(Options &value)
    {
        value.queue(u"slow").priority(-7).timeout(Milliseconds(90000)).retries(3).backoff(Milliseconds(250));
        value.tags(u"gpu", u"big").noResult().raw().idempotencyKey(u"key").detached();
        value.eta(QDateTime::fromMSecsSinceEpoch(1767225600000, Qt::UTC));
        value.delay(Milliseconds(1500)).softTimeout(Milliseconds(60000)).deadline(Milliseconds(7200000)).ackEarly();
        value.exclusive().retryOn(Reason::Exception, Reason::Timeout).resultTtl(Milliseconds(86400000));
        value.expires(QDateTime::fromMSecsSinceEpoch(1767229200000, Qt::UTC));
    }
    void fill(Id &value) { value = id(); }
    template <std::integral T> void fill(T &value)
    {
        constexpr quint64 widths[] = {30, 300, 70000, 5000000000};
        const quint64 wide = widths[next() % 4] + m_count;
        value = wide <= quint64(std::numeric_limits<T>::max()) ? T(wide) : T(m_count % 100 + 1);
    }
    template <typename E>
        requires std::is_enum_v<E>
    void fill(E &value) { value = WireEnum<E>::last; }
    void fill(ErrorCode &value) { value = ErrorCode::Internal; }
    void fill(Reason &value) { value = Reason::User; }
    template <typename T> void fill(std::optional<T> &value) { fill(value.emplace()); }
    template <typename T> void fill(QList<T> &value)
    {
        value.resize(2);
        for (T &element : value)
            fill(element);
    }
    template <typename T>
        requires HasMemberFields<T>
    void fill(T &value) { value.fields(*this); }

    int next() { return ++m_count; }
    Id id()
    {
        std::array<quint8, 16> bytes{};
        for (size_t i = 0; i < bytes.size(); ++i)
            bytes[i] = quint8(16 * i + size_t(m_count));
        next();
        return Id(bytes);
    }

    int m_count = 0;
};

template <typename T> T filled()
{
    T value;
    Filler filler;
    visit(filler, value);
    return value;
}

} // namespace drover::testing
