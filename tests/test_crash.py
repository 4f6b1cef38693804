"""C3 for whole runs: whichever process of a run is killed, whenever, nothing of it lives a second later."""

import json
import os
import random
import re
import signal
import subprocess
import time
from pathlib import Path

from tests.conftest import Person
from tests.processes import alive

# Distinct for every round: it stands in a command line, so that what is left behind can be found.
MARK = f"9{os.getpid():07d}" + "{:03d}"
# By root and by an ordinary user, or twice as often by whoever we are.
ROUNDS = 30 if os.geteuid() == 0 else 60
AT_ONCE = 3

SCENARIO = """\
steps:
  - run: ip netns add ns1
  - run: ip link add v0 type veth peer v1 netns ns1
  - run: ip addr add 10.0.0.1/24 dev v0
  - run: ip link set v0 up
  - run: ip -n ns1 link set v1 up
  - run: tcpdump -i v0 -n -s {mark}
    terminal: monitor
    until: listening on
  - run: sleep {mark} & nohup sleep {mark} >/dev/null 2>&1 & setsid sleep {mark} &
  - run: ip netns exec ns1 sh
  - run: sleep {mark}
"""


def test_nothing_is_left_whichever_process_is_killed(person: Person) -> None:
    chance = random.Random(os.environ.get("REPLAY_CHANCE", "20260"))
    before = _mounts()
    hit: dict[str, int] = {}
    for first in range(0, ROUNDS, AT_ONCE):
        rounds = {}
        for number in range(first, min(first + AT_ONCE, ROUNDS)):
            mark = MARK.format(number)
            (person.folder / f"scenarios/crash{number}.yaml").write_text(SCENARIO.format(mark=mark), encoding="utf-8")
            rounds[mark] = person.start("run", "-q", f"scenarios/crash{number}.yaml"), number
        time.sleep(chance.uniform(0.05, 1.2))
        for process, _ in rounds.values():
            family = _family(process.pid)
            if not family:
                continue
            victim = chance.choice(family)
            hit[_name(victim)] = hit.get(_name(victim), 0) + 1
            try:
                os.kill(victim, signal.SIGKILL)
            except ProcessLookupError:
                continue
        time.sleep(1)
        for mark, (process, number) in rounds.items():
            if process.poll() is None:
                # It was not the owner, and the run goes on (its last step sleeps): now its person ends it.
                process.send_signal(signal.SIGTERM)
                process.communicate(timeout=30)
                time.sleep(0.2)
            assert not alive(mark), (number, hit)
            assert not _family(process.pid)
            _readable(person.folder / f".replay/crash{number}.jsonl")
    assert _mounts() == before
    assert not list(Path("/run/netns").glob("ns1"))
    assert sum(hit.values()) >= ROUNDS - 5, hit


def _family(pid: int) -> list[int]:
    """A process and all its descendants that live."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] not in "ZX":
            children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    family, waiting = [], [pid] if any(pid in c for c in children.values()) else []
    while waiting:
        found = waiting.pop()
        family.append(found)
        waiting += children.get(found, [])
    return family


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").strip()
    except OSError:
        return "gone"


def _mounts() -> list[str]:
    text = Path("/proc/self/mountinfo").read_text(encoding="utf-8")
    return sorted(re.sub(r"^\d+ \d+ ", "", line) for line in text.splitlines())


def _readable(recording: Path) -> None:
    """Every complete line of what was recorded is JSON; none need be there if the kill came early."""
    if not recording.exists():
        return
    *lines, _ = recording.read_bytes().split(b"\n")
    for line in lines:
        json.loads(line)


def test_a_hostile_scenario_leaves_the_host_as_it_was(person: Person) -> None:
    victim = subprocess.Popen(["sleep", "300"])
    attempts = [
        "echo pwned >> /etc/passwd; rm -f /etc/hostname; touch /etc/replay-was-here",
        f"touch {person.folder}/was-here {Path.home()}/replay-was-here /root/replay-was-here",
        "mount -o remount,rw / ; touch /replay-was-here; mount -o remount,rw,bind / ; touch /replay-was-here",
        "for m in $(awk '{print $2}' /proc/mounts); do umount -l $m; touch $m/replay-was-here; done",
        "mkdir -p /tmp/m; mount --bind / /tmp/m; touch /tmp/m/etc/replay-was-here",
        "echo 1 > /proc/sys/vm/drop_caches; echo replay > /proc/sys/kernel/hostname; echo b > /proc/sysrq-trigger",
        "sysctl -w kernel.hostname=replay kernel.domainname=replay vm.swappiness=1 fs.file-max=7",
        "hostname replay; echo replay > /sys/class/net/lo/ifalias; ip link set lo alias replay",
        "for f in $(find /sys -maxdepth 4 -writable -type f | head -50); do echo 1 > $f; done",
        f"kill -9 {victim.pid}; kill -9 {os.getpid()}; nsenter -t 1 -a touch /replay-was-here",
        "mknod /tmp/disk b 254 0; mknod /dev/disk b 254 0; head -c1 /tmp/disk /dev/disk /dev/vda",
        "touch /tmp/replay-was-here /var/tmp/replay-was-here /dev/shm/replay-was-here",
        "ip link add replay-was-here type bridge; ip link set eth0 down; ip route flush table all",
        "iptables -P INPUT DROP; nft add table inet replay; tc qdisc add dev eth0 root tbf rate 1kbit burst 1k lat 1ms",
        "unshare -Urm sh -c 'mount -o remount,rw /; touch /replay-was-here; umount /etc; touch /etc/replay-was-here'",
        "kill -9 -1; kill -9 1",
    ]
    steps = "".join(
        f"  - run: |\n      {a}\n    expect: {{exit: [{', '.join(map(str, range(256)))}]}}\n" for a in attempts
    )
    (person.folder / "scenarios/hostile.yaml").write_text("steps:\n" + steps, encoding="utf-8")
    before = _host()
    try:
        done = person.run("run", "--no-write", "--timeout", "8s", "scenarios/hostile.yaml")
        assert done.returncode in (0, 1, 3), done.stderr
        assert "ip link add replay-was-here" in done.stdout
        assert _host() == before
        assert victim.poll() is None
        found = [
            p
            for top in ("/", "/etc", "/root", "/tmp", "/var/tmp", "/dev/shm", str(Path.home()), str(person.folder))
            for p in Path(top).glob("*was-here*")
        ]
        assert not found
    finally:
        victim.kill()
        victim.wait()


def _host() -> dict[str, object]:
    """What a scenario must not change."""
    links = subprocess.run(["ip", "-o", "link"], capture_output=True, text=True, check=True).stdout
    return {
        "links": re.sub(r"\d+ ", "", links),
        "routes": subprocess.run(["ip", "route"], capture_output=True, text=True, check=True).stdout,
        "mounts": _mounts(),
        "hostname": Path("/proc/sys/kernel/hostname").read_text(encoding="utf-8"),
        "swappiness": Path("/proc/sys/vm/swappiness").read_text(encoding="utf-8"),
        "files": {name: Path(name).read_bytes() for name in ("/etc/passwd", "/etc/hosts")},
        "netns": sorted(p.name for p in Path("/run/netns").glob("*")),
    }
