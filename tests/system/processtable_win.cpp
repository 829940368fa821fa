// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "system/processtable.h"

#include <windows.h>

#include <tlhelp32.h>

namespace processtable {

namespace {

template <typename Visit> void forEach(Visit visit)
{
    const HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    PROCESSENTRY32W entry{};
    entry.dwSize = sizeof entry;
    for (BOOL more = Process32FirstW(snapshot, &entry); more; more = Process32NextW(snapshot, &entry))
        visit(entry);
    CloseHandle(snapshot);
}

} // namespace

QList<qint64> childrenOf(qint64 pid)
{
    QList<qint64> found;
    forEach([&](const PROCESSENTRY32W &entry) {
        if (entry.th32ParentProcessID == DWORD(pid))
            found.append(entry.th32ProcessID);
    });
    return found;
}

// The file of the program; the arguments of others are not told.
QString commandOf(qint64 pid)
{
    QString found;
    forEach([&](const PROCESSENTRY32W &entry) {
        if (entry.th32ProcessID == DWORD(pid))
            found = QString::fromWCharArray(entry.szExeFile);
    });
    return found;
}

bool isRunning(const QString &word)
{
    bool found = false;
    forEach([&](const PROCESSENTRY32W &entry) { found |= QString::fromWCharArray(entry.szExeFile).contains(word); });
    return found;
}

bool kill(qint64 pid)
{
    const HANDLE process = OpenProcess(PROCESS_TERMINATE, FALSE, DWORD(pid));
    const bool done = process && TerminateProcess(process, 1);
    if (process)
        CloseHandle(process);
    return done;
}

bool interrupt(qint64 pid)
{
    return GenerateConsoleCtrlEvent(CTRL_BREAK_EVENT, DWORD(pid));
}

} // namespace processtable
