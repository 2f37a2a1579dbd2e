# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Programs in the background that end with the script, newest first, each by its own process id. The script names its
# folder in $work before the first of them.

background_ids=()
declare -A background_names=()

# background NAME COMMAND...: its output goes to $work/NAME.log
background() {
    local name=$1
    shift
    "$@" >"${work:?}/$name.log" 2>&1 </dev/null &
    background_ids+=("$!")
    background_names[$!]=$name
}

# Replaced by a script that has more to clean up.
clean_up_later() { :; }

background_end() {
    trap - EXIT INT TERM HUP
    local i insisting
    for ((i = ${#background_ids[@]} - 1; i >= 0; i--)); do
        kill "${background_ids[i]}" 2>/dev/null || true
    done
    # One that is not yet the program it is to become may take the signal for the script's, and lose it.
    while sleep 0.2 && kill "${background_ids[@]}"; do :; done >/dev/null 2>&1 </dev/null &
    insisting=$!
    for ((i = ${#background_ids[@]} - 1; i >= 0; i--)); do
        wait "${background_ids[i]}" 2>/dev/null || true
    done
    kill "$insisting" 2>/dev/null || true
    wait "$insisting" 2>/dev/null || true
    clean_up_later
}
trap background_end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# background_failed NAME WHAT: the end of that program's log, and the end of the script.
background_failed() {
    printf '%s\n' "$2" >&2
    [ ! -s "${work:?}/$1.log" ] || { printf 'The last words of %s:\n' "$1" >&2 && tail -n 5 "$work/$1.log" >&2; }
    exit 1
}

# wait_until SECONDS WHAT COMMAND...: looks every 20 ms; fails when the newest program ends before, or time runs out.
wait_until() {
    local end=$(($(date +%s%N) + $1 * 1000000000)) what=$2 newest=${background_ids[-1]}
    shift 2
    until "$@"; do
        kill -0 "$newest" 2>/dev/null || background_failed "${background_names[$newest]}" "$what ended at once"
        [ "$(date +%s%N)" -lt "$end" ] ||
            background_failed "${background_names[$newest]}" "$what did not come up in time"
        sleep 0.02
    done
}
