# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How right the time is that clients get, over a link of two virtual Ethernet devices. Both ends have the same clock, so all
that is measured is error. Everybody asks once a second for the same minute. Servers run from copies of their programs, as they
would on another machine: a processor that has just run a client has what it shares with a server of the same file at hand,
which makes the server's reply leave a microsecond earlier. For the same reason servers have a processor for themselves: the
kernel wakes a server where its client runs, where the way of a packet is at hand, or elsewhere, by what else the client wakes.
Clients start apart, and stay so: a server that another has asked just before is warm.
"""
import contextlib
import json
import os
import shutil
import statistics
import subprocess
import time

from ntp_server.overload import session_bus
from ntp_server.rows import progress, row
from ntp_server.servers import CHRONYD, FOLIOTCTL, FOLIOTD, end, write

SECONDS = 60
CHRONY_SERVER, FOLIOT_SERVER, CLIENTS = "192.0.2.1", "192.0.2.2", "192.0.2.9"
WARM_UP = 5  # samples
MODES = (("basic", "", ""), ("interleaved", "xleave", "xleave = true"))  # with the words of chrony and our own for it
OF_EACH = 2  # clients
APART = 0.12  # s; of twelve clients that each ask once a second


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


@contextlib.contextmanager
def link():
    """Two network namespaces with a cable between them; their names."""
    here, there = f"foliot-{os.getpid()}-a", f"foliot-{os.getpid()}-b"
    try:
        for name in (here, there):
            run("ip", "netns", "add", name)
            run("ip", "-n", name, "link", "set", "lo", "up")
        run("ip", "link", "add", "end0", "netns", here, "type", "veth", "peer", "name", "end0", "netns", there)
        for name, addresses in ((here, (CLIENTS,)), (there, (CHRONY_SERVER, FOLIOT_SERVER))):
            for address in addresses:
                run("ip", "-n", name, "address", "add", f"{address}/24", "dev", "end0")
            run("ip", "-n", name, "link", "set", "end0", "up")
        yield here, there
    finally:
        for name in (here, there):
            subprocess.run(["ip", "netns", "delete", name], stderr=subprocess.DEVNULL)


class Processes:
    def __init__(self):
        self.all = []

    def start(self, namespace, *command, processor=min(os.sched_getaffinity(0)), **options):
        options = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **options}
        process = subprocess.Popen(
            ["taskset", "--cpu-list", str(processor), "ip", "netns", "exec", namespace, *command], **options)
        self.all.append(process)
        return process

    def end(self):
        for process in self.all:
            end(process)


def chrony_client(processes, folder, namespace, name, server, option):
    """Measures and never uses what it measures. Returns its log."""
    place = os.path.join(folder, name)
    os.mkdir(place)
    text = f"server {server} minpoll 0 maxpoll 0 noselect {option}\npidfile {place}/pid\nport 0\ncmdport 0\n" \
           f"bindcmdaddress {place}/socket\nlogdir {place}\nlog rawmeasurements\n"
    processes.start(namespace, CHRONYD, "-x", "-d", "-u", "root", "-f", write(place, "chrony.conf", text))
    time.sleep(APART)
    return os.path.join(place, "measurements.log")


def offsets_of_log(log):
    """Of chrony's log of measurements; the twelfth column, in seconds."""
    with open(log) as f:
        lines = [line.split() for line in f if line[:1].isdigit()]
    return [float(words[11]) for words in lines][WARM_UP:]


def foliot_client(processes, folder, namespace, server, bus, name, option=""):
    """Returns the standard output of somebody who watches it, a line for each change. bus: for this client alone."""
    text = f'''[[source]]
address = "{server}"
minpoll = 0
maxpoll = 0
noselect = true
{option}
[clock]
type = "none"
[state]
directory = ""
[bus]
type = "session"
'''
    environment = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": bus, "FOLIOT_BUS": "session"}
    processes.start(namespace, FOLIOTD, "--config", write(folder, name + ".toml", text), env=environment)
    log = open(os.path.join(folder, name + ".log"), "w+")
    processes.start(namespace, FOLIOTCTL, "watch", "--json", env=environment, stdout=log)
    time.sleep(APART)
    return log


def offsets_watched(log):
    log.seek(0)
    offsets = {}
    for line in log:
        for source in json.loads(line).get("sources", []):
            if source["answers"] > 0:
                offsets[source["answers"]] = source["lastOffsetSeconds"]
    return list(offsets.values())[WARM_UP:]


def spread(values):
    """Of a normal distribution, by the median distance from the median, which a lost processor does not move."""
    middle = statistics.median(values)
    return 1.4826 * statistics.median(abs(value - middle) for value in values)


def accuracy(folder):
    if not os.path.exists(CHRONYD):
        progress("no chrony to compare with")
        return
    processes = Processes()
    logs, watched = {}, {}
    with contextlib.ExitStack() as stack:
        here, there = stack.enter_context(link())
        buses = [stack.enter_context(session_bus()) for _ in range(OF_EACH * len(MODES))]
        stack.callback(processes.end)
        servers(processes, folder, there)
        for mode, chrony_word, our_word in MODES:
            for server, address in (("chrony", CHRONY_SERVER), ("foliot", FOLIOT_SERVER)):
                logs[server, mode] = [chrony_client(processes, folder, here, f"{server}-{mode}-{i}", address,
                                                    chrony_word)
                                      for i in range(OF_EACH)]
            watched[mode] = [foliot_client(processes, folder, here, CHRONY_SERVER, buses.pop(), f"client-{mode}-{i}",
                                           our_word) for i in range(OF_EACH)]
        time.sleep(SECONDS)
    for mode, *_ in MODES:
        theirs = together(offsets_of_log, logs["chrony", mode])
        compare(f"server.{mode}", together(offsets_of_log, logs["foliot", mode]), theirs)
        compare(f"client.{mode}", together(offsets_watched, watched[mode]), theirs)


def together(read, logs):
    return [offset for log in logs for offset in read(log)]


def own_copy(program, folder):
    return shutil.copy(program, os.path.join(folder, "serving-" + os.path.basename(program)))


def servers(processes, folder, namespace):
    processor = max(os.sched_getaffinity(0))
    text = f"local stratum 1\nallow\nbindaddress {CHRONY_SERVER}\ncmdport 0\npidfile {folder}/accuracy.pid\n" \
           f"bindcmdaddress {folder}/accuracy.sock\n"
    processes.start(namespace, own_copy(CHRONYD, folder), "-x", "-d", "-u", "root", "-f",
                    write(folder, "accuracy.conf", text), processor=processor)
    text = f'''source = []
[clock]
type = "none"
[server]
listen = ["{FOLIOT_SERVER}"]
local-stratum = 1
[state]
directory = ""
[bus]
type = "none"
'''
    processes.start(namespace, own_copy(FOLIOTD, folder), "--config", write(folder, "accuracy.toml", text),
                    processor=processor)
    time.sleep(1)


def by_chance(values, error):
    """Two standard errors of what was estimated from that many values, `error` times their spread each by itself."""
    return 2 * error * spread(values) / len(values) ** 0.5


def compare(name, ours, theirs):
    """Beside chrony with chrony: not worse. What chance does to that many samples is said, with the standard errors of the
    median and of the median distance from it, of a normal distribution."""
    progress(f"  {name}: {len(ours)} samples, chrony with chrony {len(theirs)}")
    for what, error, of in (("offset", 1.25, lambda values: abs(statistics.median(values))), ("jitter", 1.17, spread)):
        chance = (by_chance(ours, error) ** 2 + by_chance(theirs, error) ** 2) ** 0.5
        progress(f"    {what}: chance makes up to {1e9 * chance:.0f} ns of difference")
        row(f"accuracy_ns.{name}.{what}", 1e9 * of(ours), "ns", 1e9 * of(theirs), 1e9 * of(theirs))
