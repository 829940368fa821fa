// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/plugin.h"

#include "task/exception.h"

#include <QtCore/QFileInfo>
#include <QtCore/QLibrary>

namespace drover {

Result<void> loadPlugin(const QString &path, Registry &registry)
{
    if (!QFileInfo::exists(path))
        return fail(ErrorCode::NotFound, QStringLiteral("There is no plugin %1.").arg(path));
    QLibrary library(QFileInfo(path).absoluteFilePath());
    if (!library.load())
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("%1 cannot be loaded: %2").arg(path, library.errorString()));
    const auto abi = reinterpret_cast<int (*)()>(library.resolve("drover_abi"));
    const auto enter = reinterpret_cast<void (*)(Registry &)>(library.resolve("drover_register"));
    if (!abi || !enter)
        return fail(ErrorCode::InvalidArgument,
                    QStringLiteral("%1 is no Drover plugin: it lacks DROVER_PLUGIN(...).").arg(path));
    if (const int built = abi(); built != pluginAbi) {
        return fail(ErrorCode::VersionMismatch,
                    QStringLiteral("%1 was built for plugin version %2, this program has %3: build it again.")
                        .arg(path)
                        .arg(built)
                        .arg(pluginAbi));
    }
    try {
        enter(registry);
    } catch (...) {
        const Error error = errorOfCurrentException();
        return fail(Error(error).setMessage(QStringLiteral("%1 failed to register: %2").arg(path, error.message())));
    }
    return {};
}

} // namespace drover
