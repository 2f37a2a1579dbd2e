// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Who may ask: prefixes that are allowed or denied, of which the longest that fits decides. Made whole and never changed, so
// that threads can share it; a change is another list.

#include "daemon/server/network_address.h"

#include <span>
#include <vector>

namespace foliot::daemon {

struct AccessRule {
    NetworkAddress address;
    int length = 0; // of the prefix: 0 to 32, or to 128
    bool isAllowed = false;

    friend bool operator==(const AccessRule&, const AccessRule&) = default;
};

class AccessList {
public:
    AccessList() = default; // nobody

    // Of two rules for the same prefix, the one that denies counts. What no rule is about is denied.
    explicit AccessList(std::vector<AccessRule> rules);

    bool allows(const NetworkAddress& address) const;

private:
    // From this address on, up to the next one.
    struct Range {
        NetworkAddress first;
        bool isAllowed = false;
    };
    std::vector<Range> m_ranges; // by address, IPv4 before IPv6
};

} // namespace foliot::daemon
