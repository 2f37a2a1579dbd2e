# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an answer costs: processor time, delay, memory."""
import contextlib
import os
import statistics
import subprocess

from ntp_server.rows import progress, row
from ntp_server.servers import PEERS, end, foliot, private_mib, silent_foliot

REPETITIONS = 7
REQUESTS = 150_000
SHORT_REPETITIONS = 15
SHORT_REQUESTS = 60_000
COMPETITORS = 5
LATENCY_REQUESTS = 20_000
MANY_CLIENTS = 10_000_000


def interleaved(servers, **options):
    """Each server's cost over that of the echo in the same repetition, and how often each was dearer than ours."""
    ratios = {name: [] for name in servers}
    for repetition in range(REPETITIONS):
        costs = {name: server.cost_us(**options) for name, server in servers.items()}
        progress("  " + ", ".join(f"{name} {cost:.2f} us" for name, cost in costs.items()))
        for name, cost in costs.items():
            ratios[name].append(cost / costs["echo"])
    return ratios


def ratio_rows(kind, ratios, goal):
    row(f"cpu_ratio.{kind}", statistics.median(ratios["foliot"]), "", 1.0, goal)
    for name in PEERS:
        if name in ratios:
            row(f"cpu_ratio.{kind}.{name}", statistics.median(ratios[name]))
            cheaper = sum(ours < theirs for ours, theirs in zip(ratios["foliot"], ratios[name]))
            row(f"cheaper_runs.{kind}.{name}", cheaper / REPETITIONS, "", None, 1.0)


def costs(servers):
    for kind, addresses, goal in (("plain", 1, 1.20), ("addresses", 100_000, 1.25)):
        progress(f"{kind}: {REPETITIONS} times {REQUESTS} requests of each server")
        ratio_rows(kind, interleaved(servers, requests=REQUESTS, addresses=addresses), goal)


def latencies(servers):
    medians = {name: [] for name in ("foliot", "chrony") if name in servers}
    for _ in range(REPETITIONS):
        for name, values in medians.items():
            result = servers[name].load("closed", requests=LATENCY_REQUESTS, outstanding=1, ports=1)
            values.append(result["p50_us"])
    theirs = statistics.median(medians["chrony"]) if "chrony" in medians else None
    row("latency_us.p50", statistics.median(medians["foliot"]), "us", theirs, theirs)
    if theirs is not None:
        row("latency_us.p50.chrony", theirs, "us")


@contextlib.contextmanager
def competitors(processor):
    """Others that want the same processor all the time."""
    loops = [subprocess.Popen(["taskset", "--cpu-list", str(processor), "sh", "-c", "while :; do :; done"])
             for _ in range(COMPETITORS)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def two_workers(servers, folder):
    # What two threads cost each other, and not what sleeping costs: a thread that is kept less busy finds fewer requests at once
    # and pays more for each. Both servers get one and the same processor, and the load another, which is about as quick as they
    # are. Only where others take most of their processor are they never out of work. The speed of a shared machine swings
    # within seconds: many short turns tell more than a few long ones.
    one, pair = (foliot(folder, name, f"127.0.0.{address}", f"workers = {workers}")
                 for name, address, workers in (("one", 14, 1), ("two", 12, 2)))
    everything = os.sched_getaffinity(0)
    first, last = min(everything), max(everything)
    options = {"requests": SHORT_REQUESTS, "addresses": 1000, "outstanding": 256, "ports": 32}

    def ratio():
        alone = one.cost_us(**options)
        return pair.cost_us(**options) / alone

    try:
        for server in (one, pair):
            server.pin({last})
        os.sched_setaffinity(0, {first})
        with competitors(last):
            row("two_workers.cpu_ratio", statistics.median(ratio() for _ in range(SHORT_REPETITIONS)), "", 1.0, 1.05)
        row("two_workers.cpu_ratio.sleeping", statistics.median(ratio() for _ in range(SHORT_REPETITIONS)), "", 1.0)
    finally:
        os.sched_setaffinity(0, everything)
        one.end()
        pair.end()


def memory(folder):
    server = foliot(folder, "memory", "127.0.0.13")
    silent = silent_foliot(folder)
    try:
        base = private_mib(silent.pid)
        server.load("closed", requests=1000)
        fresh = server.private_mib()
        row("worker_private_mib.fresh", fresh - base, "MiB", None, None)
        server.load("closed", requests=MANY_CLIENTS, addresses=MANY_CLIENTS)
        row("worker_private_mib.10m_clients", server.private_mib() - base, "MiB", fresh - base, fresh - base + 0.1)
    finally:
        server.end()
        end(silent)
