// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "execute/hostio.h"

#include <QtCore/QString>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace drover {

namespace {

constexpr std::array fatal{SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL};
constexpr size_t stackSize = 64 * 1024;

void (*rescueFunction)() = nullptr;
std::array<struct sigaction, fatal.size()> earlier;
alignas(16) char crashStack[stackSize];

void crashed(int signal)
{
    if (void (*rescue)() = std::exchange(rescueFunction, nullptr))
        rescue();
    for (size_t i = 0; i < fatal.size(); ++i) {
        if (fatal[i] == signal)
            sigaction(signal, &earlier[i], nullptr);
    }
    raise(signal);
}

} // namespace

Result<HostIo> HostIo::take()
{
    const int in = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
    const int out = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (in < 0 || out < 0 || null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
        return fail(ErrorCode::Internal,
                    QStringLiteral("No pipe to the worker: %1").arg(QString::fromLocal8Bit(strerror(errno))));
    close(null);
    return HostIo(in, out);
}

qsizetype HostIo::read(char *to, qsizetype size) const
{
    for (;;) {
        const ssize_t got = ::read(int(m_in), to, size_t(size));
        if (got >= 0)
            return got;
        if (errno != EINTR)
            return 0;
    }
}

bool HostIo::write(const char *from, qsizetype size) const
{
    while (size > 0) {
        const ssize_t written = ::write(int(m_out), from, size_t(size));
        if (written < 0 && errno != EINTR)
            return false;
        from += qMax<ssize_t>(written, 0);
        size -= qMax<ssize_t>(written, 0);
    }
    return true;
}

void onCrash(void (*rescue)())
{
    rescueFunction = rescue;
    stack_t stack{};
    stack.ss_sp = crashStack;
    stack.ss_size = stackSize;
    sigaltstack(&stack, nullptr);
    for (size_t i = 0; i < fatal.size(); ++i) {
        struct sigaction action
        {};
        action.sa_handler = crashed;
        action.sa_flags = SA_ONSTACK;
        sigaction(fatal[i], &action, &earlier[i]);
    }
    std::signal(SIGPIPE, SIG_IGN);
}

void leaveNow(int code)
{
    _exit(code);
}

} // namespace drover
