# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later

# One script at a time where two would spoil each other's work, as in a build folder. The kernel ends a hold with the script
# and with what it started, however they end.

# hold FILE WHAT: from here on nobody else holds FILE; waits for who does, and says for what. WHAT is what others are told.
hold() {
    local holder
    exec {held}>>"$1"
    if ! flock --nonblock "$held"; then
        holder=$(cat "$1")
        say "waiting for another script here: ${holder:-it has just begun}"
        flock "$held"
    fi
    echo "$FOLIOT_PROGRAM $2, since $(date +%H:%M)" >"$1"
}

# release FILE: of hold
release() {
    : >"$1"
    exec {held}>&-
}
