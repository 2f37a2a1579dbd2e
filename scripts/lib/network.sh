# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Whether time servers can be reached. Sourced by what runs on the system itself, where "ip" may be missing.

# Is there a way out at all? As in the kernel's tables: a default route has no destination.
has_network() {
    awk '$2 == "00000000" && $8 == "00000000" { found = 1 } END { exit !found }' /proc/net/route 2>/dev/null ||
        awk '$1 ~ /^0+$/ && $2 == "00" && $10 != "lo" { found = 1 } END { exit !found }' /proc/net/ipv6_route 2>/dev/null
}

# resolves NAME
resolves() { timeout 10 getent ahosts "$1" >/dev/null 2>&1; }

# check_network NAME: says what is missing for asking this server, and whether to go on all the same
check_network() {
    if ! has_network; then
        say "There is no network: this computer has no route to the internet."
    elif ! resolves "$1"; then
        say "There is a network, but $1 cannot be looked up."
    else
        return 0
    fi
    say "Without servers Foliot can only wait for them."
    ask "Go on all the same?" ||
        fail "no network" "no time server can be reached" "connect this computer, then start again"
}
