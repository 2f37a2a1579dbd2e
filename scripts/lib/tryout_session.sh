# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later

# How a try-out that runs is reached: lib/tryout writes it to BUILD_FOLDER/tryout-session, scripts/ctl reads it. The
# build folder is the one place that is seen both in the Debian folder and from outside.

# The mode says whether the display is seen: which user the bus lets in depends on it.
write_tryout_session() { # BUILD_FOLDER MODE DAEMON_PID
    printf '%s\n' "$2" "$3" "$DBUS_SESSION_BUS_ADDRESS" >"$1/tryout-session"
}

# remove_tryout_session BUILD_FOLDER DAEMON_PID: leaves the one that another try-out has written since
remove_tryout_session() {
    if [ -e "$1/tryout-session" ] && [ "$(sed -n 2p "$1/tryout-session")" = "$2" ]; then rm "$1/tryout-session"; fi
}

# tell_picture FILE: what became of the picture that is saved while the try-out runs
tell_picture() {
    if [ -s "$1" ]; then
        say "Picture of the window: $1"
    else
        say "No picture of the window was saved: that is done 30 s after the start, and you left before."
    fi
}

# read_tryout_session BUILD_FOLDER...: sets tryout_folder, tryout_mode and tryout_bus, from the first that runs. One that
# was killed leaves its file, but no daemon.
read_tryout_session() {
    local daemon
    for tryout_folder; do
        { read -r tryout_mode && read -r daemon && read -r tryout_bus; } 2>/dev/null <"$tryout_folder/tryout-session" ||
            continue
        [ "$(cat "/proc/$daemon/comm" 2>/dev/null)" != foliotd ] || return 0
    done
    return 1
}
