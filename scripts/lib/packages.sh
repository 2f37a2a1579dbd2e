# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later

# scripts/packages.txt, and apt with its progress.

# packages SECTION...: the packages of these sections, one a line
packages() {
    local wanted=" $* " section='' word
    while read -r word _; do
        case $word in
        '' | '#'*) ;;
        '['*) section=${word//[\[\]]/} ;;
        *) [[ $wanted != *" $section "* ]] || echo "$word" ;;
        esac
    done <"$scripts/packages.txt"
}

# sections PURPOSE: what scripts that build and scripts that test take from the list
sections() {
    case $1 in
    build) echo build run ;;
    test) echo build run check interop ;;
    *) fail "there is no set of packages named '$1'" ;;
    esac
}

# peers PURPOSE: only the tests want peers
peers() { [ "$1" != test ] || packages peers; }

# stamp PURPOSE SUITE: tells an environment that was set up with this list from one that must be looked at again
stamp() {
    # shellcheck disable=SC2046 # sections are words
    { echo "layout 1, $2" && packages $(sections "$1") && peers "$1"; } | sha256sum | cut -c 1-32
}

# apt_command COMMAND...: where apt and dpkg work; make_root has its own
apt_command() { env DEBIAN_FRONTEND=noninteractive "$@"; }

# Options after -t SUITE and the like, for every apt-get below.
apt_options=(-q -o APT::Update::Error-Mode=any -o Acquire::Retries=2 -o DPkg::Lock::Timeout=120)

# install_packages PACKAGES: three steps of the plan: update, download, install
install_packages() {
    progress_next
    apt_command apt-get "${apt_options[@]}" update </dev/null >>"$log" 2>&1 ||
        fail_step "the package lists could not be fetched" "$log"
    progress_next
    # shellcheck disable=SC2086 # packages are words
    apt_install --download-only $1 || fail_step "packages could not be fetched" "$log"
    progress_next
    # shellcheck disable=SC2086
    apt_install $1 || fail_step "packages could not be installed" "$log"
}

apt_install() {
    apt_command apt-get "${apt_options[@]}" install -y --no-install-recommends -o APT::Status-Fd=3 "$@" \
        3>&1 >>"$log" 2>&1 </dev/null | apt_progress
}

# Reads apt's status lines: dlstatus:NUMBER:PERCENT:TEXT while it fetches, pmstatus:PACKAGE:PERCENT:TEXT while it installs.
apt_progress() {
    local kind what percent text
    while IFS=: read -r kind what percent text; do
        case $kind in
        dlstatus) progress_at "$percent" "${text%% (*}" ;;
        pmstatus) progress_at "$percent" "$what" ;;
        esac
    done
}

# unpack_packages FOLDER PACKAGE...: each into a folder of its name, without installing anything
unpack_packages() {
    # shellcheck disable=SC2016 # expanded inside
    apt_command sh -ec '
        folder=$1 options=$2
        shift 2
        rm -rf "$folder"
        mkdir -p "$folder/fetched"
        chmod 777 "$folder/fetched"
        cd "$folder/fetched"
        apt-get $options download "$@"
        for file in *.deb; do dpkg -x "$file" "../${file%%_*}"; done
        rm -rf "$folder/fetched"' unpack "$1" "${apt_options[*]}" "${@:2}"
}
