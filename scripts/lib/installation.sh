# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Installing Foliot on the system and taking it back. $record, which time_services.sh names, holds what there is to take
# back, and only what was not there before:
#   files, folders   what cmake --install put there
#   made             the configuration, the state and the user that the service's start makes
# $system is empty, or stands before every path: a folder that is taken for the system's root.

foliot_user=foliot
foliot_made=(/etc/foliot /var/lib/foliot /var/lib/foliot-helper)

# install_foliot BUILD_FOLDER
install_foliot() {
    mkdir -p "$record"
    list_installation "$1" || return
    note_what_is_made
    DESTDIR=${system:-} cmake --install "$1" --prefix /usr >>"$record/install.log" 2>&1 || installation_failed
}

# Lists what an installation puts where, from one into an empty folder.
list_installation() {
    local staged path
    staged=$(mktemp -d)
    DESTDIR=$staged cmake --install "$1" --prefix /usr >"$record/install.log" 2>&1 || installation_failed || return
    # Added to the lists of earlier installations, so that nothing of an older version stays behind.
    (cd "$staged" && find . ! -type d -printf '/%P\n') >>"$record/files"
    (cd "$staged" && find . -mindepth 1 -type d -printf '/%P\n') | while read -r path; do
        [ -e "${system:-}$path" ] || echo "$path" >>"$record/folders"
    done
    rm -rf "$staged"
}

installation_failed() {
    say "installing failed; the end of $record/install.log:"
    tail -n 5 "$record/install.log" >&2
    return 1
}

note_what_is_made() {
    local path
    for path in "${foliot_made[@]}"; do
        [ -e "${system:-}$path" ] || echo "$path" >>"$record/made"
    done
    getent passwd "$foliot_user" >/dev/null || echo "user" >>"$record/made"
}

start_foliot() {
    systemd-sysusers && systemd-tmpfiles --create foliot.conf && systemctl daemon-reload || return
    reload_bus
    systemctl --quiet enable foliotd.service && systemctl restart foliotd.service
}

# The bus reads its policies again.
reload_bus() { systemctl reload dbus.service 2>/dev/null || systemctl reload dbus-broker.service 2>/dev/null || true; }

stop_foliot() {
    systemctl --quiet disable --now foliotd.service 2>/dev/null || true
    systemctl stop foliot-helper.service 2>/dev/null || true
}

# Takes back what install_foliot did.
remove_foliot() {
    local path
    [ ! -s "$record/made" ] || remove_what_was_made
    while read -r path; do
        # Nothing but the places an installation writes to, whatever stands in the list.
        case $path in
        *..*) ;;
        /usr/* | /etc/dbus-1/*) rm -f -- "${system:-}$path" ;;
        esac
    done < <(cat "$record/files" 2>/dev/null)
    # The inner ones first. What somebody else put into one stays, and the folder with it.
    while read -r path; do
        case $path in
        *..*) ;;
        /usr/* | /etc/*) rmdir --ignore-fail-on-non-empty -- "${system:-}$path" 2>/dev/null || true ;;
        esac
    done < <(sort -ru "$record/folders" 2>/dev/null)
    rm -f "$record/files" "$record/folders" "$record/made" "$record/install.log"
}

remove_what_was_made() {
    local path shipped=${system:-}/usr/share/foliot/foliot.toml configuration=${system:-}/etc/foliot/foliot.toml
    for path in "${foliot_made[@]}"; do
        grep -qxF "$path" "$record/made" || continue
        if [ "$path" = /etc/foliot ]; then
            cmp -s "$shipped" "$configuration" && rm -f "$configuration"
            [ ! -e "$configuration" ] || say "$configuration stays, because it was changed"
            rmdir --ignore-fail-on-non-empty "${system:-}$path" 2>/dev/null || true
        else
            rm -rf "${system:-}$path"
        fi
    done
    rm -rf "${system:-}/run/foliot-helper"
    if grep -qxF user "$record/made" && getent passwd "$foliot_user" >/dev/null; then
        userdel "$foliot_user" || say "the user $foliot_user could not be removed"
    fi
}
