# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Other programs that steer the clock: which ones run, stopping them after asking, starting them again. Sourced by what
# runs on the system itself, not in a root folder.

# What --live did, so that scripts/uninstall can take it back. $record/stopped: a line "UNIT disabled|running" for each
# service, $record/ended: a line with the command for each program that belongs to no service.
record=${system:-}/var/lib/foliot-install

time_services=(systemd-timesyncd.service chrony.service chronyd.service ntpsec.service ntp.service ntpd.service
    ntpd-rs.service openntpd.service)
# As the kernel cuts their names, after 15 characters; those of daemon/other_daemons.cpp. OpenNTPD's is ntpd.
time_processes=(chronyd ntpd ntp-daemon systemd-timesyn phc2sys)

has_systemd() { [ -d /run/systemd/system ] && command -v systemctl >/dev/null; }

# Prints the running time services, one a line; an alias counts as its service.
running_time_services() {
    has_systemd || return 0
    systemctl show --property=Id,ActiveState "${time_services[@]}" 2>/dev/null | awk -F= '
        $1 == "Id" { unit = $2 }
        $1 == "ActiveState" { state = $2 }
        NF == 0 { if (state == "active") print unit; state = "" }
        END { if (state == "active") print unit }' | sort -u
}

# Prints "NAME PROCESS" for each running time daemon, whoever started it. A daemon of several processes is its first one,
# and chronyd with -x leaves the clock alone.
running_time_processes() {
    local comm pid name
    for comm in /proc/[0-9]*/comm; do
        read -r name 2>/dev/null <"$comm" || continue
        case " ${time_processes[*]} " in *" $name "*) ;; *) continue ;; esac
        pid=${comm#/proc/}
        pid=${pid%/comm}
        if is_running "$pid" && ! is_child_of_a "$name" "$pid" && ! grep -qzx -- -x "/proc/$pid/cmdline"; then
            echo "$name $pid"
        fi
    done
}

# is_running PROCESS: one that has ended and is not collected by its parent has no command any more.
is_running() { IFS= read -r -d '' _ 2>/dev/null <"/proc/$1/cmdline"; }

# is_child_of_a NAME PROCESS
is_child_of_a() {
    local parent
    parent=$(sed -n 's/^PPid:[[:space:]]*//p' "/proc/$2/status" 2>/dev/null)
    [ "$(cat "/proc/$parent/comm" 2>/dev/null)" = "$1" ]
}

of_a_service() { grep -qE '[.]service$' "/proc/$1/cgroup" 2>/dev/null; }

# ask QUESTION: yes or no; without a terminal the answer is no unless FOLIOT_YES is set.
ask() {
    local answer
    if [ -n "${FOLIOT_YES:-}" ]; then
        say "$1 yes (--yes)"
        return 0
    fi
    [ -t 0 ] || { say "$1 no (no terminal to ask on; --yes answers yes)"; return 1; }
    read -r -p "$1 [y/N] " answer
    case $answer in [yYjJ]*) return 0 ;; *) return 1 ;; esac
}

# stop_time_services for-good|meanwhile: after asking. Fails when one goes on running.
stop_time_services() {
    local unit name process left=''
    mkdir -p "$record"
    for unit in $(running_time_services); do
        say "$unit keeps this computer's clock now. Two programs that steer one clock fight each other."
        if [ "$1" = for-good ]; then
            if ask "Stop and disable $unit while Foliot is installed?"; then
                note_stopped "$unit disabled"
                systemctl --quiet disable --now "$unit"
            fi
        elif ask "Stop $unit while Foliot runs?"; then
            note_stopped "$unit running"
            systemctl stop "$unit"
        fi
    done
    while read -r name process <&3; do
        # Of a service that goes on running because the answer was no.
        ! of_a_service "$process" || continue
        say "$name (process $process) steers this computer's clock now," \
            "and belongs to no service that could be started again."
        if ask "End $name?"; then
            tr '\0' ' ' <"/proc/$process/cmdline" >"$record/command" && echo >>"$record/command"
            kill "$process" && ended "$process" && cat "$record/command" >>"$record/ended"
            rm -f "$record/command"
        fi
    done 3< <(running_time_processes)
    left=$(running_time_processes)
    [ -n "$left" ] || return 0
    say "still running: $(awk '{ printf "%s%s (process %s)", sep, $1, $2; sep = ", " }' <<<"$left")"
    rmdir --ignore-fail-on-non-empty "$record"
    return 1
}

note_stopped() {
    # What was noted first is how it was before Foliot.
    grep -q "^${1%% *} " "$record/stopped" 2>/dev/null || echo "$1" >>"$record/stopped"
}

# ended PROCESS: whether it is gone within five seconds
ended() {
    local i
    for ((i = 0; i < 250; i++)); do
        is_running "$1" || return 0
        sleep 0.02
    done
    return 1
}

# Starts again what stop_time_services stopped.
start_time_services() {
    local unit how command
    while read -r unit how; do
        say "starting $unit again"
        [ "$how" != disabled ] || systemctl --quiet enable "$unit" || true
        systemctl start "$unit" || say "$unit did not start; see: systemctl status $unit"
    done < <(cat "$record/stopped" 2>/dev/null)
    while read -r command; do
        say "this program was ended; start it again as you did before: $command"
    done < <(cat "$record/ended" 2>/dev/null)
    rm -f "$record/stopped" "$record/ended"
    rmdir --ignore-fail-on-non-empty "$record" 2>/dev/null || true
}
