// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a user types as the address of a server, checked while typing and put into the form that AddSource takes.

#include "bus/client/server_text.h"

#include <QString>

#include <expected>

namespace foliot::gui {

enum class AddressError : quint8 {
    Empty,
    BadIpAddress, // looks like a numeric address and is none
    BadName,      // no name that the domain name system could know
    BadPort,
};

struct ServerAddress {
    QString host; // a name, or a numeric address without brackets
    quint16 port = bus::ntpPort;
    bool isAuthenticated = false; // by Network Time Security; the port is then that of the key exchange

    // As AddSource takes it: the port only when it is not the protocol's own.
    [[nodiscard]] QString toText() const;
    friend bool operator==(const ServerAddress&, const ServerAddress&) = default;
};

// Accepts name, name:port, IPv4, IPv4:port, IPv6, [IPv6] and [IPv6]:port, with spaces around and with ntp:// or nts://
// before it; nts:// asks for an authenticated source. `port` is used when the text names none.
[[nodiscard]] std::expected<ServerAddress, AddressError> parseServerAddress(
    const QString& typed, quint16 port = bus::ntpPort);

} // namespace foliot::gui
