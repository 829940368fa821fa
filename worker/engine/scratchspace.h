// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "execute/scratchfolder.h"

#include <QtCore/QLockFile>

#include <memory>

namespace drover {

//! A new folder for large values below `<home>/scratch`, and what agents that were killed left there is removed. Removed with this.
class ScratchSpace
{
public:
    //! \a name is like no other's.
    ScratchSpace(const QString &home, const QString &name);
    ~ScratchSpace();
    ScratchSpace(const ScratchSpace &) = delete;
    ScratchSpace &operator=(const ScratchSpace &) = delete;

    //! Empty when it could not be made.
    const ScratchFolder &folder() const { return m_folder; }

private:
    static void sweep(const QString &parent);

    std::unique_ptr<QLockFile> m_lock;
    ScratchFolder m_folder;
};

} // namespace drover
