// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What src/lib.rs offers to C. To be called by identity.cpp and connection.cpp alone, whose headers say what it means.

#include <cstddef>
#include <cstdint>
#include <span>

extern "C" {

struct foliot_tls_identity;
struct foliot_tls_connection;

struct foliot_tls_octets {
    const std::byte* data;
    std::size_t size;
};

// To be filled from the beginning.
struct foliot_tls_room {
    std::byte* data;
    std::size_t size;
};

// Null: a key of this kind cannot sign, or there is no memory.
foliot_tls_identity* foliot_tls_identity_new(const foliot_tls_octets* chain, std::size_t count, foliot_tls_octets key);
void foliot_tls_identity_free(foliot_tls_identity* identity);

foliot_tls_connection* foliot_tls_connection_new(); // null: no memory
void foliot_tls_connection_free(foliot_tls_connection* connection);

// 0 needs more, 1 greeted, 2 established, 3 refused, 4 broken.
std::uint8_t foliot_tls_received(foliot_tls_connection* connection, foliot_tls_octets octets);
std::uint8_t foliot_tls_show(foliot_tls_connection* connection, const foliot_tls_identity* identity);
std::size_t foliot_tls_server_name(foliot_tls_connection* connection, foliot_tls_room name);

// So many octets; -1 goodbye, -2 broken.
std::ptrdiff_t foliot_tls_hear(foliot_tls_connection* connection, foliot_tls_room octets);
bool foliot_tls_say_and_close(foliot_tls_connection* connection, foliot_tls_octets octets);
bool foliot_tls_export(
    foliot_tls_connection* connection, foliot_tls_octets label, foliot_tls_octets context, foliot_tls_room key);
std::size_t foliot_tls_to_send(foliot_tls_connection* connection, foliot_tls_room octets);
}

namespace foliot::tls {

inline foliot_tls_octets octetsOf(std::span<const std::byte> octets)
{
    return {.data = octets.data(), .size = octets.size()};
}

inline foliot_tls_room roomOf(std::span<std::byte> octets)
{
    return {.data = octets.data(), .size = octets.size()};
}

} // namespace foliot::tls
