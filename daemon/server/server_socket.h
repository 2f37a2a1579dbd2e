// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One address that we serve on: takes requests with the kernel's receive stamps, and sends replies from the address that
// was asked. Knows nothing of what a reply says.

#include "daemon/net/file_descriptor.h"
#include "daemon/net/message.h"

#include <QObject>
#include <QSocketNotifier>

#include <expected>
#include <memory>

namespace foliot::daemon {

// A request as it came in.
struct Request {
    std::vector<std::byte> octets;
    bool isTruncated = false;
    Endpoint from;
    std::optional<QHostAddress> localAddress; // the address of ours that was asked
    int interfaceIndex = 0;
    std::optional<MachineStamp> stamp;
};

class ServerSocket : public QObject {
    Q_OBJECT
public:
    // Errors: errno.
    static std::expected<std::unique_ptr<ServerSocket>, int> open(const Endpoint& local);

    // With the port that the kernel chose, when it was asked for any.
    Endpoint endpoint() const { return m_endpoint; }

    // Answers from the address that the request was sent to. False when the kernel refuses.
    bool reply(const Request& request, std::span<const std::byte> octets);

Q_SIGNALS:
    void received(const foliot::daemon::Request& request);

private:
    ServerSocket(FileDescriptor descriptor, const Endpoint& endpoint);
    void readAll();

    FileDescriptor m_descriptor;
    Endpoint m_endpoint;
    QSocketNotifier m_readable;
};

} // namespace foliot::daemon
