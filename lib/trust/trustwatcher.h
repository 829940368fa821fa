// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/export.h"

#include <QtCore/QObject>

#include <memory>

namespace drover {

//! Tells when a trust file has another content than before. Lives in a thread with an event loop.
class DROVER_CORE_EXPORT TrustWatcher : public QObject
{
    Q_OBJECT
public:
    explicit TrustWatcher(const QString &file, QObject *parent = nullptr);
    ~TrustWatcher() override;

Q_SIGNALS:
    void changed();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace drover
