# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later

# The Debian root folder for systems that are too old: made once in the cache, from the system's own mirror.
# $root/.foliot/PURPOSE holds the stamp of the package list it was set up with.

# The Debian mirror this system uses itself.
mirror() {
    local uri
    if [ -n "${FOLIOT_MIRROR:-}" ]; then
        echo "$FOLIOT_MIRROR"
        return
    fi
    # shellcheck disable=SC2016 # the format is apt's
    uri=$(apt-get indextargets --format '$(REPO_URI)' 2>/dev/null | grep -m 1 -E '/debian/?$|^mirror\+file:.*debian' || true)
    if [[ $uri == mirror+file:* ]]; then
        uri=$(grep -m 1 -oE '^https?://[^[:space:]]+' "/$(sed 's,^mirror+file:/*,,; s,/$,,' <<<"$uri")" || true)
    fi
    [ -n "$uri" ] || fail "no Debian mirror is known" "this system's apt sources name none" \
        "set FOLIOT_MIRROR to the address of a mirror that has Debian $suite, and start again"
    echo "$uri"
}

root_has() { [ "$(cat "$root/.foliot/$1" 2>/dev/null)" = "$(stamp "$1" "$suite")" ]; }

# What is enough for the tests is enough for building.
root_is_ready() { root_has "$1" || { [ "$1" = build ] && root_has test; }; }

# root_set_up PURPOSE: makes or completes the root. Safe against a second one at once, which waits.
root_set_up() {
    need_cache
    chmod 755 "$cache"
    exec {lock}>"$cache/lock"
    if ! flock -n "$lock"; then
        say "another set-up is under way in $cache; waiting for it"
        flock "$lock"
    fi
    if ! root_is_ready "$1"; then
        start_log
        need_mmdebstrap
        # A mount namespace, so that nothing stays mounted, and a process namespace, so that nothing goes on running.
        supervise -- "$scripts/lib/make_root" "$1" || exit
    fi
    exec {lock}>&-
}

need_mmdebstrap() {
    command -v mmdebstrap >/dev/null && return
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "installing mmdebstrap, which makes the Debian folder"
        { apt-get -q update && apt-get -q install -y --no-install-recommends mmdebstrap; } >>"$log" 2>&1 </dev/null &&
            return
        fail "mmdebstrap could not be installed" "$(log_excerpt "$log")" "$(remedy "$log")"
    fi
    fail "mmdebstrap is missing" "it makes the Debian folder that Foliot is built in" \
        "sudo apt-get install --no-install-recommends mmdebstrap, and start again"
}

# need_space MEGABYTES
need_space() {
    local free
    free=$(df -Pm "$cache" | awk 'NR == 2 { print $4 }')
    [ "$free" -ge "$1" ] || fail "the disk is too full" "$cache has $free MB free, and $1 MB are needed" \
        "free some space, or put XDG_CACHE_HOME on another disk, and start again"
}

# in_root COMMAND...: for set-up; the namespaces are there already
in_root() { unshare --mount --propagation private -- "$scripts/lib/pivot" "$root" -- "$@"; }
