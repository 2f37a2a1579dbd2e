# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How right the transmit timestamps are, which a server has to say before its reply leaves."""
from ntp_server.rows import row

SECONDS = 10


def transmit_stamps(servers):
    """At half of the load that it can take, each reply's transmit timestamp beside the kernel's stamp of it."""
    for name in ("foliot", "chrony"):
        if name not in servers:
            continue
        best = servers[name].load("closed", seconds=3, requests=100_000_000)
        half = best["answered"] / best["seconds"] / 2
        result = servers[name].load("open", rate=half, seconds=SECONDS, requests=100_000_000, stamps=1)
        suffix, goal = ("", 10.0) if name == "foliot" else (".chrony", None)
        row("transmit_timestamp_error_us.p50" + suffix, result["stamp_error_p50_us"], "us")
        row("transmit_timestamp_error_us.p99" + suffix, result["stamp_error_p99_us"], "us", None, goal)
