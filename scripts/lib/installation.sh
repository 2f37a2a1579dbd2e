# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Pieces of scripts/run --live and scripts/uninstall: what other time daemons run, installing, taking it all back.
# Sourced; runs on the system itself, not in a root folder.

# What --live did, so that scripts/uninstall can take it back: installed files and services that were stopped.
record=/var/lib/foliot-install

# Other programs that steer or serve the clock: the systemd unit and the process name of each.
time_services=(systemd-timesyncd.service chrony.service chronyd.service ntpsec.service ntp.service ntpd.service
    ntpd-rs.service openntpd.service)
time_processes=(chronyd ntpd ntp-daemon systemd-timesyn openntpd)

has_systemd() { [ -d /run/systemd/system ] && command -v systemctl >/dev/null; }

# Prints the running time services, one a line.
running_time_services() {
    local unit
    has_systemd || return 0
    for unit in "${time_services[@]}"; do
        if systemctl is-active --quiet "$unit" 2>/dev/null; then
            printf '%s\n' "$unit"
        fi
    done
}

# Prints "name (process N)" for each running time daemon, whoever started it.
running_time_processes() {
    local comm pid name
    for comm in /proc/[0-9]*/comm; do
        read -r name <"$comm" 2>/dev/null || continue
        pid=${comm#/proc/}
        pid=${pid%/comm}
        case " ${time_processes[*]} " in
        *" $name "*) printf '%s (process %s)\n' "$name" "$pid" ;;
        esac
    done
}

# ask QUESTION: yes or no; without a terminal the answer is no unless FOLIOT_YES is set.
ask() {
    local answer
    if [ -n "${FOLIOT_YES:-}" ]; then
        say "$1 yes (--yes)"
        return 0
    fi
    [ -t 0 ] || { say "$1 no (no terminal to ask on; use --yes)"; return 1; }
    read -r -p "$1 [y/N] " answer
    case $answer in [yYjJ]*) return 0 ;; *) return 1 ;; esac
}

# Is there a way out at all? A default route is needed to reach a server on the internet.
has_network() {
    ip route show default 2>/dev/null | grep -q . || ip -6 route show default 2>/dev/null | grep -q .
}

# Can the default sources be found?
resolves() { timeout 10 getent ahosts "$1" >/dev/null 2>&1; }

# Stops other time daemons after asking; notes which, for scripts/uninstall. Fails when one goes on running.
stop_other_time_services() {
    local unit units left
    mkdir -p "$record"
    mapfile -t units < <(running_time_services)
    for unit in "${units[@]}"; do
        say "$unit keeps this computer's clock now. Two daemons steering one clock fight each other."
        if ask "Stop and disable $unit while Foliot is installed?"; then
            systemctl disable --now "$unit"
            grep -qxF "$unit" "$record/stopped" 2>/dev/null || printf '%s\n' "$unit" >>"$record/stopped"
        fi
    done
    left=$(running_time_processes)
    if [ -n "$left" ]; then
        say "Still running: $left"
        say "Foliot does not steer beside it. Stop it, then try again."
        return 1
    fi
}

# install_foliot BUILD_FOLDER: installs what was built and starts the service.
install_foliot() {
    local build=$1
    mkdir -p "$record"
    cmake --install "$build" --prefix /usr >"$record/install.log" 2>&1 || {
        say "Installing failed; the end of $record/install.log:"
        tail -n 5 "$record/install.log" >&2
        return 1
    }
    # One list over several installations, so that nothing of an older version stays behind.
    sort -u "$build/install_manifest.txt" "$record/files" 2>/dev/null >"$record/files.new" || true
    mv "$record/files.new" "$record/files"
    if has_systemd; then
        systemd-sysusers
        systemd-tmpfiles --create 2>/dev/null || true
        systemctl daemon-reload
        systemctl reload dbus.service 2>/dev/null || systemctl reload dbus-broker.service 2>/dev/null || true
        systemctl enable --now foliotd.service
    else
        say "No systemd here: start /usr/sbin/foliotd as user foliot from your own service manager."
        return 1
    fi
}

# Starts again what stop_other_time_services stopped.
start_stopped_services() {
    local unit
    [ -s "$record/stopped" ] || return 0
    while read -r unit; do
        [ -n "$unit" ] || continue
        say "Starting $unit again."
        systemctl enable --now "$unit" || say "$unit did not start: systemctl status $unit"
    done <"$record/stopped"
    rm -f "$record/stopped"
}

# Takes back what install_foliot and stop_other_time_services did.
uninstall_foliot() {
    local file
    if has_systemd && systemctl cat foliotd.service >/dev/null 2>&1; then
        systemctl disable --now foliotd.service 2>/dev/null || true
        systemctl stop foliot-helper.service 2>/dev/null || true
    fi
    if [ -s "$record/files" ]; then
        while read -r file; do
            # Only below the places that cmake --install writes to; a damaged list must not remove anything else.
            case $file in
            *..*) ;;
            /usr/* | /etc/dbus-1/* | /etc/foliot/*) rm -f -- "$file" ;;
            esac
        done <"$record/files"
        rmdir --ignore-fail-on-non-empty /usr/share/foliot /usr/lib/foliot /etc/foliot 2>/dev/null || true
    else
        say "No list of installed files in $record: nothing was installed by scripts/run --live."
    fi
    if has_systemd; then
        systemctl daemon-reload
        systemctl reload dbus.service 2>/dev/null || true
    fi
    start_stopped_services
    rm -rf "$record"
    say "Foliot is removed. Its state stays in /var/lib/foliot and /var/lib/foliot-helper; remove them if you like."
}
