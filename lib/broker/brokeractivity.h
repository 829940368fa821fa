// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

namespace drover {

//! What keeps a broker that ends when it is idle: all that would be lost or delayed if it ended now. A value.
struct BrokerActivity
{
    bool clients = false; //!< there are sessions of clients or monitors, or such that have not said what they are
    bool arriving = false; //!< connections are on their way to a session
    //! There are tasks without a recorded end, in whatever state: queued, scheduled for later, waiting for a retry, leased, or ended
    //! but not yet on disk.
    bool unfinished = false;

    //! Workers do not count: one that runs something for this broker runs an unfinished task.
    bool isBusy() const { return clients || arriving || unfinished; }
};

} // namespace drover
