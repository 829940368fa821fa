// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "samples.h"

#include "filler.h"
#include "protocol/message.h"
#include "protocol/messages.h"

#include <QtCore/QString>

namespace drover::testing {

namespace {

template <Message M> QByteArray bytesOf(const M &message)
{
    QByteArray bytes;
    encode(bytes, message);
    return bytes;
}

template <Message M> Result<QByteArray> recode(const RawMessage &raw)
{
    const Result<M> message = decode<M>(raw);
    if (!message)
        return fail(message.error());
    return bytesOf(*message);
}

//! Counts the fields that no message may lack.
struct RequiredCounter
{
    quint64 count = 0;
    template <typename... T> void operator()(const T &...) { count += sizeof...(T); }
    template <typename... T> void later(const T &...) {}
};

template <Message M> quint64 requiredOf(M &message)
{
    RequiredCounter counter;
    visit(counter, message);
    return counter.count;
}

template <Message M> MessageCase caseOf()
{
    M fieldsOf;
    const KindInfo *info = kindInfo(M::kind);
    return {M::kind,
            info ? info->name.data() : "not in the table",
            fieldCount(fieldsOf),
            requiredOf(fieldsOf),
            bytesOf(M()),
            bytesOf(filled<M>()),
            [](const RawMessage &raw) { return decode<M>(raw) == Result<M>(M()); },
            [](const RawMessage &raw) { return decode<M>(raw) == Result<M>(filled<M>()); },
            recode<M>};
}

template <typename... M> std::vector<MessageCase> casesOf(std::type_identity<std::tuple<M...>>)
{
    return {caseOf<M>()...};
}

} // namespace

const std::vector<MessageCase> &messageCases()
{
    static const std::vector<MessageCase> cases = casesOf(std::type_identity<AllMessages>());
    return cases;
}

QString goldenFolder()
{
    return QStringLiteral(PROTOCOL_TESTS "/golden");
}

std::vector<QByteArray> seeds()
{
    std::vector<QByteArray> all;
    for (const MessageCase &entry : messageCases()) {
        all.push_back(entry.minimal);
        all.push_back(entry.full);
        all.push_back(entry.full + entry.minimal);
    }
    return all;
}

} // namespace drover::testing
