// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/queuesettings.h"

#include <iterator>

namespace drover {

namespace {

constexpr const char *durabilityNames[] = {"default", "disk", "process", "memory"};

} // namespace

QString toString(QueueDurability durability)
{
    const size_t index = size_t(durability);
    return index < std::size(durabilityNames) ? QString::fromLatin1(durabilityNames[index])
                                              : QStringLiteral("unknown(%1)").arg(index);
}

std::optional<QueueDurability> queueDurabilityFromString(QStringView text)
{
    for (size_t i = 0; i < std::size(durabilityNames); ++i) {
        if (text == QLatin1String(durabilityNames[i]))
            return QueueDurability(i);
    }
    return std::nullopt;
}

} // namespace drover
