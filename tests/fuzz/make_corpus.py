#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the seed corpora of fuzz_packet, fuzz_exchange and fuzz_server_reply into tests/fuzz/corpus.

The packets are put together here from RFC 5905 figure 8 and RFC 7822, without Foliot's own code. What precedes the
packet in the inputs of fuzz_exchange and fuzz_server_reply is described in tests/ntp/invariants.h. Run it after a change of these
layouts; the files are kept in the repository.
"""

import struct
import sys

sys.dont_write_bytecode = True  # beside the sources

from corpus import write

SENT = 0x0123456789ABCDEF  # the transmit timestamp that fuzz_exchange sends
SENT_RECEIVE = 0x123456789ABCDEF0  # its receive timestamp in interleaved mode
UNIX_EPOCH = 2208988800
NOW = 1780000000  # 2026-05-28
ERA_1 = 2085978496  # 2036-02-07 06:28:16


def stamp(unix_seconds):
    """The NTP timestamp of a Unix time; the era falls off."""
    return round((unix_seconds + UNIX_EPOCH) * 2**32) % 2**64


def packet(leap=0, version=4, mode=4, stratum=2, poll=6, precision=-23, root_delay=0x800, root_dispersion=0x400,
           refid=b"\xc0\x00\x02\x01", reference=stamp(NOW - 100), origin=SENT, receive=stamp(NOW + 0.25),
           transmit=stamp(NOW + 0.5)):
    first = leap << 6 | version << 3 | mode
    return struct.pack(">BBbbII4sQQQQ", first, stratum, poll, precision, root_delay, root_dispersion, refid, reference,
                       origin, receive, transmit)


def request(**changes):
    return packet(**({"mode": 3, "stratum": 0, "precision": 0, "root_delay": 0, "root_dispersion": 0, "refid": bytes(4),
                      "reference": 0, "origin": 0, "receive": 0, "transmit": SENT} | changes))


def field(kind, value, length=None):
    padded = value + bytes(-len(value) % 4)
    return struct.pack(">HH", kind, len(padded) + 4 if length is None else length) + padded


NTS = field(0x0104, b"u" * 32) + field(0x0204, b"c" * 100) + field(0x0404, struct.pack(">HH", 16, 16) + b"n" * 32)
MAC_MD5 = struct.pack(">I", 1) + b"5" * 16
MAC_SHA1 = struct.pack(">I", 2) + b"1" * 20

PACKETS = {
    "client_v3": request(version=3),
    "client_v4": request(),
    "server_v3": packet(version=3),
    "server_v4": packet(),
    "server_v4_leap_59": packet(leap=2),
    "server_unsynchronized": packet(leap=3, stratum=16, reference=0, root_dispersion=0x100000),
    "kiss_deny": packet(leap=3, stratum=0, refid=b"DENY", receive=0, transmit=0),
    "kiss_rate": packet(leap=3, stratum=0, refid=b"RATE"),
    "kiss_control_characters": packet(leap=3, stratum=0, refid=b"\x1b[2J"),
    "refclock": packet(stratum=1, refid=b"GPS\x00"),
    "era_1": packet(receive=stamp(ERA_1 + 1), transmit=stamp(ERA_1 + 2), reference=stamp(ERA_1 - 1)),
    "era_1_first_instant": packet(receive=stamp(ERA_1), transmit=stamp(ERA_1)),
    "origin_zero": packet(origin=0),
    "interval_negative": packet(receive=stamp(NOW + 1), transmit=stamp(NOW)),
    "root_delay_largest": packet(root_delay=0xFFFFFFFF),
    "version_5": packet(version=5),
    "version_1_mode_0": packet(version=1, mode=0),
    "symmetric": packet(mode=1),
    "broadcast": packet(mode=5),
    "control_readvar": bytes.fromhex("160200010000000000000000"),
    "private_monlist": bytes.fromhex("1700032a") + bytes(44),
    "empty": b"",
    "header_cut": packet()[:47],
    "mac_md5": packet() + MAC_MD5,
    "mac_sha1": packet() + MAC_SHA1,
    "mac_des_v3": packet(version=3) + struct.pack(">I", 3) + b"d" * 8,
    "mac_sha512_v3": packet(version=3) + struct.pack(">I", 4) + b"5" * 64,
    "crypto_nak": packet() + bytes(4),
    "crypto_nak_not_zero": packet() + b"\x00\x00\x00\x01",
    "fields_nts": packet() + NTS,
    "fields_nts_request": request() + NTS,
    "field_28": packet() + field(0xF000, b"x" * 24),
    "field_16_and_mac": packet() + field(0xF000, b"x" * 12) + MAC_MD5,
    "field_and_crypto_nak": packet() + field(0xF323, bytes(24)) + bytes(4),
    "field_16_alone": packet() + field(0xF000, b"x" * 12),
    "field_length_0": packet() + field(0xF000, bytes(40), 0),
    "field_length_12": packet() + field(0xF000, bytes(40), 12),
    "field_length_odd": packet() + field(0xF000, bytes(40), 29),
    "field_beyond_end": packet() + field(0xF000, bytes(40), 48),
    "field_length_largest": packet() + field(0xF000, bytes(40), 0xFFFF),
    "fields_tiny": packet() + field(0xF000, b"") * 60,
    "fields_many": packet() + field(0xF000, b"x" * 12) * 72 + MAC_SHA1,
    "padding_to_1232": request() + field(0xF501, bytes(1180)),
    "padding_beyond_1232": request() + field(0xF501, bytes(1184)),
    "short_fields": field(0x0204, b"c" * 8) + field(0x0304, b"") + field(0x0304, b"p" * 4),
}

REPLIES = [name for name in PACKETS if "request" not in name and "client" not in name]
REQUESTS = [name for name in PACKETS if name != "short_fields"]


def exchange_input(name):
    version_3 = name.endswith("_v3")
    real = ERA_1 if name.startswith("era_1") else NOW
    flags = (2 if version_3 else 0) | (0 if name == "origin_zero" else 1)
    return struct.pack(">Bqqi", flags, real * 10**9, 1767225600 * 10**9, 300000) + PACKETS[name]


def server_reply_input(name):
    real = ERA_1 if name.startswith("era_1") else NOW
    body = PACKETS[name]
    if name in REPLIES and len(body) >= 48:  # the same packet as a request
        body = bytes([body[0] & 0xF8 | 3]) + body[1:]
    return struct.pack(">BBbqqdd", 0, 2, -23, real * 10**9, real * 10**9 + 20000, 0.01, 0.002) + body


if __name__ == "__main__":
    write("fuzz_packet", PACKETS)
    write("fuzz_exchange", {name: exchange_input(name) for name in REPLIES} | {
        "clock_of_1970": struct.pack(">Bqqi", 1, 60 * 10**9, 1767225600 * 10**9, 300000) + PACKETS["era_1"],
        "bogus_origin": struct.pack(">Bqqi", 0, NOW * 10**9, 0, 300000) + packet(origin=SENT + 1),
        "round_trip_negative": struct.pack(">Bqqi", 1, NOW * 10**9, 0, -300000) + packet(),
        "interleaved": struct.pack(">Bqqi", 12, NOW * 10**9, 0, 300000)
        + packet(origin=SENT_RECEIVE, receive=stamp(NOW + 64), transmit=stamp(NOW + 0.0011)),
        "interleaved_answered_in_basic_mode": struct.pack(">Bqqi", 4, NOW * 10**9, 0, 300000) + packet(),
        "interleaved_not_asked_for": struct.pack(">Bqqi", 8, NOW * 10**9, 0, 300000) + packet(origin=SENT_RECEIVE),
    })
    write("fuzz_server_reply", {name: server_reply_input(name) for name in REQUESTS} | {
        "stamps_equal": struct.pack(">BBbqqdd", 0, 2, -23, NOW * 10**9, NOW * 10**9, 0.01, 0.002) + request(),
        "state_not_a_number": struct.pack(">BBbqqdd", 3, 16, 0, 0, 0, float("nan"), float("inf")) + request(),
        "mode_4_not_answered": struct.pack(">BBbqqdd", 0, 2, -23, 0, 0, 0.0, 0.0) + packet(),
    })
