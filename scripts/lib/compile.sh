# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Configuring and compiling. Each kind of build has a folder of its own, and so has each environment, because what was
# compiled against one system's libraries does not fit another's:
#   release     GCC, as it is installed
#   sanitized   Clang with AddressSanitizer and UndefinedBehaviorSanitizer, the fuzz targets among it
#   threads     Clang with ThreadSanitizer

build_folder() { echo "$source_folder/build/${FOLIOT_INSIDE:-native}-$1"; }

build_options() {
    case $1 in
    release)
        printf '%s\n' -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE='-O2 -DNDEBUG' -DCMAKE_CXX_COMPILER=g++
        ;;
    sanitized)
        printf '%s\n' -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O0 -DCMAKE_CXX_COMPILER=clang++ \
            -DFOLIOT_SANITIZE=address,undefined -DFOLIOT_FUZZ=ON -DFOLIOT_TOGETHER=ON
        ;;
    threads)
        printf '%s\n' -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O1 -DCMAKE_CXX_COMPILER=clang++ \
            -DFOLIOT_SANITIZE=thread -DFOLIOT_GUI=OFF -DFOLIOT_HELPER=OFF -DFOLIOT_TOGETHER=ON
        ;;
    *) fail "there is no build named '$1'" "" "see the first lines of $scripts/lib/compile.sh" ;;
    esac
    # It compiles the same for all kinds, and takes a minute.
    echo -DFOLIOT_CARGO_FOLDER="$source_folder/build/${FOLIOT_INSIDE:-native}-cargo"
    # In the Debian folder the compiler is known, and so are its warnings.
    [ "${FOLIOT_INSIDE:-}" != root ] || echo -DFOLIOT_WERROR=ON
    [ -z "$(command -v ccache)" ] || echo -DCMAKE_CXX_COMPILER_LAUNCHER=ccache
    # Hundreds of test programs are linked, which takes the system's own linker as long as a third of the compiling.
    [ -z "$(command -v mold)" ] || echo -DCMAKE_LINKER_TYPE=MOLD
}

# What can be built, one a line, as far as the lists of CMake tell before it was ever run.
build_targets() {
    printf '%s\n' all clean help install programs release_translations update_translations
    find "$source_folder" -path "$source_folder/build" -prune -o \( -name CMakeLists.txt -o -name '*.cmake' \) \
        -exec sed -nE 's/^.*add_(executable|library|custom_target)\(([a-z][a-z_-]*)([ )].*)?$/\2/p' {} + \
        -exec grep -ohE '\b(test|fuzz|bench|foliot)_[a-z0-9_]+' {} +
    find "$source_folder/tests" -name 'test_*.cpp' -printf '%f\n' | sed 's/\.cpp$//'
}

# need_target NAME: ends the script when there is none of that name
need_target() {
    build_targets | grep -Fx -- "$1" >/dev/null || # to the end, or there is an early end of the pipe to tell of
        fail "there is neither a build nor a target named '$1'" "" \
            "the builds are release, sanitized and threads; programs is all but the tests, and other targets are named in the CMakeLists.txt of each folder"
}

# One compiler for each processor, as far as there is memory: a Qt source takes up to a gigabyte.
compile_jobs() {
    local processors memory
    processors=$(nproc)
    memory=$(awk '/^MemAvailable/ { print int($2 / 1000000) }' /proc/meminfo)
    if [ "$memory" -lt "$processors" ]; then processors=$memory; fi
    echo $((processors > 0 ? processors : 1))
}

# compile KIND [-DOPTION...] [TARGET...]: two steps, logged in the build folder. One at a time: two compilers that write one
# file would spoil it.
compile() {
    local folder error status=0 before stopped=
    folder=$(build_folder "$1")
    error=$({ mkdir -p "$folder" && : >>"$folder/building"; } 2>&1) || fail_folder "$folder" "$error"
    hold "$folder/building" "builds ($1)"
    before=$(trap -p INT)
    trap 'stopped=1' INT
    compile_alone "$@" || status=$?
    trap - INT
    eval "$before"
    release "$folder/building"
    if [ -n "$stopped" ]; then
        progress_clear
        say "stopped; starting again goes on from there"
        exit 130
    fi
    return "$status"
}

# fail_folder FOLDER WHY
fail_folder() {
    fail "nothing can be built in $1" "$2" "put the source tree where it can be written to, and start again"
}

compile_alone() {
    local kind=$1 folder options=() targets=() argument
    shift
    for argument; do
        case $argument in
        -D*) options+=("$argument") ;;
        *) targets+=("$argument") ;;
        esac
    done
    folder=$(build_folder "$kind")
    local error
    log=$folder/build.log
    error=$({ : >"$log"; } 2>&1) || fail_folder "$folder" "$error"
    mapfile -t defaults < <(build_options "$kind")

    progress_plan 5:"Configuring ($kind)" '?':"Compiling ($kind)"
    configure "$folder" "${defaults[@]}" "${options[@]}" || return
    progress_step=1
    NINJA_STATUS='[%f/%t] ' cmake --build "$folder" --parallel "$(compile_jobs)" ${targets:+--target "${targets[@]}"} \
        </dev/null 2>&1 | tee -a "$log" | compile_progress || return
    progress_done "build ($kind) is up to date"
}

# configure FOLDER -DOPTION...: unless the folder was configured with these very options; what else it depends on, ninja
# watches.
configure() {
    local folder=$1 wanted
    shift
    wanted=$(printf '%s\n' "$source_folder" "$@")
    if [ -e "$folder/build.ninja" ] && [ "$(cat "$folder/configured-with" 2>/dev/null)" = "$wanted" ]; then return; fi
    rm -f "$folder/configured-with"
    progress_next
    cmake -S "$source_folder" -B "$folder" -G Ninja "$@" </dev/null >>"$log" 2>&1 || return
    echo "$wanted" >"$folder/configured-with"
}

# Reads ninja's lines: [DONE/ALL] WHAT. There are none, and nothing is shown, when all is built already.
compile_progress() {
    local line counts all=0 jobs
    jobs=$(compile_jobs)
    while read -r line; do
        # How much there is to do is known after CMake's own step, which counts for itself.
        [[ $line != *'Re-running CMake'* && $line =~ ^\[([0-9]+)/([0-9]+)\] ]] || continue
        counts=("${BASH_REMATCH[@]:1}")
        if [ "${counts[1]}" -gt "$all" ]; then
            all=${counts[1]}
            progress_known $((all * 5 / 2 / jobs + 1)) # an ordinary machine needs two and a half seconds a source
            [ "$progress_step" = 2 ] || progress_next
        fi
        progress_at $((counts[0] * 100 / counts[1])) "${counts[0]} of ${counts[1]}"
    done
}

# What the compiler said about the first thing that failed.
compile_errors() {
    progress_clear
    if grep -q '^FAILED:' "$log"; then
        sed -n '/^FAILED:/,/^\[[0-9]*\/[0-9]*\]/p' "$log" | head -n 40 >&2
    else
        log_excerpt "$log" >&2
    fi
}

# build KIND [-DOPTION...] [TARGET...]: compiles or ends the script
build() {
    compile "$@" && return
    compile_errors
    fail "Foliot could not be built" "the lines above" "$(remedy "$log")"
}
