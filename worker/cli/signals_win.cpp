// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "cli/signals.h"

#include <QtCore/QMutex>

#include <windows.h>

namespace drover::cli {

namespace {

QBasicMutex mutex;
Signals *receiver = nullptr;
void (*tell)(Signals *) = nullptr;

BOOL WINAPI handler(DWORD)
{
    const QMutexLocker lock(&mutex);
    if (!receiver)
        return FALSE;
    tell(receiver);
    return TRUE;
}

} // namespace

Signals::Signals(QObject *parent) : QObject(parent)
{
    const QMutexLocker lock(&mutex);
    receiver = this;
    tell = [](Signals *object) {
        QMetaObject::invokeMethod(
            object, [object] { Q_EMIT object->asked(++object->m_count); }, Qt::QueuedConnection);
    };
    SetConsoleCtrlHandler(handler, TRUE);
}

Signals::~Signals()
{
    SetConsoleCtrlHandler(handler, FALSE);
    const QMutexLocker lock(&mutex);
    receiver = nullptr;
}

} // namespace drover::cli
