# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later

# What every script starts from: where things are, and the pieces beside this file.

unset CDPATH # cd says where it went when it is set
scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
source_folder=${scripts%/*}
# One that is relative is none, says the XDG Base Directory Specification.
case ${XDG_CACHE_HOME:-} in
/*) cache=$XDG_CACHE_HOME/foliot ;;
*) cache=${HOME:-/root}/.cache/foliot ;;
esac
suite=trixie
root=$cache/debian-$suite
log=$cache/set-up.log
export PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

for piece in say progress hold diagnosis packages namespace root native compile fuzzing; do
    # shellcheck source=/dev/null
    . "$scripts/lib/$piece.sh"
done
unset piece

need_cache() {
    local error
    error=$({ mkdir -p "$cache" && : >>"$log"; } 2>&1) || fail_cache "$error"
}

# fail_cache WHY
fail_cache() {
    fail "nothing can be kept in $cache" "$1" "set XDG_CACHE_HOME to a folder that can be written to, and start again"
}

# The log of a set-up starts afresh, once a set-up.
start_log() {
    [ -z "${FOLIOT_LOG_STARTED:-}" ] || return 0
    need_cache
    local error
    error=$({ date >"$log"; } 2>&1) || fail_cache "$error"
    export FOLIOT_LOG_STARTED=1
}
