# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later

# The native way: the system's own packages.

# Where container_set_up says it has been.
container_sources=/etc/apt/sources.list.d/foliot-$suite.list

# Names of those of the given packages that are installed.
installed() { dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^ii *//p'; }

candidate() { apt-cache policy "$1" 2>/dev/null | sed -n 's/^ *Candidate: *\([0-9].*\)/\1/p'; }

# Whether this system offers Qt 6.8 and KAuth of KDE Frameworks 6.
system_is_new_enough() {
    command -v apt-cache >/dev/null || return 1
    [ -z "$(installed libkf6auth-dev)" ] || return 0
    local qt
    qt=$(candidate qt6-base-dev)
    if [ -n "$qt" ]; then
        dpkg --compare-versions "$qt" ge 6.8 && [ -n "$(candidate libkf6auth-dev)" ]
    else
        release_is_new_enough
    fi
}

# The same by the system's name, for systems that never fetched package lists.
release_is_new_enough() (
    ID='' VERSION_ID=''
    # shellcheck source=/dev/null
    . /etc/os-release 2>/dev/null || return 1
    case $ID in
    debian) [ "${VERSION_ID:-99}" -ge 13 ] ;;
    ubuntu) dpkg --compare-versions "${VERSION_ID:-0}" ge 25.04 ;;
    *) return 1 ;;
    esac
)

missing_packages() {
    local wanted
    # shellcheck disable=SC2046 # sections and packages are words
    wanted=$(packages $(sections "$1") | sort -u)
    # shellcheck disable=SC2086
    comm -23 <(echo "$wanted") <(installed $wanted | sort -u)
}

# native_set_up PURPOSE
native_set_up() {
    local missing
    [ ! -e "$container_sources" ] || apt_options+=(-t "$suite")
    missing=$(missing_packages "$1")
    if [ -n "$missing" ] && [ "$(id -u)" != 0 ]; then
        say "some packages are missing; please run"
        printf '\n  sudo sh -c "apt-get update && apt-get install --no-install-recommends %s"\n\n' \
            "$(paste -sd ' ' <<<"$missing")" >&2
        say "and start again; or set FOLIOT_ENVIRONMENT=root to work in a Debian folder in $cache," \
            "without touching the system"
        exit 69
    fi
    if [ -n "$missing" ]; then
        start_log
        say "installing $(wc -l <<<"$missing") packages with apt; log: $log"
        progress_plan 3:"Fetching package lists" 30:"Fetching packages" 60:"Installing packages"
        install_packages "$missing"
        progress_done "packages are installed"
    fi
    native_peers "$1"
}

# Unpacks the peers beside each other, into $cache/peers.
native_peers() {
    local peers stamp
    peers=$(peers "$1")
    stamp=$(stamp "$1" native)
    if [ -z "$peers" ] || [ "$(cat "$cache/peers/.stamp" 2>/dev/null)" = "$stamp" ]; then return; fi
    start_log
    say "unpacking $(paste -sd ' ' <<<"$peers") into $cache/peers"
    # shellcheck disable=SC2086 # package names are words
    unpack_packages "$cache/peers" $peers </dev/null >>"$log" 2>&1 ||
        fail "other NTP daemons could not be fetched for the tests" "$(log_excerpt "$log")" "$(remedy "$log")"
    echo "$stamp" >"$cache/peers/.stamp"
}

# A container that may neither mount nor make user namespaces: packages of the newer release, into the container itself.
container_set_up() {
    local mirror
    if [ ! -e "$container_sources" ]; then
        say "this container allows no mounts: packages of Debian $suite are installed into the container itself"
        mirror=$(mirror)
        printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
        chmod 755 /usr/sbin/policy-rc.d
        printf 'Package: *\nPin: release n=%s\nPin-Priority: 100\n' "$suite" >"/etc/apt/preferences.d/foliot-$suite"
        echo "deb $mirror $suite main" >"$container_sources"
    fi
    native_set_up "$1"
}
