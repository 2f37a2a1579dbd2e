// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/worker_choice.h"

#include <algorithm>
#include <cerrno>
#include <limits>
#include <vector>

#include <linux/filter.h>
#include <sys/socket.h>

namespace foliot::daemon {

namespace {

// Negative offsets read relative to the network header, whatever the packet's data begins with.
constexpr std::uint32_t networkHeader = static_cast<std::uint32_t>(SKF_NET_OFF);
constexpr std::uint32_t ipv4Source = networkHeader + 12;
constexpr std::uint32_t ipv6Source = networkHeader + 8;
constexpr std::uint32_t oddPart = 1; // an odd factor loses nothing

std::uint32_t mask(int length)
{
    constexpr int wordLength = 32;
    const int bits = std::clamp(length, 0, wordLength);
    return bits == 0 ? 0 : std::numeric_limits<std::uint32_t>::max() << (wordLength - bits);
}

class Program {
public:
    void add(int code, std::uint32_t operand)
    {
        m_code.push_back({.code = static_cast<std::uint16_t>(code), .jt = 0, .jf = 0, .k = operand});
    }
    // A := (A xor key) * factor, folded so that every bit of the word counts in the lower half.
    void mix(std::uint32_t key, std::uint32_t factor)
    {
        add(BPF_ALU | BPF_XOR | BPF_K, key);
        add(BPF_ALU | BPF_MUL | BPF_K, factor | oddPart);
        add(BPF_MISC | BPF_TAX, 0);
        add(BPF_ALU | BPF_RSH | BPF_K, 15);
        add(BPF_ALU | BPF_XOR | BPF_X, 0);
    }
    void load(std::uint32_t offset, std::uint32_t addressMask)
    {
        add(BPF_LD | BPF_W | BPF_ABS, offset);
        add(BPF_ALU | BPF_AND | BPF_K, addressMask);
    }
    int attach(int descriptor)
    {
        const sock_fprog program{.len = static_cast<unsigned short>(m_code.size()), .filter = m_code.data()};
        return ::setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, &program, sizeof program) == 0 ? 0
                                                                                                             : errno;
    }

private:
    std::vector<sock_filter> m_code;
};

} // namespace

int steerByAddress(int descriptor, bool isIpv6, unsigned workers, const SteeringPrefixes& prefixes, std::uint64_t key)
{
    const auto first = static_cast<std::uint32_t>(key);
    const auto second = static_cast<std::uint32_t>(key >> 32);
    constexpr std::uint32_t factor = 0x9E37'79B1; // 2^32 over the golden ratio: neighbours fall far apart
    constexpr std::uint32_t scratch = 0;
    Program program;
    if (isIpv6) {
        const int length = std::min(prefixes.ipv6, 64);
        program.load(ipv6Source, mask(length));
        program.mix(first, factor);
        program.add(BPF_ST, scratch);
        program.load(ipv6Source + 4, mask(length - 32));
        program.add(BPF_LDX | BPF_MEM, scratch);
        program.add(BPF_ALU | BPF_XOR | BPF_X, 0);
    } else {
        program.load(ipv4Source, mask(prefixes.ipv4));
    }
    program.mix(first ^ second, factor);
    program.mix(second, factor);
    program.add(BPF_ALU | BPF_MOD | BPF_K, std::max(workers, 1U));
    program.add(BPF_RET | BPF_A, 0);
    return program.attach(descriptor);
}

} // namespace foliot::daemon
