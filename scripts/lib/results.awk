# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Reads CTest's LastTest.log and counts the test functions of the programs in it, those of QtTest and those of Rust. Prints a
# line for each skip and each failure with its reason, and at the end "totals PASSED FAILED SKIPPED". A program that crashed, took too long,
# never started or printed no totals is a failure of its own; setting up and cleaning up are not counted as tests, and
# neither is what CTest runs first for others (a fixture named stage_...), unless it fails.

function begin(test) {
    name = test
    hasTotals = 0
    framework = 0
    failed = 0
}

function finish(verdict) {
    if (name == "")
        return
    if (verdict != "Passed." && failed == 0)
        fail("the program ended with: " verdict)
    else if (verdict == "Passed." && !hasTotals && name !~ /^stage_/)
        fail("the program printed no totals")
    name = ""
}

function fail(why) {
    failures++
    failed++
    print "failed: " name ": " why
}

function withoutLocation(line) {
    sub(/^[A-Z!]+ *: */, "", line)
    return line
}

function ofRust(line) {
    sub(/^test /, "", line)
    sub(/ \.\.\. (ignored|FAILED)/, "", line)
    return line
}

/^[0-9]+\/[0-9]+ Testing: / {
    finish("it was cut short")
    sub(/^[0-9]+\/[0-9]+ Testing: /, "")
    begin($0)
    next
}

/^PASS +: .*::(initTestCase|cleanupTestCase)\(\)/ { framework++ }

/^SKIP +: / { print "skipped: " name ": " withoutLocation($0) }

/^(FAIL!|XPASS) +: / { print "failed: " name ": " withoutLocation($0) }

/^Totals: [0-9]+ passed, [0-9]+ failed, [0-9]+ skipped/ {
    hasTotals = 1
    passes += $2 - framework
    failures += $4
    failed += $4
    skips += $6
}

/^test .* \.\.\. ignored/ { print "skipped: " name ": " ofRust($0) }

/^test .* \.\.\. FAILED$/ { print "failed: " name ": " ofRust($0) }

/^test result: / {
    hasTotals = 1
    passes += $4
    failures += $6
    failed += $6
    skips += $8
}

/^Test (Passed|Failed|Timeout|Not Run)/ || /^Test (Crashed|Skipped)/ { finish(substr($0, 6)) }

END {
    finish("it was cut short")
    print "totals", passes + 0, failures + 0, skips + 0
}
