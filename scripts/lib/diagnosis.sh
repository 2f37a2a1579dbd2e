# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Turns the log of a failed step into why it failed and what to do about it.

# log_excerpt LOG: the last lines that say something went wrong, or the last lines
log_excerpt() {
    local lines
    lines=$(grep -aE '^(E:|Err:|W: Failed|dpkg: error|tar: )|No space left|FAILED:|error:|CMake Error|cannot |Could not ' "$1" |
        grep -av 'debconf' | tail -n 6)
    [ -n "$lines" ] || lines=$(tail -n 6 "$1")
    printf '%s\n' "$lines"
}

# remedy LOG
remedy() {
    if grep -aq 'No space left on device' "$1"; then
        echo "the disk of $cache is full: free about 2 GB, or put XDG_CACHE_HOME on another disk, and start again"
    elif grep -aqE 'Temporary failure resolving|Could not resolve|Network is unreachable|Could not connect|Connection (timed out|refused|failed)|No route to host' "$1"; then
        echo "the package mirror cannot be reached: check the network (or set http_proxy), and start again"
    elif grep -aqE '404 +Not Found|does not have a Release file|no Release file' "$1"; then
        echo "the mirror does not have Debian $suite: set FOLIOT_MIRROR to one that has, and start again"
    elif grep -aqE 'NO_PUBKEY|not signed|signatures were invalid' "$1"; then
        echo "the mirror's signature is not trusted here: install debian-archive-keyring, and start again"
    elif grep -aq 'Unable to locate package' "$1"; then
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
    log_excerpt "$2" | sed 's/^/    /' >&2
    printf '  what to do:  %s\n  log:  %s\n' "$(remedy "$2")" "$2" >&2
    exit 69
}
