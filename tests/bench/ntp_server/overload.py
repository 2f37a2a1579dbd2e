# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many times as many requests as the server can answer with a tenth of a processor: it goes on answering as many as it
can, keeps its own time, and people can still talk to it."""
import contextlib
import os
import statistics
import subprocess
import threading
import time

from ntp_server.rows import progress, row
from ntp_server.servers import FOLIOTCTL, end, foliot

SECONDS = 60
PERIOD_US = 10_000
SHARE = 0.1  # of a processor


@contextlib.contextmanager
def held_back(process):
    """Holds a process with all its threads to its share, by a control group. False where there is none to be had."""
    version1, version2 = "/sys/fs/cgroup/cpu", "/sys/fs/cgroup"
    quota = int(PERIOD_US * SHARE)
    if os.path.exists(f"{version1}/cpu.cfs_quota_us") or os.path.exists(f"{version1}/cgroup.procs"):
        parent, limits = version1, {"cpu.cfs_period_us": PERIOD_US, "cpu.cfs_quota_us": quota}
    else:
        parent, limits = version2, {"cpu.max": f"{quota} {PERIOD_US}"}
    group = os.path.join(parent, f"foliot-bench-{os.getpid()}")
    try:
        os.mkdir(group)
        for name, value in limits.items():
            with open(os.path.join(group, name), "w") as f:
                f.write(str(value))
        with open(os.path.join(group, "cgroup.procs"), "w") as f:
            f.write(str(process.pid))
    except OSError as error:
        progress(f"no control group: {error}")
        with contextlib.suppress(OSError):
            os.rmdir(group)
        yield False
        return
    try:
        yield True
    finally:
        with open(os.path.join(parent, "cgroup.procs"), "w") as f:
            f.write(str(process.pid))
        os.rmdir(group)


@contextlib.contextmanager
def session_bus():
    bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address"],
                           stdout=subprocess.PIPE, text=True)
    try:
        yield bus.stdout.readline().strip()
    finally:
        end(bus)


class Watcher:
    """Somebody who asks the server's daemon how it is, over and over."""

    def __init__(self, bus):
        self.environment = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": bus, "FOLIOT_BUS": "session"}
        self.answers_ms, self.unsure = [], 0

    def ask(self):
        begun = time.monotonic()
        subprocess.run(["busctl", "--user", "--timeout=5", "get-property", "org.foliot.Foliot1", "/org/foliot/Foliot1",
                        "org.foliot.Foliot1", "Condition"], env=self.environment, check=True, stdout=subprocess.DEVNULL)
        self.answers_ms.append(1000 * (time.monotonic() - begun))

    def is_synchronized(self):
        return subprocess.run([FOLIOTCTL, "status"], env=self.environment, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL).returncode == 0

    def wait(self):
        subprocess.run([FOLIOTCTL, "wait", "--timeout", "60"], env=self.environment, check=True)

    def watch(self, thread):
        while thread.is_alive():
            self.ask()
            self.unsure += not self.is_synchronized()
            time.sleep(0.5)


def overload(servers, folder):
    upstream = servers.get("chrony", servers["foliot"])
    source = f'[[source]]\naddress = "{upstream.address}"\nminpoll = 0\nmaxpoll = 2'
    with session_bus() as bus:
        server = foliot(folder, "overload", "127.0.0.15", bus="session", source=source,
                        environment={"DBUS_SESSION_BUS_ADDRESS": bus})
        try:
            watcher = Watcher(bus)
            watcher.wait()
            with held_back(server.process) as is_held:
                measure(server, watcher, is_held)
        finally:
            server.end()


def measure(server, watcher, is_held):
    best = server.load("closed", seconds=5, requests=100_000_000)
    best_rate = best["answered"] / best["seconds"]
    for _ in range(20):
        watcher.ask()
    quiet_ms = statistics.median(watcher.answers_ms)
    watcher.answers_ms.clear()
    memory = server.private_mib()
    results = []
    load = threading.Thread(target=lambda: results.append(server.load(
        "open", rate=10_000_000, seconds=SECONDS, requests=1_000_000_000, patience=50, ports=64, outstanding=16384)))
    load.start()
    watcher.watch(load)
    load.join()
    flood = results[0]
    if flood["wrong"]:
        raise SystemExit(f"wrong answers under overload: {flood}")
    row("overload.processor_share", SHARE if is_held else 1.0)
    row("overload.offered_ratio", flood["sent"] / flood["seconds"] / best_rate)
    row("overload.goodput_ratio", (flood["answered"] + flood["late"]) / flood["seconds"] / best_rate, "", 1.0, 0.9)
    row("overload.memory_growth_mib", server.private_mib() - memory, "MiB", 0.0, 0.1)
    row("overload.dbus_ms.median", statistics.median(watcher.answers_ms), "ms", quiet_ms)
    row("overload.dbus_ms.max", max(watcher.answers_ms), "ms", quiet_ms, 100.0)
    row("overload.unsynchronized_answers", watcher.unsure, "", 0.0, 0.0)
