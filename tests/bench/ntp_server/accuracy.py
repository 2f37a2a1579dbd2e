# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How right the time is that clients get, over a link of two virtual Ethernet devices. Both ends have the same clock, so all
that is measured is error. Everybody asks once a second for the same minute."""
import contextlib
import json
import os
import statistics
import subprocess
import time

from ntp_server.overload import session_bus
from ntp_server.rows import progress, row
from ntp_server.servers import CHRONYD, FOLIOTCTL, FOLIOTD, end, write

SECONDS = 60
CHRONY_SERVER, FOLIOT_SERVER, CLIENTS = "192.0.2.1", "192.0.2.2", "192.0.2.9"
WARM_UP = 5  # samples


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

    def start(self, namespace, *command, **options):
        options = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **options}
        process = subprocess.Popen(["ip", "netns", "exec", namespace, *command], **options)
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
    return os.path.join(place, "measurements.log")


def offsets_of_log(log):
    """Of chrony's log of measurements; the twelfth column, in seconds."""
    with open(log) as f:
        lines = [line.split() for line in f if line[:1].isdigit()]
    return [float(words[11]) for words in lines][WARM_UP:]


def foliot_client(processes, folder, namespace, server, bus, name, option=""):
    """Returns the standard output of somebody who watches it, a line for each change."""
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
    with link() as (here, there), session_bus() as bus:
        try:
            servers(processes, folder, there)
            logs = {(name, mode): chrony_client(processes, folder, here, f"{name}-{mode}", address, option)
                    for name, address in (("chrony", CHRONY_SERVER), ("foliot", FOLIOT_SERVER))
                    for mode, option in (("basic", ""), ("interleaved", "xleave"))}
            watched = foliot_client(processes, folder, here, CHRONY_SERVER, bus, "client")
            time.sleep(SECONDS)
        finally:
            processes.end()
    for mode in ("basic", "interleaved"):
        theirs, ours = (offsets_of_log(logs[name, mode]) for name in ("chrony", "foliot"))
        compare(f"server.{mode}", ours, theirs)
    compare("client.basic", offsets_watched(watched), offsets_of_log(logs["chrony", "basic"]))


def servers(processes, folder, namespace):
    text = f"local stratum 1\nallow\nbindaddress {CHRONY_SERVER}\ncmdport 0\npidfile {folder}/accuracy.pid\n" \
           f"bindcmdaddress {folder}/accuracy.sock\n"
    processes.start(namespace, CHRONYD, "-x", "-d", "-u", "root", "-f", write(folder, "accuracy.conf", text))
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
    processes.start(namespace, FOLIOTD, "--config", write(folder, "accuracy.toml", text))
    time.sleep(1)


def compare(name, ours, theirs):
    """Beside chrony with chrony."""
    progress(f"  {name}: {len(ours)} samples, chrony with chrony {len(theirs)}")
    offset, reference = (1e9 * abs(statistics.median(values)) for values in (ours, theirs))
    row(f"accuracy_ns.{name}.offset", offset, "ns", reference, reference)
    jitter, reference = (1e9 * spread(values) for values in (ours, theirs))
    row(f"accuracy_ns.{name}.jitter", jitter, "ns", reference, reference)
