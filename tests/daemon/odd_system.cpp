// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Preloaded into foliotd: a system as a simulator of clock and network offers it. There is a clock to steer, which is not
// this machine's; sockets take no flags; nobody wakes an event loop; and who asks for what such a system does not have
// is ended. ODD_SYSTEM_LACKS may name more that it lacks: "stamps", "raw" (CLOCK_MONOTONIC_RAW).

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <unistd.h>

namespace {

[[noreturn]] void miss(const char* what)
{
    std::fprintf(stderr, "odd system: there is no %s here\n", what);
    std::abort();
}

int refuse(int error)
{
    errno = error;
    return -1;
}

bool lacks(const char* what)
{
    const char* const setting = std::getenv("ODD_SYSTEM_LACKS");
    return setting && std::strcmp(setting, what) == 0;
}

} // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* time) noexcept
{
    if (clock == CLOCK_MONOTONIC_RAW && lacks("raw"))
        return refuse(EINVAL);
    if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC && clock != CLOCK_MONOTONIC_RAW)
        return refuse(EINVAL);
    return static_cast<int>(::syscall(SYS_clock_gettime, clock, time));
}

int adjtimex(timex* request) noexcept
{
    static timex state{.tick = 10'000};
    const timex asked = *request;
    if ((asked.modes & ADJ_FREQUENCY) != 0)
        state.freq = asked.freq;
    if ((asked.modes & ADJ_TICK) != 0)
        state.tick = asked.tick;
    if ((asked.modes & ADJ_STATUS) != 0)
        state.status = asked.status;
    *request = state;
    return 0;
}

int socket(int domain, int type, int protocol) noexcept
{
    if (domain != AF_INET || type != SOCK_DGRAM)
        return refuse(EINVAL);
    return static_cast<int>(::syscall(SYS_socket, domain, type, protocol));
}

int setsockopt(int descriptor, int level, int name, const void* value, socklen_t length) noexcept
{
    if (lacks("stamps") && level == SOL_SOCKET && (name == SO_TIMESTAMPING || name == SO_TIMESTAMPNS))
        return refuse(EINVAL);
    return static_cast<int>(::syscall(SYS_setsockopt, descriptor, level, name, value, length));
}

ssize_t recvmsg(int descriptor, msghdr* message, int flags)
{
    if (message->msg_iovlen != 1)
        miss("message in parts");
    return ::syscall(SYS_recvmsg, descriptor, message, flags);
}

int eventfd_write(int, std::uint64_t)
{
    return refuse(EBADF);
}

int timerfd_create(clockid_t, int) noexcept
{
    miss("timerfd");
}

int inotify_init1(int) noexcept
{
    miss("inotify");
}

int signalfd(int, const sigset_t*, int) noexcept
{
    miss("signalfd");
}

int epoll_create1(int) noexcept
{
    miss("epoll");
}

int pipe2(int*, int) noexcept
{
    miss("pipe");
}

int pthread_create(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*) noexcept
{
    miss("second thread");
}
}
