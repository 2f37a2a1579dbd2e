// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clock/contract.h"

#include <cstring>

namespace foliot::clock {

namespace {

template<typename Message>
std::optional<Message> read(std::span<const std::byte> octets)
{
    Message message;
    if (octets.size() != sizeof(Message))
        return std::nullopt;
    std::memcpy(&message, octets.data(), sizeof(Message));
    if (message.version != contractVersion)
        return std::nullopt;
    return message;
}

} // namespace

std::optional<Request> readRequest(std::span<const std::byte> octets)
{
    return read<Request>(octets);
}

std::optional<Reply> readReply(std::span<const std::byte> octets)
{
    return read<Reply>(octets);
}

} // namespace foliot::clock
