# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later

# What a user who may make no namespace lacks, and the command that gives it. Which packages, ids and settings are needed
# is asked for all at once, so that one visit to the administrator is enough.

subordinate_ids=/etc/subuid
kernel_settings=/proc/sys

# fail_without_namespaces: the last words of a script
fail_without_namespaces() {
    local name reasons=() remedies=() packages=()
    name=$(id -un)
    if [ "$(id -u)" = 0 ]; then
        fail "the Debian folder cannot be used" "root may mount nothing here, as in a container without privileges" \
            "in a container, set FOLIOT_ENVIRONMENT=container: newer packages then go into the container itself"
    fi
    [ -n "$(command -v mmdebstrap)" ] || packages+=(mmdebstrap)
    [ -n "$(command -v newuidmap)" ] || packages+=(uidmap)
    if [ ${#packages[@]} != 0 ]; then
        reasons+=("not installed: ${packages[*]}")
        remedies+=("sudo apt-get install --no-install-recommends ${packages[*]}")
    fi
    if ! grep -qE "^($name|$(id -u)):" "$subordinate_ids" 2>/dev/null; then
        reasons+=("$subordinate_ids gives $name no user ids for a user namespace")
        remedies+=("sudo usermod --add-subuids $(free_ids) --add-subgids $(free_ids) $name")
    fi
    if [ ${#reasons[@]} = 0 ]; then
        reasons+=("the kernel lets $name make no user namespaces")
        remedies+=("$(allow_user_namespaces)")
    fi
    fail "the Debian folder cannot be used" "$(joined '; ' "${reasons[@]}")" "$(joined ' && ' "${remedies[@]}")"
}

# joined SEPARATOR WORD...
joined() {
    local separator=$1 word
    printf '%s' "$2"
    for word in "${@:3}"; do printf '%s%s' "$separator" "$word"; done
}

# The first 65536 ids that no other user has.
free_ids() {
    awk -F: '
        BEGIN { first = 100000 }
        $2 + $3 > first { first = $2 + $3 }
        END { print first "-" first + 65535 }' < <(cat "$subordinate_ids" 2>/dev/null)
}

# The settings that distributions forbid user namespaces with.
allow_user_namespaces() {
    if [ "$(cat "$kernel_settings/kernel/unprivileged_userns_clone" 2>/dev/null)" = 0 ]; then
        echo "sudo sysctl kernel.unprivileged_userns_clone=1"
    elif [ "$(cat "$kernel_settings/kernel/apparmor_restrict_unprivileged_userns" 2>/dev/null)" = 1 ]; then
        echo "sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0"
    elif [ "$(cat "$kernel_settings/user/max_user_namespaces" 2>/dev/null)" = 0 ]; then
        echo "sudo sysctl user.max_user_namespaces=10000"
    else
        echo "start this as root"
    fi
}
