# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Counts of what passed, failed and was skipped, and what is told about them at the end.

passed=0 failed=0 skipped=0
remarks=()

tally_passed() { passed=$((passed + 1)); }

# tally_failed WHAT WHY
tally_failed() {
    failed=$((failed + 1))
    remarks+=("failed: $1: $2")
}

# tally_log LOG: adds what CTest's log says
tally_log() {
    local line counts
    if [ ! -e "$1" ]; then
        tally_failed "ctest" "it left no log"
        return
    fi
    while read -r line; do
        case $line in
        'totals '*)
            read -r -a counts <<<"$line"
            passed=$((passed + counts[1])) failed=$((failed + counts[2])) skipped=$((skipped + counts[3]))
            ;;
        *) remarks+=("$line") ;;
        esac
    done < <(awk -f "$scripts/lib/results.awk" "$1")
}

# tally_reports FOLDER: each of a sanitizer's reports there is a failure, whoever was content with the program that made it
tally_reports() {
    local report name
    for report in "$1"/report.*; do
        [ -e "$report" ] || continue
        head -n 60 "$report"
        name=${report##*/report.}
        tally_failed "${name%.*}" "$(grep -m 1 '^SUMMARY: ' "$report" || echo "a sanitizer's report")"
    done
}

# The report; its status says whether all is well.
tally_report() {
    [ ${#remarks[@]} = 0 ] || printf '%s\n' "${remarks[@]}" | sort -u
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}
