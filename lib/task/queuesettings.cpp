// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/queuesettings.h"

#include <iterator>

namespace drover {

namespace {

constexpr const char *names[] = {"default", "disk", "process", "memory"};

} // namespace

QString toString(QueueDurability durability)
{
    const size_t index = size_t(durability);
    return index < std::size(names) ? QString::fromLatin1(names[index]) : QStringLiteral("unknown(%1)").arg(index);
}

std::optional<QueueDurability> queueDurabilityFromString(QStringView text)
{
    for (size_t i = 0; i < std::size(names); ++i) {
        if (text == QLatin1String(names[i]))
            return QueueDurability(i);
    }
    return std::nullopt;
}

} // namespace drover
