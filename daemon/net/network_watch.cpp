// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/net/network_watch.h"

#include <array>
#include <chrono>

#include <ifaddrs.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>

namespace foliot::daemon {

using namespace std::chrono_literals;

namespace {

constexpr auto settlingTime = 500ms; // an interface comes up with many messages

} // namespace

NetworkWatch::NetworkWatch(QObject* parent)
    : QObject(parent)
{
    m_settled.setSingleShot(true);
    m_settled.setInterval(settlingTime);
    connect(&m_settled, &QTimer::timeout, this, [this] { Q_EMIT changed(isOnline()); });

    FileDescriptor descriptor{::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE)};
    if (!descriptor.isValid())
        return;
    sockaddr_nl address{};
    address.nl_family = AF_NETLINK;
    address.nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_ROUTE;
    if (::bind(descriptor.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
        return;
    m_descriptor = std::move(descriptor);
    m_notifier = std::make_unique<QSocketNotifier>(m_descriptor.get(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &NetworkWatch::read);
}

bool NetworkWatch::isOnline()
{
    ifaddrs* first = nullptr;
    if (::getifaddrs(&first) != 0)
        return true; // not known: trying costs little
    const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> owner(first, &::freeifaddrs);
    for (const ifaddrs* entry = first; entry; entry = entry->ifa_next) {
        const bool isUp = (entry->ifa_flags & IFF_UP) != 0 && (entry->ifa_flags & IFF_RUNNING) != 0;
        const bool isLoopback = (entry->ifa_flags & IFF_LOOPBACK) != 0;
        const bool hasAddress =
            entry->ifa_addr && (entry->ifa_addr->sa_family == AF_INET || entry->ifa_addr->sa_family == AF_INET6);
        if (isUp && hasAddress && !isLoopback)
            return true;
    }
    return false;
}

void NetworkWatch::read()
{
    // What changed does not matter, only that something did: the messages are not looked at.
    std::array<std::byte, 8192> ignored;
    while (::recv(m_descriptor.get(), ignored.data(), ignored.size(), MSG_DONTWAIT) > 0) {}
    if (!m_settled.isActive())
        m_settled.start();
}

} // namespace foliot::daemon
