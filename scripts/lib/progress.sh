# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Progress of a job of several steps: which step, how far, how long still. One line that is overwritten on a terminal;
# elsewhere a line when a step begins and one every twenty seconds.
#
#   progress_plan "20:Fetching" "60:Installing"     weights are seconds on an ordinary machine; ? is not known yet, and
#                                                   then nothing is said of how long it takes
#   progress_next; progress_at 35 "file 3 of 9"; progress_next; ... progress_done

progress_names=()
progress_weights=()
progress_step=0
progress_started=0
progress_printed=0
progress_shown=
progress_steady=
if [ -t 2 ] && [ "${TERM:-dumb}" != dumb ]; then progress_steady=1; fi

progress_plan() {
    progress_names=() progress_weights=() progress_step=0
    progress_started=$EPOCHSECONDS
    local entry
    for entry; do
        progress_weights+=("${entry%%:*}")
        progress_names+=("${entry#*:}")
    done
}

progress_next() {
    progress_step=$((progress_step + 1))
    progress_printed=0
    progress_at 0
}

# progress_at PERCENT [DETAIL]
progress_at() {
    local percent=${1%%.*} detail=${2:-} line
    if [ -z "$progress_steady" ] && [ "$progress_printed" -gt $((EPOCHSECONDS - 20)) ]; then return; fi
    line="[$progress_step/${#progress_names[@]}] ${progress_names[progress_step - 1]}"
    [ "$percent" -eq 0 ] || line+=": $percent %"
    [ -z "$detail" ] || line+=", $detail"
    line+=$(progress_left "$percent")
    progress_printed=$EPOCHSECONDS
    if [ -n "$progress_steady" ]; then
        printf '\r\033[K%.*s' $((${COLUMNS:-80} - 1)) "$line" >&2
        progress_shown=1
    else
        printf '%s\n' "$line" >&2
    fi
}

# How long still, from how fast the steps so far went; before a tenth of the whole the weights count as well, so that
# what is said does not jump.
progress_left() {
    local percent=$1 whole=0 behind=0 i spent=$((EPOCHSECONDS - progress_started))
    for i in "${!progress_weights[@]}"; do
        [ "${progress_weights[i]}" != '?' ] || return 0
        whole=$((whole + progress_weights[i] * 100))
        [ "$i" -ge $((progress_step - 1)) ] || behind=$((behind + progress_weights[i] * 100))
    done
    behind=$((behind + progress_weights[progress_step - 1] * percent))
    if [ "$behind" -ge "$whole" ]; then
        return 0
    elif [ "$progress_step" -eq 1 ] && [ "$behind" -eq 0 ]; then
        echo ", about $(in_words $((whole / 100))) for all ${#progress_names[@]} steps on an ordinary machine"
    elif [ "$spent" -lt 3 ] || [ "$behind" -eq 0 ]; then
        echo ", about $(in_words $(((whole - behind) / 100))) left on an ordinary machine"
    elif [ $((behind * 10)) -lt "$whole" ]; then
        echo ", about $(in_words $((9 * spent + (whole - 10 * behind) / 100 + 1))) left"
    else
        echo ", about $(in_words $((spent * (whole - behind) / behind + 1))) left"
    fi
}

# progress_known SECONDS: the last step's weight, now that it is known. What went before says nothing of how fast it goes.
progress_known() {
    local i
    for i in "${!progress_weights[@]}"; do progress_weights[i]=0; done
    progress_weights[-1]=$1
    progress_started=$EPOCHSECONDS
}

progress_clear() {
    [ -z "$progress_shown" ] || printf '\r\033[K' >&2
    progress_shown=
}

progress_done() {
    progress_clear
    say "${1:-done} after $(in_words $((EPOCHSECONDS - progress_started)))"
}
