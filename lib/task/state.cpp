// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "task/state.h"

namespace drover {

namespace {

constexpr const char *stateNames[] = {
    "",       "HELD",  "SCHEDULED",  "WAITING", "PENDING", "RECEIVED", "STARTED",
    "PAUSED", "RETRY", "CANCELLING", "TRASHED", "SUCCESS", "FAILURE",  "REVOKED",
};

} // namespace

bool isFinal(State state)
{
    return state == State::Success || state == State::Failure || state == State::Revoked;
}

QString toString(State state)
{
    const size_t index = size_t(state);
    return index > 0 && index < std::size(stateNames) ? QString::fromLatin1(stateNames[index])
                                                      : QStringLiteral("UNKNOWN(%1)").arg(index);
}

std::optional<State> stateFromString(QStringView text)
{
    for (size_t i = 1; i < std::size(stateNames); ++i) {
        if (text.compare(QLatin1String(stateNames[i]), Qt::CaseInsensitive) == 0)
            return State(i);
    }
    return std::nullopt;
}

} // namespace drover
