# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers to measure, each a process at an address of its own: ours, the echo, and other implementations."""
import json
import os
import signal
import subprocess
import time

from ntp_server.rows import progress

build = os.environ["FOLIOT_BUILD"]
peers = os.environ.get("FOLIOT_PEERS", "/opt")
LOAD = os.path.join(build, "tests", "bench", "ntp_load", "ntp_load")
FOLIOTD = os.path.join(build, "daemon", "foliotd")
FOLIOTCTL = os.path.join(build, "cli", "foliotctl")
KEEP_CLOCK = os.path.join(build, "tests", "interop", "foliot_keep_clock.so")
CHRONYD = os.path.join(peers, "chrony", "usr/sbin/chronyd")

# The limit is looked up for every request, and never reached.
LIMIT = "rate-limit = 1000000\nrate-burst = 1000000"


def private_mib(pid):
    private = 0
    with open(f"/proc/{pid}/smaps_rollup") as f:
        for line in f:
            if line.startswith(("Private_Clean:", "Private_Dirty:")):
                private += int(line.split()[1])
    return private / 1024


def end(process):
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def family(process):
    """The process and those that it started."""
    members = [process]
    for member in members:
        for task in os.listdir(f"/proc/{member}/task"):
            with open(f"/proc/{member}/task/{task}/children") as f:
                members += [int(child) for child in f.read().split()]
    return members


def cpu_ns(process):
    total = 0
    for task in os.listdir(f"/proc/{process}/task"):
        with open(f"/proc/{process}/task/{task}/schedstat") as f:
            total += int(f.read().split()[0])
    return total


class Server:
    """A server process at an address of its own. keys_at: where its clients exchange keys for NTS."""

    def __init__(self, name, address, command, port=123, environment=None, keys_at=None, own_network=False):
        self.name, self.address, self.port, self.keys_at = name, address, port, keys_at or address
        self.own_network = own_network
        if own_network:
            prepare = f'ip link set lo up && ip address add {address}/32 dev lo && exec "$0" "$@"'
            command = ["unshare", "--net", "sh", "-c", prepare, *command]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        env={**os.environ, **(environment or {})})
        deadline = time.monotonic() + 30
        while self.load("closed", requests=1, outstanding=1, ports=1, seconds=1, patience=200)["answered"] == 0:
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"{name} does not answer")

    def load(self, kind, **options):
        if self.name == "echo":
            options["echo"] = 1
        if "nts" in options:
            options["ke"] = self.keys_at
        options.setdefault("patience", 5000)  # ms: on a busy machine a reply may wait for a processor
        return self.run_load(kind, self.port, options)

    def run_load(self, kind, port, options):
        enter = ["nsenter", f"--net=/proc/{self.process.pid}/ns/net"] if self.own_network else []
        words = [f"{key}={value}" for key, value in options.items()]
        output = subprocess.run([*enter, LOAD, kind, self.address, str(port), *words], check=True, capture_output=True)
        return json.loads(output.stdout)

    def cpu_seconds(self):
        """Time on a processor of all threads and child processes; finer than the clock ticks of /proc/PID/stat."""
        return sum(cpu_ns(process) for process in family(self.process.pid)) / 1e9

    def pin(self, processors):
        for task in os.listdir(f"/proc/{self.process.pid}/task"):
            os.sched_setaffinity(int(task), processors)

    def private_mib(self):
        return private_mib(self.process.pid)

    def cost_us(self, **options):
        """Processor time for each answered request. Every reply is checked; a wrong one ends the benchmark."""
        before = self.cpu_seconds()
        result = self.load("closed", **options)
        spent = self.cpu_seconds() - before
        if result["wrong"] or result["lost"] > 0.02 * result["sent"]:
            raise SystemExit(f"{self.name} answers wrongly: {result}")
        return 1e6 * spent / result["answered"]

    def end(self):
        end(self.process)


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w") as f:
        f.write(text)
    return path


def foliot(folder, name, address, server="", bus="none", source="source = []", environment=None, sections=""):
    text = f'''{source}
[clock]
type = "none"
[server]
listen = ["{address}"]
local-stratum = 1
{LIMIT}
{server}
{sections}
[state]
directory = ""
[bus]
type = "{bus}"
'''
    return Server(name, address, [FOLIOTD, "--config", write(folder, name + ".toml", text)], environment=environment)


def silent_foliot(folder):
    """One that serves nobody."""
    text = 'source = []\n[clock]\ntype = "none"\n[state]\ndirectory = ""\n[bus]\ntype = "none"\n'
    process = subprocess.Popen([FOLIOTD, "--config", write(folder, "silent.toml", text)],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(1)
    return process


def harmless(program, *arguments):
    """Without the privilege to change the clock, and with calls that do nothing."""
    return ["setpriv", "--bounding-set", "-sys_time", "--inh-caps", "-sys_time", program, *arguments]


# Each takes lines of its own configuration in addition, and what else its Server is to know.

def chrony(folder, address, lines="", **more):
    text = f"local stratum 1\nallow\nport 123\nbindaddress {address}\npidfile {folder}/chrony.pid\n" \
           f"bindcmdaddress {folder}/chrony.sock\ncmdport 0\n{lines}"
    return Server("chrony", address, [CHRONYD, "-x", "-d", "-u", "root", "-f", write(folder, "chrony.conf", text)],
                  **more)


def ntpsec(folder, address, lines="", **more):
    text = "disable ntp\ntos orphan 5 orphanwait 1\nunrestrict default limited kod noquery\n" \
           f"statsdir {folder}\ndriftfile {folder}/drift\n" \
           f"interface ignore wildcard\ninterface listen {address}\n{lines}"
    # It serves what an interface has, not all of the loopback network.
    if not more.get("own_network"):
        subprocess.run(["ip", "address", "add", f"{address}/32", "dev", "lo"], check=True)
    program = os.path.join(peers, "ntpsec", "usr/sbin/ntpd")
    return Server("ntpsec", address, harmless(program, "-n", "-c", write(folder, "ntpsec.conf", text)),
                  environment={"LD_PRELOAD": KEEP_CLOCK}, **more)


def ntpd_rs(folder, address, lines="", **more):
    text = f'[observability]\nlog-level = "warn"\n\n[[server]]\nlisten = "{address}:123"\n\n' \
           f"[synchronization]\nlocal-stratum = 1\n{lines}"
    program = os.path.join(peers, "ntpd-rs", "usr/bin/ntp-daemon")
    return Server("ntpd-rs", address, harmless(program, "-c", write(folder, "ntpd-rs.toml", text)),
                  environment={"LD_PRELOAD": KEEP_CLOCK}, **more)


PEERS = {"chrony": chrony, "ntpsec": ntpsec, "ntpd-rs": ntpd_rs}


def start_peers(folder, more=None):
    """more: for each peer by its name and address, what its function takes beside the folder."""
    servers = {}
    for number, (name, start) in enumerate(PEERS.items()):
        if os.path.isdir(os.path.join(peers, name)):
            address = f"127.0.0.{20 + number}"
            servers[name] = start(folder, address, **(more(name, address) if more else {}))
        else:
            progress(f"{name}: not in {peers}")
    return servers
