// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "broker/storefile.h"

#include <QtCore/QDir>

#include <qt_windows.h>

namespace drover {

namespace {

class HandleLock final : public FileLock
{
public:
    explicit HandleLock(HANDLE handle) : m_handle(handle) {}
    ~HandleLock() override { CloseHandle(m_handle); }

private:
    HANDLE m_handle;
};

const wchar_t *wide(const QString &text)
{
    return reinterpret_cast<const wchar_t *>(text.utf16());
}

} // namespace

Result<std::unique_ptr<FileLock>> FileLock::take(const QString &path)
{
    // sharing nothing is the lock; the system ends it with the process
    const QString native = QDir::toNativeSeparators(path);
    const HANDLE handle = CreateFileW(wide(native), GENERIC_READ | GENERIC_WRITE, 0, nullptr, OPEN_ALWAYS,
                                      FILE_ATTRIBUTE_NORMAL, nullptr);
    if (handle != INVALID_HANDLE_VALUE)
        return std::unique_ptr<FileLock>(std::make_unique<HandleLock>(handle));
    const DWORD why = GetLastError();
    if (why == ERROR_SHARING_VIOLATION)
        return fail(lockHeldError(native, QString()));
    return fail(lockFileError(native, qt_error_string(int(why))));
}

bool FileLock::isHeld(const QString &path)
{
    const QString native = QDir::toNativeSeparators(path);
    const HANDLE handle =
        CreateFileW(wide(native), GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
                    OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr);
    if (handle == INVALID_HANDLE_VALUE)
        return GetLastError() == ERROR_SHARING_VIOLATION;
    CloseHandle(handle);
    return false;
}

bool isRunning(qint64 process)
{
    const HANDLE handle = OpenProcess(SYNCHRONIZE, FALSE, DWORD(process));
    if (!handle)
        return GetLastError() == ERROR_ACCESS_DENIED;
    const bool running = WaitForSingleObject(handle, 0) == WAIT_TIMEOUT;
    CloseHandle(handle);
    return running;
}

} // namespace drover
