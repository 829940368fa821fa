// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/livetask.h"

namespace drover {

Asked LiveTask::asked() const
{
    const Delivery &delivery = this->delivery();
    const bool stands = delivery.state == State::Paused;
    if (!worker || isEnded())
        return Asked::Nothing;
    if (delivery.cancelRequested)
        return delivery.killRequested ? Asked::Kill : Asked::Cancel;
    if (delivery.pauseRequested == stands)
        return Asked::Nothing;
    return stands ? Asked::Resume : Asked::Pause;
}

} // namespace drover
