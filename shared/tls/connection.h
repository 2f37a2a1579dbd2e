// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The server's side of one TLS 1.3 connection without its socket: what came in goes to received(), what is to go out comes
// from toSend(). RFC 8446. Used by one thread. Without memory it breaks, provided that it was given 16 KiB in all at most: what
// more octets of a hostile client take may be more than there is for it, and the process ends.

#include "tls/identity.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct foliot_tls_connection;

namespace foliot::tls {

class Connection {
public:
    enum class Progress : std::uint8_t {
        NeedsMore,
        Greeted,     // the client has said whom it wants: show() comes next
        Established, // keys can be exported; there may be something to hear
        Refused,     // no TLS 1.3, no NTS, or not TLS at all. An alert may be left to send
        Broken,      // no memory, or a fault of the library's: nothing more comes of this connection
    };
    struct Heard {
        enum class Kind : std::uint8_t { Octets, NothingYet, Goodbye, Broken };
        Kind kind = Kind::Broken;
        std::size_t length = 0; // of octets, not 0
    };

    // Broken at once without memory.
    Connection();

    // Refuses a client of whom there are more than 16 KiB to hear.
    Progress received(std::span<const std::byte> octets);
    // The host that the client asked for; empty when it named none. Until show().
    std::string serverName() const;
    Progress show(const Identity& identity);

    // Fills the beginning of octets, which has room.
    Heard hear(std::span<std::byte> octets);
    // All that there is to say, and a goodbye. False: not established, or it cannot be said.
    bool sayAndClose(std::span<const std::byte> octets);
    // RFC 8446 section 7.5. False, with the key as it was or spoilt: not established, or broken.
    bool exportKey(std::string_view label, std::span<const std::byte> context, std::span<std::byte> key) const;

    std::vector<std::byte> toSend();

private:
    struct Free {
        void operator()(foliot_tls_connection* connection) const;
    };
    std::unique_ptr<foliot_tls_connection, Free> m_connection; // none when broken
};

} // namespace foliot::tls
