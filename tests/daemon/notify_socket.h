// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The socket that a service manager listens on, and what it was told.

#include "daemon/net/file_descriptor.h"

#include <QByteArrayList>
#include <QString>

#include <algorithm>

#include <sys/socket.h>
#include <sys/un.h>

namespace foliot::tests {

class NotifySocket {
public:
    explicit NotifySocket(const QString& path)
        : m_descriptor(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0))
        , m_path(path)
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const QByteArray bytes = path.toLocal8Bit();
        std::copy(bytes.begin(), bytes.end(), std::begin(address.sun_path));
        ::bind(m_descriptor.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address));
    }
    QString path() const { return m_path; }
    QString environment() const { return QStringLiteral("NOTIFY_SOCKET=") + m_path; }
    bool wasTold(const QByteArray& line)
    {
        QByteArray buffer(4096, '\0');
        for (;;) {
            const auto length =
                ::recv(m_descriptor.get(), buffer.data(), static_cast<std::size_t>(buffer.size()), MSG_DONTWAIT);
            if (length <= 0)
                break;
            m_lines += buffer.first(length).split('\n');
        }
        return m_lines.contains(line);
    }
    void forget() { m_lines.clear(); }

private:
    daemon::FileDescriptor m_descriptor;
    QString m_path;
    QByteArrayList m_lines;
};

} // namespace foliot::tests
