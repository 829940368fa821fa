// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/exception.h"

#include <typeinfo>

#if __has_include(<cxxabi.h>)
#include <cstdlib>
#include <cxxabi.h>
#endif

namespace drover {

namespace {

#if __has_include(<cxxabi.h>)
QString readableName(const std::type_info &type)
{
    int status = 0;
    char *name = abi::__cxa_demangle(type.name(), nullptr, nullptr, &status);
    const QString text = QString::fromLatin1(name ? name : type.name());
    std::free(name);
    return text;
}

QString currentName()
{
    const std::type_info *type = abi::__cxa_current_exception_type();
    return type ? readableName(*type) : QString();
}
#else
QString readableName(const std::type_info &type)
{
    return QString::fromLatin1(type.name()).remove(QStringLiteral("class ")).remove(QStringLiteral("struct "));
}

QString currentName()
{
    return {};
}
#endif

Error exceptionError(const QString &typeName, const QString &text)
{
    return Error(Reason::Exception, text).setTypeName(typeName);
}

} // namespace

Error errorOfCurrentException()
{
    try {
        throw;
    } catch (const TaskError &caught) {
        const Error &cause = caught.error();
        return exceptionError(readableName(typeid(caught)), cause.message())
            .setTransient(cause.isTransient())
            .setDetail(QStringLiteral("cause"), toString(cause.code()))
            .setDetail(QStringLiteral("causeReason"), toString(cause.reason()))
            .setDetail(QStringLiteral("causeTask"), cause.taskId().toString());
    } catch (const std::exception &caught) {
        return exceptionError(readableName(typeid(caught)), QString::fromUtf8(caught.what()));
    } catch (...) {
        const QString name = currentName();
        return exceptionError(name,
                              QStringLiteral("An exception that is not a std::exception was thrown (%1).")
                                  .arg(name.isEmpty() ? QStringLiteral("of unknown type") : name));
    }
}

} // namespace drover
