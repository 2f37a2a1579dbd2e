# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Namespaces: which ones this user may make, and running something in them.

# Flags for unshare: root needs a mount namespace alone, others a user namespace in which they are root.
namespace_flags=()

# Whether this user can have a mount namespace, as root or through a user namespace; sets namespace_flags.
find_namespace_flags() {
    if [ "$(id -u)" = 0 ] && unshare --mount true 2>/dev/null; then
        namespace_flags=(--mount --propagation private)
    elif unshare --user --map-auto --map-root-user --mount true 2>/dev/null; then
        namespace_flags=(--user --map-auto --map-root-user --mount --propagation private)
    else
        return 1
    fi
}

in_container() { [ -e /.dockerenv ] || [ -e /run/.containerenv ] || [ -n "${container:-}" ]; }

# exec_in_namespace COMMAND...: replaces this shell
exec_in_namespace() { exec unshare "${namespace_flags[@]}" -- "$@"; }

# Flags of a process namespace whose every process ends with its first one.
process_namespace=(--pid --fork --kill-child=SIGKILL)

# supervise UNSHARE-FLAG... -- COMMAND...: runs a command in a process namespace, in such a way that whatever ends this
# shell, be it ctrl-C or SIGKILL, ends all that the command started. The status is the command's.
supervise() {
    setpriv --pdeathsig KILL unshare "${namespace_flags[@]}" "${process_namespace[@]}" "$@" <&0 &
    local child=$!
    # shellcheck disable=SC2064 # the process is known now
    trap "end_child $child 130" INT
    # shellcheck disable=SC2064
    trap "end_child $child 143" TERM HUP
    wait "$child"
    local status=$?
    trap - INT TERM HUP
    return "$status"
}

# end_child UNSHARE STATUS: unshare takes the namespace's first process with it, and that all the others.
end_child() {
    trap '' INT TERM HUP
    kill -KILL "$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
    progress_clear
    say "stopped"
    exit "$2"
}
