// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/net/kernel_faults.h"

#include <cerrno>

#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace foliot::tests {

KernelFaults kernelFaults;

} // namespace foliot::tests

using foliot::tests::kernelFaults;

extern "C" int setsockopt(int descriptor, int level, int name, const void* value, socklen_t length) noexcept
{
    if (kernelFaults.refusesStamps && level == SOL_SOCKET && (name == SO_TIMESTAMPING || name == SO_TIMESTAMPNS)) {
        errno = ENOPROTOOPT;
        return -1;
    }
    return static_cast<int>(::syscall(SYS_setsockopt, descriptor, level, name, value, length));
}

extern "C" int socket(int domain, int type, int protocol) noexcept
{
    if (kernelFaults.refusesSocketFlags && (type & (SOCK_CLOEXEC | SOCK_NONBLOCK)) != 0) {
        errno = EINVAL;
        return -1;
    }
    return static_cast<int>(::syscall(SYS_socket, domain, type, protocol));
}

extern "C" ssize_t recvmsg(int descriptor, msghdr* message, int flags)
{
    if (kernelFaults.holdsTransmitStamps && (flags & MSG_ERRQUEUE) != 0) {
        errno = EAGAIN;
        return -1;
    }
    return ::syscall(SYS_recvmsg, descriptor, message, flags);
}
