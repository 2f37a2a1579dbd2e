// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/net/kernel_faults.h"

#include <cerrno>
#include <cstring>
#include <ctime>

#include <linux/errqueue.h>
#include <linux/net_tstamp.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace foliot::tests {

KernelFaults kernelFaults;

} // namespace foliot::tests

using foliot::tests::kernelFaults;

namespace {

bool wantsStampsAlone(int level, int name, const void* value, socklen_t length)
{
    int flags = 0;
    if (level != SOL_SOCKET || name != SO_TIMESTAMPING || length < sizeof flags)
        return false;
    std::memcpy(&flags, value, sizeof flags);
    return (flags & SOF_TIMESTAMPING_OPT_TSONLY) != 0;
}

void countFromOne(msghdr& message)
{
    for (cmsghdr* part = CMSG_FIRSTHDR(&message); part; part = CMSG_NXTHDR(&message, part)) {
        if (part->cmsg_level != IPPROTO_IP || part->cmsg_type != IP_RECVERR)
            continue;
        sock_extended_err error{};
        std::memcpy(&error, CMSG_DATA(part), sizeof error);
        ++error.ee_data;
        std::memcpy(CMSG_DATA(part), &error, sizeof error);
    }
}

} // namespace

extern "C" int setsockopt(int descriptor, int level, int name, const void* value, socklen_t length) noexcept
{
    if (kernelFaults.refusesStamps && level == SOL_SOCKET && (name == SO_TIMESTAMPING || name == SO_TIMESTAMPNS)) {
        errno = ENOPROTOOPT;
        return -1;
    }
    if (kernelFaults.refusesStampsAlone && wantsStampsAlone(level, name, value, length)) {
        errno = EINVAL;
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
    const auto received = ::syscall(SYS_recvmsg, descriptor, message, flags);
    if (kernelFaults.numbersStampsFromOne && received >= 0 && (flags & MSG_ERRQUEUE) != 0)
        countFromOne(*message);
    return received;
}
