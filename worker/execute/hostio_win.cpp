// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "execute/hostio.h"

#include <QtCore/QString>

#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <io.h>
#include <qt_windows.h>
#include <utility>

namespace drover {

namespace {

void (*rescueFunction)() = nullptr;

void rescue()
{
    if (void (*function)() = std::exchange(rescueFunction, nullptr))
        function();
}

LONG WINAPI crashed(EXCEPTION_POINTERS *)
{
    rescue();
    return EXCEPTION_CONTINUE_SEARCH;
}

void aborted(int)
{
    rescue();
}

HANDLE privateCopy(DWORD which)
{
    HANDLE copy = INVALID_HANDLE_VALUE;
    DuplicateHandle(GetCurrentProcess(), GetStdHandle(which), GetCurrentProcess(), &copy, 0, FALSE,
                    DUPLICATE_SAME_ACCESS);
    return copy;
}

} // namespace

Result<HostIo> HostIo::take()
{
    const HANDLE in = privateCopy(STD_INPUT_HANDLE);
    const HANDLE out = privateCopy(STD_OUTPUT_HANDLE);
    FILE *stream = nullptr;
    if (in == INVALID_HANDLE_VALUE || out == INVALID_HANDLE_VALUE || freopen_s(&stream, "NUL", "r", stdin) != 0)
        return fail(ErrorCode::Internal, QStringLiteral("No pipe to the worker: error %1").arg(GetLastError()));
    _dup2(_fileno(stderr), _fileno(stdout));
    SetStdHandle(STD_INPUT_HANDLE, reinterpret_cast<HANDLE>(_get_osfhandle(_fileno(stdin))));
    SetStdHandle(STD_OUTPUT_HANDLE, GetStdHandle(STD_ERROR_HANDLE));
    return HostIo(qintptr(in), qintptr(out));
}

qsizetype HostIo::read(char *to, qsizetype size) const
{
    DWORD got = 0;
    return ReadFile(HANDLE(m_in), to, DWORD(size), &got, nullptr) ? qsizetype(got) : 0;
}

bool HostIo::write(const char *from, qsizetype size) const
{
    while (size > 0) {
        DWORD written = 0;
        if (!WriteFile(HANDLE(m_out), from, DWORD(size), &written, nullptr))
            return false;
        from += written;
        size -= qsizetype(written);
    }
    return true;
}

void onCrash(void (*function)())
{
    rescueFunction = function;
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
    SetUnhandledExceptionFilter(crashed);
    std::signal(SIGABRT, aborted);
}

void leaveNow(int code)
{
    TerminateProcess(GetCurrentProcess(), UINT(code));
    std::abort();
}

} // namespace drover
