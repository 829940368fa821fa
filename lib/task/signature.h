// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"
#include "support/result.h"

#include <QtCore/QList>
#include <QtCore/QStringList>
#include <QtCore/QVariantList>

#include <optional>

namespace drover {

//! One parameter of a function, as described to those who have no C++ of it.
struct Parameter
{
    QString name;
    QString type; //!< the canonical text, see task/value.h
    std::optional<QString> defaultText; //!< JSON; nothing when the argument must be given

    template <typename V> void fields(V &v) { v(name, type, defaultText); }
    friend bool operator==(const Parameter &, const Parameter &) = default;
};

//! What a function is called, takes and returns. A value; travels from executor to worker to broker to shell.
class DROVER_CORE_EXPORT Signature
{
public:
    Signature() = default;
    Signature(QString function, QList<Parameter> parameters, QString result, QString doc = {})
        : m_function(std::move(function)), m_result(std::move(result)), m_doc(std::move(doc)),
          m_parameters(std::move(parameters))
    {}

    const QString &function() const { return m_function; }
    const QList<Parameter> &parameters() const { return m_parameters; }
    const QString &result() const { return m_result; } //!< type text; "void" for none
    const QString &doc() const { return m_doc; } //!< one line for a person

    //! FNV-1a, 64 bits, over `name(type,type)->result` in UTF-8. Names of parameters and defaults do not count.
    quint64 hash() const;
    //! `lab.power(int a, int b = 1) -> int`
    QString toString() const;

    //! All arguments of a call by name: count and types checked, defaults filled in.
    //! `InvalidArgument` names the parameter and its type: `lab.add: parameter 'y' is int, got "x"`.
    Result<QVariantList> complete(const QVariantList &arguments) const;
    //! The same from words of a shell: `5` for an int, `[1,2]` for a list, a bare word for a string.
    Result<QVariantList> parse(const QStringList &words) const;

    template <typename V> void fields(V &v) { v(m_function, m_parameters, m_result, m_doc); }
    friend bool operator==(const Signature &, const Signature &) = default;

private:
    Result<void> checkCount(qsizetype given) const;
    template <typename Given, typename Convert>
    Result<QVariantList> convertAll(const Given &given, Convert convert) const;

    QString m_function;
    QString m_result;
    QString m_doc;
    QList<Parameter> m_parameters;
};

} // namespace drover
