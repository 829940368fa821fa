// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/signature.h"

#include "task/function.h"
#include "task/typetext.h"

namespace drover {

quint64 Signature::hash() const
{
    QStringList types;
    for (const Parameter &parameter : m_parameters)
        types.append(parameter.type);
    const QByteArray text = QStringLiteral("%1(%2)->%3").arg(m_function, types.join(u','), m_result).toUtf8();
    return fnv1a({text.constData(), size_t(text.size())});
}

QString Signature::toString() const
{
    QStringList parameters;
    for (const Parameter &parameter : m_parameters) {
        const QString fallback = parameter.defaultText ? QStringLiteral(" = ") + *parameter.defaultText : QString();
        parameters.append(parameter.type + u' ' + parameter.name + fallback);
    }
    return QStringLiteral("%1(%2) -> %3").arg(m_function, parameters.join(QStringLiteral(", ")), m_result);
}

Result<void> Signature::checkCount(qsizetype given) const
{
    if (given > m_parameters.size())
        return fail(tooManyArguments(m_function, m_parameters.size()));
    for (qsizetype i = given; i < m_parameters.size(); ++i) {
        if (!m_parameters.at(i).defaultText)
            return fail(missingArgument(m_function, m_parameters.at(i).name, m_parameters.at(i).type));
    }
    return {};
}

template <typename Given, typename Convert>
Result<QVariantList> Signature::convertAll(const Given &given, Convert convert) const
{
    if (const Result<void> count = checkCount(given.size()); !count)
        return fail(count.error());
    QVariantList all;
    for (qsizetype i = 0; i < m_parameters.size(); ++i) {
        const Parameter &parameter = m_parameters.at(i);
        const Result<QVariant> value = i < given.size()
            ? convert(parameter.type, given.at(i))
            : fitValue(parameter.type, variantFromJson(*parameter.defaultText).value_or(QVariant()));
        if (!value) {
            return fail(Error(value.error())
                            .setMessage(QStringLiteral("%1: parameter '%2' %3")
                                            .arg(m_function, parameter.name, value.error().message()))
                            .setDetail(QStringLiteral("parameter"), parameter.name));
        }
        all.append(*value);
    }
    return all;
}

Result<QVariantList> Signature::complete(const QVariantList &arguments) const
{
    return convertAll(arguments, fitValue);
}

Result<QVariantList> Signature::parse(const QStringList &words) const
{
    return convertAll(words, convertText);
}

} // namespace drover
