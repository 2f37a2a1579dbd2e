# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Fuzz targets are programs of the sanitized build, built on libFuzzer. tests/fuzz/corpus/TARGET holds inputs to start
# from; what a run finds stays in the build folder.

# fuzz_targets: their names, one a line; each has a source of its name
fuzz_targets() { find "$source_folder/tests/fuzz" -name 'fuzz_*.cpp' -printf '%f\n' | sed 's/\.cpp$//' | sort; }

# need_fuzz_target NAME: ends the script when there is none of that name
need_fuzz_target() {
    fuzz_targets | grep -Fx -- "$1" >/dev/null ||
        fail "there is no fuzz target named '$1'" "" "the names are: $(fuzz_targets | paste -sd ' ')"
}

# run_fuzz_target TARGET SECONDS
run_fuzz_target() {
    local folder found seeds=$source_folder/tests/fuzz/corpus/$1
    folder=$(build_folder sanitized)
    found=$folder/fuzz/$1
    mkdir -p "$found/corpus"
    local corpora=("$found/corpus")
    [ ! -d "$seeds" ] || corpora+=("$seeds")
    if "$(find "$folder/tests" -type f -perm -u+x -name "$1")" -max_total_time="$2" -timeout=10 -rss_limit_mb=2048 \
        -print_final_stats=1 -artifact_prefix="$found/" "${corpora[@]}" </dev/null >"$found/log" 2>&1; then
        echo "$1: $(sed -n 's/^stat::number_of_executed_units: *//p' "$found/log") inputs in $2 s, nothing found"
    else
        echo "$1: a fault was found; what was read is beside $found/log"
        tail -n 40 "$found/log"
        return 1
    fi
}
