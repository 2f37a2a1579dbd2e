# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Turns the log of a failed step into why it failed and what to do about it.

disk_full="No space left on device|Disk quota exceeded|You don't have enough free space"
no_network='Temporary failure resolving|Could not resolve|Network is unreachable|Could not connect|No route to host'
no_network+='|Connection (timed out|refused|failed)'
no_release='invalid mirror|404 +Not Found|does not have a Release file|no Release file'
not_trusted='NO_PUBKEY|not signed|signatures were invalid'
no_package='Unable to locate package'
# How apt, dpkg, tar, compilers and CMake begin a line about a failure.
other_failure='^(E:|Err:|W: Failed|dpkg: error|tar: )|FAILED:|error:|CMake Error|cannot '

# log_excerpt LOG: the last lines that say something went wrong, or the last lines
log_excerpt() {
    grep -aE "$disk_full|$no_network|$no_release|$not_trusted|$no_package|$other_failure" "$1" | tail -n 6 | grep . ||
        tail -n 6 "$1"
}

# remedy LOG
remedy() {
    if grep -aqE "$disk_full" "$1"; then
        echo "the disk is full: free about 2 GB there, or put XDG_CACHE_HOME (now ${cache%/*}) on another disk," \
            "and start again"
    elif grep -aqE "$no_network" "$1"; then
        echo "the package mirror cannot be reached: check the network (or set http_proxy), and start again"
    elif grep -aqE "$no_release" "$1"; then
        echo "the mirror does not have Debian $suite: set FOLIOT_MIRROR to one that has, and start again"
    elif grep -aqE "$not_trusted" "$1"; then
        echo "the mirror's signature is not trusted here: install debian-archive-keyring, and start again"
    elif grep -aqE "$no_package" "$1"; then
        echo "the package lists may be old: run 'apt-get update' as root, and start again"
    else
        echo "see the whole log in $1; starting again goes on where this stopped"
    fi
}

# fail_step WHAT LOG
fail_step() {
    progress_clear
    say "step $progress_step of ${#progress_names[@]}, ${progress_names[progress_step - 1]}, failed: $1"
    printf '  why:\n' >&2
    log_excerpt "$2" | sed 's/^ */    /' >&2
    printf '  what to do:  %s\n  log:  %s\n' "$(remedy "$2")" "$2" >&2
    exit 69
}
