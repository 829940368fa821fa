// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

namespace drover {

//! Makes a QCoreApplication when there is none, as long as one of these lives: without it Qt delivers no events, in no thread.
//! It is not executed, has the name of the program, and does not change the locale. When the last of these ends in another
//! thread than the one that made it, the application stays for those to come. Thread-safe.
class OwnApplication
{
public:
    OwnApplication();
    ~OwnApplication();
    OwnApplication(const OwnApplication &) = delete;
    OwnApplication &operator=(const OwnApplication &) = delete;
};

} // namespace drover
