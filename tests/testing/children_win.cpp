// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "testing/children.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QThread>

#include <array>

#include <windows.h>

namespace drover::testing {

namespace {

HANDLE testJob = nullptr;

struct ProcessIds : JOBOBJECT_BASIC_PROCESS_ID_LIST
{
    std::array<ULONG_PTR, 1024> more{};
};

// All processes of the job but this one; a job includes the children of children.
QList<DWORD> others()
{
    ProcessIds ids{};
    QList<DWORD> found;
    if (!QueryInformationJobObject(testJob, JobObjectBasicProcessIdList, &ids, sizeof ids, nullptr))
        return found;
    for (DWORD i = 0; i < ids.NumberOfProcessIdsInList; ++i) {
        if (ids.ProcessIdList[i] != GetCurrentProcessId())
            found.append(DWORD(ids.ProcessIdList[i]));
    }
    return found;
}

QString killOne(DWORD pid)
{
    const HANDLE process = OpenProcess(PROCESS_TERMINATE | PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE, FALSE, pid);
    if (!process)
        return QString::number(pid);
    std::array<wchar_t, MAX_PATH> path{};
    DWORD size = DWORD(path.size());
    QueryFullProcessImageNameW(process, 0, path.data(), &size);
    TerminateProcess(process, 1);
    WaitForSingleObject(process, 5000);
    CloseHandle(process);
    return QStringLiteral("%1 %2").arg(pid).arg(QString::fromWCharArray(path.data(), int(size)));
}

} // namespace

void adoptOrphans()
{
    testJob = CreateJobObjectW(nullptr, nullptr);
    AssignProcessToJobObject(testJob, GetCurrentProcess());
}

QStringList killSurvivors(std::chrono::milliseconds patience)
{
    const QDeadlineTimer deadline(patience);
    while (!others().isEmpty() && !deadline.hasExpired())
        QThread::msleep(5);

    QStringList killed;
    for (const DWORD pid : others())
        killed.append(killOne(pid));
    return killed;
}

} // namespace drover::testing
