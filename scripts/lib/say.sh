# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Messages to whoever started a script. They go to standard error: standard output belongs to the program that is run.

# The program named in messages is the one the person started, however many scripts it called.
export FOLIOT_PROGRAM=${FOLIOT_PROGRAM:-${0##*/}}

say() { printf '%s: %s\n' "$FOLIOT_PROGRAM" "$*" >&2; }

# fail WHAT [WHY] [REMEDY]: the last words of a script.
fail() {
    progress_clear
    say "$1"
    [ -z "${2:-}" ] || printf '  why:  %s\n' "$2" >&2
    [ -z "${3:-}" ] || printf '  what to do:  %s\n' "$3" >&2
    exit 69
}

# need_files FILE...: ends the script when one of them is not there
need_files() {
    local file
    for file; do
        [ -f "$file" ] || fail "there is no file '$file'"
    done
}

# help_when_asked ARGUMENT...: when the first is --help, the remark at the head of the script, and its end.
help_when_asked() {
    case ${1:-} in
    --help | -h) ;;
    *) return 0 ;;
    esac
    sed -n '5,${/^#/!q;s/^# \{0,1\}//p}' "$0"
    exit
}

# in_words SECONDS: "45 s", "2 min 10 s"
in_words() {
    if [ "$1" -lt 60 ]; then
        echo "$1 s"
    else
        echo "$(($1 / 60)) min $(($1 % 60)) s"
    fi
}
