// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "message.h"

namespace drover::simulation {

namespace {

QString ranges(const Accepted &message)
{
    QStringList texts;
    for (const SeqRange &range : message.ranges)
        texts.append(QStringLiteral("%1-%2").arg(range.first).arg(range.last));
    return texts.join(u',');
}

template <typename M> QString subject(const M &message)
{
    if constexpr (requires { message.leases; }) {
        QStringList texts;
        for (const LeaseRef &lease : message.leases)
            texts.append(describe(lease.id, lease.token));
        return texts.join(u',');
    } else if constexpr (requires { message.held; }) {
        QStringList texts;
        for (const HeldLease &lease : message.held)
            texts.append(describe(lease.id, lease.token));
        return QStringLiteral("holding [%1]%2").arg(texts.join(u','), message.stopping ? QStringLiteral(" stopping") : QString());
    } else if constexpr (requires { message.ids; }) {
        QStringList texts;
        for (const TaskId &id : message.ids)
            texts.append(describe(id));
        return texts.join(u',');
    } else if constexpr (requires { message.task.id; }) {
        return describe(message.task.id) + u' ' + toString(message.task.state);
    } else if constexpr (requires { message.id; message.token; }) {
        return describe(message.id, message.token);
    } else if constexpr (requires { message.id; }) {
        return describe(message.id);
    } else {
        return {};
    }
}

template <typename M> QString more(const M &message)
{
    QString text;
    if constexpr (requires { message.seq; })
        text += QStringLiteral(" #%1").arg(message.seq);
    if constexpr (requires { message.assigns; })
        text += QStringLiteral(" %1").arg(message.assigns);
    if constexpr (requires { message.number; })
        text += QStringLiteral(" %1").arg(message.number);
    if constexpr (requires { message.answer; })
        text += QStringLiteral(" answer %1").arg(int(message.answer));
    if constexpr (requires { message.control; })
        text += QStringLiteral(" control %1").arg(int(message.control));
    if constexpr (requires { message.existing; })
        text += QStringLiteral(" is ") + describe(message.existing);
    if constexpr (requires { message.ok; })
        text += message.ok ? QStringLiteral(" ok") : QStringLiteral(" not ok");
    if constexpr (requires { message.error.code(); }) {
        if (message.error.code() != ErrorCode::None)
            text += QStringLiteral(": ") + message.error.message();
    }
    if constexpr (requires { message.settled; })
        text += message.settled ? QStringLiteral(" settled") : QStringLiteral(" provisional");
    return text;
}

} // namespace

Kind kindOf(const Message &message)
{
    return std::visit([](const auto &known) { return known.kind; }, message);
}

QString describe(const TaskId &id)
{
    // the counter that tells the ids of one history apart, and the item of a batch
    const auto &bytes = id.bytes();
    return QString::fromLatin1(QByteArray(reinterpret_cast<const char *>(bytes.data()) + 4, 12).toHex());
}

QString describe(const TaskId &id, const Token &token)
{
    return QStringLiteral("%1 attempt %2.%3").arg(describe(id)).arg(token.epoch).arg(token.attempt);
}

QString describe(const Message &message)
{
    return std::visit(
        [](const auto &known) {
            QString text = toString(known.kind) + u' ' + subject(known) + more(known);
            if constexpr (std::is_same_v<std::decay_t<decltype(known)>, Accepted>)
                text += ranges(known);
            return text;
        },
        message);
}

} // namespace drover::simulation
