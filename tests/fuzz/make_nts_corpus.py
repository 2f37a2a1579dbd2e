#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the seed corpora of the fuzz_nts_* targets into tests/fuzz/corpus.

Records and fields are put together here from RFC 8915 sections 4 and 5, without Foliot's own code. What precedes them in
the inputs is described in tests/nts/invariants.h. Run it after a change of these layouts; the files are kept in the
repository.
"""

import struct
import sys

sys.dont_write_bytecode = True  # beside the sources

from corpus import write


def record(kind, body=b"", critical=False):
    return struct.pack(">HH", kind | (0x8000 if critical else 0), len(body)) + body


def numbers(*values):
    return b"".join(struct.pack(">H", value) for value in values)


def field(kind, value):
    padded = value + bytes(-len(value) % 4)
    return struct.pack(">HH", kind, len(padded) + 4) + padded


PROTOCOL = record(1, numbers(0), True)
AEAD = record(4, numbers(15), True)
END = record(0, b"", True)
COOKIES = b"".join(record(5, bytes([i]) * 100) for i in range(8))
RESPONSES = {
    "granted": PROTOCOL + AEAD + COOKIES + END,
    "granted_elsewhere": PROTOCOL + record(4, numbers(30)) + record(1024) + record(6, b"ntp.example.org.", True)
    + record(7, numbers(4123), True) + COOKIES + END,
    "address": PROTOCOL + AEAD + record(6, b"2001:db8::1") + record(5, b"c" * 64) + END,
    "error": record(2, numbers(1), True) + END,
    "warning": PROTOCOL + AEAD + record(3, numbers(0), True) + COOKIES + END,
    "no_common_algorithm": PROTOCOL + record(4, b"", True) + END,
    "no_common_protocol": record(1, b"", True) + END,
    "unknown_records": record(0x1234, b"x" * 9) + record(0x3FFF) + PROTOCOL + AEAD + COOKIES + END,
    "unknown_critical": PROTOCOL + AEAD + COOKIES + record(0x1234, b"", True) + END,
    "control_characters": PROTOCOL + AEAD + record(6, b"a\x1b[2J") + COOKIES + END,
    "long_cookie": PROTOCOL + AEAD + record(5, bytes(300)) + record(5, bytes(256)) + END,
    "no_end": PROTOCOL + AEAD + COOKIES,
    "endless": record(5, bytes(60000)) + struct.pack(">HH", 5, 65535),
}
REQUESTS = {
    "chrony": PROTOCOL + record(4, numbers(30, 15), True) + record(1024) + END,
    "ntpd_rs": PROTOCOL + record(4, numbers(17, 15)) + END,
    "wishes": PROTOCOL + AEAD + record(6, b"ntp.example.org") + record(7, numbers(123)) + END,
    "several_protocols": record(1, numbers(0x8001, 0), True) + record(4, numbers(15, 15, 31, 65535)) + END,
    "no_algorithm": PROTOCOL + END,
    "cookie": PROTOCOL + AEAD + COOKIES + END,
    "unknown_critical": record(0x7FFF, b"x", True) + END,
    "too_long": PROTOCOL + AEAD + record(0x1234, bytes(4096)) + END,
}


def header(mode, stratum=1, refid=b"\0\0\0\0"):
    return struct.pack(">BBbb8x4s32x", 4 << 3 | mode, stratum, 6, -20, refid)


def authenticator(nonce=16, sealed=16, extra=0):
    return field(0x0404, struct.pack(">HH", nonce, sealed) + bytes((nonce + 3) // 4 * 4 + (sealed + 3) // 4 * 4 + extra))


IDENTIFIER = field(0x0104, b"u" * 32)
COOKIE = field(0x0204, b"c" * 104)
REPLIES = {
    "forged": b"\1" + header(4) + IDENTIFIER + authenticator(16, 832),
    "plain": b"\0" + header(4),
    "nak": b"\1" + header(4, 0, b"NTSN") + IDENTIFIER,
    "rate": b"\1" + header(4, 0, b"RATE") + IDENTIFIER,
    "deny": b"\1" + header(4, 0, b"DENY") + IDENTIFIER,
    "two_identifiers": b"\1" + header(4) + IDENTIFIER + IDENTIFIER + authenticator(),
    "lengths_wrong": b"\1" + header(4) + IDENTIFIER + field(0x0404, struct.pack(">HH", 65535, 65535) + bytes(48)),
    "trailing": b"\1" + header(4) + IDENTIFIER + authenticator() + b"\1\2\3",
    "cookies": b"\2" + COOKIE * 6,
    "cookies_too_many": b"\2" + COOKIE * 9,
    "short_fields": b"\2" + field(0x4242, b"") * 8 + COOKIE,
    "plaintext_malformed": b"\2" + b"\2\4\0\0",
}
PROTECTED_REQUESTS = {
    "forged": b"\1" + header(3) + IDENTIFIER + COOKIE + authenticator(),
    "forged_with_placeholders": b"\1" + header(3) + IDENTIFIER + COOKIE + field(0x0304, bytes(104)) * 7 + authenticator(),
    "plain": b"\0" + header(3),
    "other_fields": b"\0" + header(3) + field(0x4242, bytes(24)),
    "placeholders": b"\2" + field(0x0304, bytes(104)) * 7,
    "placeholders_of_other_lengths": b"\2" + field(0x0304, bytes(12)) + field(0x0304, bytes(400)),
    "second_cookie": b"\2" + COOKIE,
    "second_identifier": b"\2" + IDENTIFIER,
    "early_authenticator": b"\2" + authenticator(),
}
COOKIES_SEALED = {
    "aead_15": b"\1" + numbers(15, 0) + bytes(64),
    "aead_17": b"\1" + numbers(17, 0) + bytes(128),
    "aead_30": b"\1" + numbers(30, 0) + bytes(32),
    "aead_unknown": b"\1" + numbers(31, 0) + bytes(64),
    "key_cut": b"\1" + numbers(15, 0) + bytes(63),
    "empty": b"\1",
    "forged": b"\0" + struct.pack(">I", 1) + bytes(100),
    "another_key": b"\0" + struct.pack(">I", 2) + bytes(100),
}


if __name__ == "__main__":
    write("fuzz_nts_response", {name: bytes([len(name) % 3]) + octets for name, octets in RESPONSES.items()})
    write("fuzz_nts_request", {name: bytes([len(name) % 3]) + octets for name, octets in REQUESTS.items()})
    write("fuzz_nts_reply", REPLIES)
    write("fuzz_nts_protected_request", PROTECTED_REQUESTS)
    write("fuzz_nts_cookie", COOKIES_SEALED)
