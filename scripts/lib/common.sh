# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later

# What every script starts from: where things are, and the pieces beside this file.

scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
source_folder=${scripts%/*}
cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/foliot
suite=trixie
root=$cache/debian-$suite
log=$cache/set-up.log
export PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

for piece in say progress diagnosis packages namespace root native compile fuzzing; do
    # shellcheck source=/dev/null
    . "$scripts/lib/$piece.sh"
done
unset piece

# The log of a set-up starts afresh, once a set-up.
start_log() {
    [ -z "${FOLIOT_LOG_STARTED:-}" ] || return 0
    mkdir -p "$cache"
    date >"$log"
    export FOLIOT_LOG_STARTED=1
}
