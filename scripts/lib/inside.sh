# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later

# The last step of scripts/enter: becoming the command, in a root folder or natively.
# purpose, isolated and window are those of its main().

network_namespace=(--net --ipc)

# Where to start: the folder the caller is in, when it is of this source tree.
start_folder() {
    case $(pwd -P)/ in
    "$source_folder"/*) pwd -P ;;
    *) echo "$source_folder" ;;
    esac
}

# What every command finds in its environment.
common_environment() {
    echo "FOLIOT_INSIDE=$1"
    echo "CCACHE_DIR=$2"
    echo "CCACHE_BASEDIR=$source_folder"
    echo "CCACHE_NOHASHDIR=1"
    echo "CCACHE_SLOPPINESS=pch_defines,time_macros" # without it nothing is kept that uses a precompiled header
    # git asks who owns a source tree, which says nothing in a user namespace
    printf '%s\n' GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory 'GIT_CONFIG_VALUE_0=*'
    [ "$purpose" != test ] || echo "FOLIOT_PEERS=$3"
    [ -z "$isolated" ] || echo "FOLIOT_ISOLATED=1"
}

enter_root() {
    local settings=() pivot=() name
    mkdir -p "$cache/ccache"
    mapfile -t settings < <(common_environment root /var/cache/ccache /opt/peers)
    settings+=("HOME=/root" "USER=root" "LANG=C.UTF-8" "XDG_RUNTIME_DIR=/run/user/0"
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
    for name in TERM COLUMNS LANGUAGE TZ CI NO_COLOR http_proxy https_proxy no_proxy FOLIOT_PROGRAM; do
        [ -z "${!name:-}" ] || settings+=("$name=${!name}")
    done
    pivot=(--bind "$source_folder" "$source_folder" --bind "$cache/ccache" /var/cache/ccache --folder "$(start_folder)")
    [ -z "$isolated" ] || pivot=(--isolated "${pivot[@]}")
    [ -z "$window" ] || add_window

    # The session bus lets in who says to be the user it belongs to, and in a user namespace everybody is root.
    if [ -n "$window" ] && [ "$(id -u)" != 0 ]; then
        set -- unshare --user "--map-user=$(id -u)" "--map-group=$(id -g)" -- "$@"
    fi
    if [ -n "$isolated" ]; then
        supervise "${network_namespace[@]}" -- "$scripts/lib/pivot" "$root" "${pivot[@]}" -- \
            env -i "${settings[@]}" "$scripts/lib/first_process" "$@"
    else
        exec_in_namespace "$scripts/lib/pivot" "$root" "${pivot[@]}" -- env -i "${settings[@]}" "$@"
    fi
}

# The display and the session bus, as files of the system that are seen inside.
add_window() {
    local bus
    if [ -n "${DISPLAY:-}" ]; then
        [ ! -d /tmp/.X11-unix ] || pivot=(--bind /tmp/.X11-unix /tmp/.X11-unix "${pivot[@]}")
        settings+=("DISPLAY=$DISPLAY" "QT_QPA_PLATFORM=xcb")
        local authority=${XAUTHORITY:-${HOME:-/root}/.Xauthority}
        if [ -r "$authority" ]; then
            pivot=(--bind "$authority" /run/host/xauthority "${pivot[@]}")
            settings+=("XAUTHORITY=/run/host/xauthority")
        fi
    fi
    bus=${DBUS_SESSION_BUS_ADDRESS:-}
    case $bus in
    unix:path=*)
        bus=${bus#unix:path=}
        bus=${bus%%,*}
        if [ -S "$bus" ]; then
            pivot=(--bind "$bus" /run/host/session-bus "${pivot[@]}")
            settings+=("DBUS_SESSION_BUS_ADDRESS=unix:path=/run/host/session-bus")
        fi
        ;;
    unix:abstract=*) settings+=("DBUS_SESSION_BUS_ADDRESS=$bus") ;;
    esac
}

enter_native() {
    local settings=()
    [ -z "$isolated" ] || find_namespace_flags || isolated=
    mapfile -t settings < <(common_environment native "$cache/ccache" "$cache/peers")
    # The tests know what programs say in English.
    if [ "$purpose" = test ] || [ -z "${LC_ALL:-}${LC_CTYPE:-}${LANG:-}" ]; then settings+=("LC_ALL=C.UTF-8"); fi
    mkdir -p "$cache/ccache"
    cd "$(start_folder)" || exit
    # The session bus lets in who says to be the user it belongs to, and in a user namespace everybody is root.
    if [ -n "$window" ] && [ "$(id -u)" != 0 ]; then
        set -- unshare --user "--map-user=$(id -u)" "--map-group=$(id -g)" -- "$@"
    fi
    if [ -n "$isolated" ]; then
        supervise "${network_namespace[@]}" -- "$scripts/lib/isolate" "$source_folder" "$cache" -- \
            env "${settings[@]}" "$scripts/lib/first_process" "$@"
    else
        exec env "${settings[@]}" "$@"
    fi
}
