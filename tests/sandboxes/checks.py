"""What every sandbox must be able to do: one function each, run inside an owner by play.py (standard library
only)."""

import contextlib
import json
import os
import re
import select
import signal
import time
from collections.abc import Iterator

from replayer.problems import SandboxError
from replayer.sandboxes import Sandbox
from replayer.topology import Lens, Network


class Typist:
    """Types commands into a shell and reads what it shows."""

    def __init__(self, sandbox: Sandbox, name: str = "main") -> None:
        self.master, self.pid = sandbox.open_terminal(name, ["bash", "--norc"], {"PS1": ""}, 80, 24)
        self.seen = ""

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def read_until(self, pattern: str, timeout: float = 15) -> str:
        deadline = time.monotonic() + timeout
        while not (found := re.search(pattern, self.seen)):
            left = deadline - time.monotonic()
            assert left > 0, f"{pattern!r} did not appear in {self.seen!r}"
            if select.select([self.master], [], [], left)[0]:
                self.seen += os.read(self.master, 65536).decode(errors="replace")
        shown, self.seen = self.seen[: found.end()], self.seen[found.end() :]
        return shown

    def run(self, command: str, timeout: float = 15) -> str:
        # The echo of the line holds no "done0": the quotes stand between.
        self.type(f"{command}\nprintf 'do''ne%s\\n' $?\n")
        return self.read_until(r"done\d+\r\n", timeout)


def shell(sandbox: Sandbox, script: str, timeout: float = 30) -> str:
    status, output = sandbox.execute(["sh", "-ec", script], timeout)
    assert status == 0, f"{status}: {output}"
    return output


@contextlib.contextmanager
def refused(*words: str) -> Iterator[None]:
    try:
        yield
    except SandboxError as error:
        assert all(word in str(error) for word in words), error
    else:
        raise AssertionError("no SandboxError came")


def terminal_is_real(sandbox: Sandbox) -> None:
    typist = Typist(sandbox)
    assert re.search(r"/dev/pts/\d+", typist.run("tty"))
    assert "24 80" in typist.run("stty size")
    sandbox.resize("main", 100, 30)
    assert "30 100" in typist.run("stty size")
    assert f"pid {typist.pid}." in typist.run('echo "pid $$."')
    assert "own" in typist.run('[ "$(ps -o sid= -p $$ | tr -d " ")" = $$ ] && echo o""wn')
    assert "echo on /dev/tty" in typist.run("echo 'echo on' /dev/tty > /dev/tty")
    typist.type("sleep 1000\n")
    time.sleep(0.1)
    typist.type("\x1a")
    typist.read_until("Stopped")
    assert "sleep 1000" in typist.run("jobs")
    typist.type("fg\n")
    time.sleep(0.1)
    typist.type("\x03")
    assert "done130" in typist.run("")
    assert not os.get_inheritable(typist.master)


def environment_is_clean(sandbox: Sandbox) -> None:
    typist = Typist(sandbox)
    seen = typist.run("env; ls -l /proc/self/fd")
    assert "SECRET" not in seen
    assert "LC_ALL=C.UTF-8" in seen
    assert not re.search(r"(^|\s)[3-9] -> (socket|/(?!proc))", seen), seen
    if sandbox.backend != "host":
        assert "HOME=/root" in seen
        assert "/root\r" in typist.run("pwd")


def foreground_gets_the_signal(sandbox: Sandbox) -> None:
    typist = Typist(sandbox)
    typist.type("sleep 1000\n")
    time.sleep(0.2)
    sandbox.signal("main", signal.SIGINT)
    assert "done130" in typist.run("")
    with refused("nothing", "no terminal is named 'nothing'"):
        sandbox.signal("nothing", signal.SIGINT)


def jobs_are_killed(sandbox: Sandbox) -> None:
    typist = Typist(sandbox)
    typist.run("trap '' INT; (trap '' INT TERM HUP; sleep 1003 & sleep 1003) & sleep 0.1")
    typist.type("bash -c 'trap \"\" INT TERM; sleep 1003; sleep 1003'\n")
    time.sleep(0.3)
    sandbox.kill_jobs("main")
    assert "done137" in typist.run("")
    count = sandbox.execute(["sh", "-c", "ps -eo args | grep -c '[s]leep 1003'"])[1]
    assert count.strip() == "0", count
    assert sandbox.shell_status("main", 0) is None


def shell_ends(sandbox: Sandbox) -> None:
    for command, status in (("exit 7", 7), ("kill -9 $$", 137), ("exec true", 0)):
        typist = Typist(sandbox)
        assert sandbox.shell_status("main", 0.01) is None
        with refused("open already"):
            Typist(sandbox)
        typist.type(command + "\n")
        assert sandbox.shell_status("main", 5) == status
        os.close(typist.master)
    typist = Typist(sandbox)
    typist.type("sleep 1004\n")
    time.sleep(0.1)
    sandbox.close_terminal("main")
    sandbox.close_terminal("main")
    assert "sleep 1004" not in sandbox.execute(["ps", "-eo", "args"])[1]
    with refused("no terminal is named 'main'"):
        sandbox.shell_status("main", 0)


def terminal_cannot_start(sandbox: Sandbox) -> None:
    with refused("no-such-program"):
        sandbox.open_terminal("main", ["no-such-program"], {}, 80, 24)
    with refused("/no/such/place", "No such file"):
        sandbox.open_terminal("main", ["bash"], {}, 80, 24, cwd="/no/such/place")
    assert "done0" in Typist(sandbox).run("true")


def program_runs(sandbox: Sandbox) -> None:
    assert sandbox.execute(["sh", "-c", "echo out; echo err >&2; exit 3"]) == (3, "out\nerr\n")
    assert sandbox.execute(["sh", "-c", "kill -9 $$"])[0] == 137
    ends_late = ["sh", "-c", "echo began; sleep 1005 & sleep 9; echo late"]
    assert sandbox.execute(ends_late, timeout=0.5) == (124, "began\n")
    assert sandbox.execute(["sh", "-c", "sleep 1006 & echo at once"]) == (0, "at once\n")
    assert "sleep 1005" not in sandbox.execute(["ps", "-eo", "args"])[1]
    with refused("no-such-program"):
        sandbox.execute(["no-such-program"])
    big = sandbox.execute(["sh", "-c", "head -c 3000000 /dev/zero | tr '\\0' x"])[1]
    assert len(big) == 3_000_000


def file_is_written(sandbox: Sandbox) -> None:
    path = f"{sandbox.runtime_dir}/one/two/file"
    for text in ("通\n" * 100_000, "short"):
        sandbox.write(path, text)
        assert sandbox.execute(["cat", path]) == (0, text)
    assert sandbox.execute(["stat", "-c", "%a", path])[1] == "644\n"
    with refused("/proc/no"):
        sandbox.write("/proc/no/file", "")


def end_is_told(sandbox: Sandbox) -> None:
    assert sandbox.alive()
    assert not select.select([sandbox], [], [], 0)[0]
    os.kill(sandbox.pid, signal.SIGKILL)
    assert select.select([sandbox], [], [], 2)[0]
    with refused(sandbox.backend, "has ended"):
        sandbox.execute(["true"])
    assert not sandbox.alive()
    sandbox.close()
    with refused("closed"):
        sandbox.execute(["true"])


def interrupted_request_does_no_harm(sandbox: Sandbox) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    with contextlib.suppress(KeyboardInterrupt):
        sandbox.execute(["sh", "-c", "sleep 0.3; echo late"])
    assert sandbox.execute(["echo", "mine"]) == (0, "mine\n")
    time.sleep(0.4)
    assert sandbox.execute(["echo", "mine"]) == (0, "mine\n")


# From here on only for sandboxes that isolate.

_NETWORK = """
ip link set lo up
ip link add br0 type bridge
for i in 1 2; do
  ip netns add ns$i
  ip link add veth$i type veth peer name eth0 netns ns$i
  ip link set veth$i master br0 up
  ip -n ns$i addr add 192.168.0.$i/24 dev eth0
  ip -n ns$i link set lo up
  ip -n ns$i link set eth0 up
done
ip link set br0 up
"""


def network_works(sandbox: Sandbox) -> None:
    shell(sandbox, _NETWORK)
    assert "1 received" in shell(sandbox, "ip netns exec ns1 ping -c 1 192.168.0.2")
    shell(sandbox, "ip netns exec ns1 sysctl -w net.ipv4.neigh.eth0.retrans_time_ms=50")
    assert "0 received" in shell(sandbox, "ip netns exec ns1 ping -c 1 192.168.0.99 || true")
    shell(
        sandbox,
        "ip netns add ns3; ip link add veth3 type veth peer name veth4;"
        "ip link add link veth3 name mv type macvlan mode bridge; ip link set mv netns ns3",
    )
    assert "mv@" in shell(sandbox, "ip netns exec ns3 ip link")
    shell(
        sandbox,
        "bridge link set dev veth1 hairpin on; bridge fdb show br br0; sysctl -w net.ipv4.ip_forward=1",
    )
    assert "br0" in shell(sandbox, "ls /sys/class/net; ip netns exec ns1 ls /sys/class/net")
    assert "veth1" not in shell(sandbox, "ip netns exec ns1 ls /sys/class/net")
    shell(sandbox, "hostname guest; [ $(hostname) = guest ]")


def packets_are_captured(sandbox: Sandbox) -> None:
    shell(sandbox, _NETWORK)
    monitor, main = Typist(sandbox, "monitor"), Typist(sandbox)
    monitor.type("tcpdump --immediate-mode -l -n -i br0 icmp\n")
    monitor.read_until("listening on")
    assert "done0" in main.run("ip netns exec ns1 ping -c 1 192.168.0.2")
    monitor.read_until("192.168.0.1 > 192.168.0.2: ICMP echo request")
    monitor.read_until("ICMP echo reply")
    sandbox.signal("monitor", signal.SIGINT)
    assert "2 packets captured" in monitor.run("")
    shell(
        sandbox,
        "timeout -s INT 1 tcpdump -i br0 -w /tmp/file & sleep 0.3; ping -c1 -W1 127.0.0.1;"
        "wait || true; test -s /tmp/file",
    )


def terminals_share_the_network(sandbox: Sandbox) -> None:
    one, two = Typist(sandbox, "one"), Typist(sandbox, "two")
    assert "done0" in one.run("ip netns add blue; mount -t tmpfs t /mnt; touch /mnt/here")
    assert "blue" in two.run("ip netns list")
    assert "here" in two.run("ls /mnt")
    assert "blue" not in sandbox.execute(["ip", "link"])[1]
    shell(sandbox, "ip netns exec blue unshare -n ip link; unshare -r ip link; unshare -mnpf --mount-proc ps")


def probe_leaves_no_trace(sandbox: Sandbox) -> None:
    def index() -> str:
        return shell(sandbox, "ip link add probe type bridge; ip -o link show probe; ip link del probe").split(":")[0]

    first = int(index())
    for _ in range(3):
        shown = sandbox.execute(["ip", "link", "add", "probe", "type", "bridge"], fresh_net=True)
        assert shown == (0, ""), shown
    last = int(index())
    assert last == first + 1, (first, last)


def changes_are_told(sandbox: Sandbox) -> None:
    changes = select.poll()
    changes.register(sandbox.watch(), select.POLLIN)
    told = []
    for script in (
        "true; ip link show; cat /proc/net/dev",
        "ip link add br0 type bridge",
        "ip addr add 10.0.0.1/24 dev br0",
        "ip netns add ns1",
        "ip -n ns1 link show",
        "ip -n ns1 link set lo up",
        "ip netns del ns1",
    ):
        shell(sandbox, script)
        told.append(bool(changes.poll(300)))
        if told[-1]:
            sandbox.look()
    assert told == [False, True, True, True, False, True, True], told
    # Only what may have changed is looked at again.
    shell(sandbox, "ip netns add a; ip netns add b")
    sandbox.look()
    shell(sandbox, "ip -n b link set lo up")
    looked = json.loads(sandbox.look() or "")["namespaces"]
    assert {space["name"]: "addresses" in space for space in looked} == {"": False, "a": False, "b": True}, looked


def links_are_found(sandbox: Sandbox) -> None:
    """Peers have equal numbers in all namespaces here, so that only the namespaces' own numbers tell them apart."""
    sandbox.watch()
    shell(
        sandbox,
        "for n in 1 2 3; do ip netns add ns$n; ip link add v$n type veth peer name eth0 netns ns$n; done;"
        "ip link add mv link v1 type macvlan mode vepa; ip link set mv netns ns2;"
        "unshare -n sleep 30 & ip link add v4 type veth peer name odd; sleep 0.3; ip link set odd netns $!",
    )
    lens, network = Lens(), Network()
    topology = network.feed(*lens.look(json.loads(sandbox.look() or "")))
    assert topology.namespaces == ("", "ns1", "ns2", "ns3", "unnamed 1"), topology.namespaces
    found = {(link.kind, *sorted((link.a, link.b))) for link in topology.links}
    assert found == {
        *(("veth", ("", f"v{n}"), (f"ns{n}", "eth0")) for n in (1, 2, 3)),
        ("veth", ("", "v4"), ("unnamed 1", "odd")),
        ("lower", ("", "v1"), ("ns2", "mv")),
    }, found


def watching_is_not_felt(sandbox: Sandbox) -> None:
    """A namespace that nobody uses any more goes, and its devices with it; the numbers that `ip` shows stay."""
    sandbox.watch()
    shell(sandbox, "ip netns add ns1; ip netns add ns2")
    sandbox.look()
    assert "id" not in shell(sandbox, "ip netns list"), "a namespace was given a number"
    shell(sandbox, "unshare -n sleep 1 & ip link add q1 type veth peer name q2; sleep 0.3; ip link set q2 netns $!")
    sandbox.look()
    shell(sandbox, "ip link add w1 type veth peer name w2; ip link set w2 netns ns2; ip netns del ns2")
    for name in ("w1", "q1"):
        deadline = time.monotonic() + 15
        while sandbox.execute(["ip", "link", "show", name])[0] == 0:
            assert time.monotonic() < deadline, f"{name} is kept alive"
            time.sleep(0.05)


def files_can_be_edited(sandbox: Sandbox) -> None:
    shell(
        sandbox,
        "echo 192.168.0.1 one >> /etc/hosts; getent hosts one; echo 200 blue >> /etc/iproute2/rt_tables",
    )
    shell(
        sandbox,
        "mkdir -p /etc/netns/ns1; touch /etc/new /var/new /var/lib/new /usr/local/bin/new /opt/new /srv/new",
    )
    shell(
        sandbox,
        "touch /tmp/new /var/tmp/new /run/new /root/new /home/new /dev/shm/new; echo x > /etc/netns/ns1/hosts",
    )
    assert sandbox.execute(["ls", "-A", "/home", "/root"])[1].split() == ["/home:", "new", "/root:", "new"]


def files_of_the_host_are_replaced(sandbox: Sandbox) -> None:
    for path in ("/etc/hosts", "/etc/profile", "/etc/bash.bashrc", "/var/lib/new/file"):
        sandbox.write(path, "ours\n")
        assert sandbox.execute(["cat", path]) == (0, "ours\n")


def tunnels_work(sandbox: Sandbox) -> None:
    shell(sandbox, "ip tuntap add t0 mode tap; ip link set t0 up; ip link show t0; : <> /dev/net/tun")


def init_heeds_no_signal_from_inside(sandbox: Sandbox) -> None:
    sandbox.execute(["sh", "-c", "for s in 1 2 3 9 10 15 17 19; do kill -$s 1; done"])
    assert sandbox.execute(["echo", "here"]) == (0, "here\n")


def supervisor_sees_behind_a_covered_proc(sandbox: Sandbox) -> None:
    typist = Typist(sandbox)
    typist.type("mount -t tmpfs t /proc; mount -t tmpfs t /tmp; sleep 1007\n")
    time.sleep(0.3)
    sandbox.kill_jobs("main")
    assert "done137" in typist.run("")


def limits_hold_a_fork_bomb(sandbox: Sandbox) -> None:
    sandbox.open_terminal("bomb", ["bash", "-c", ":(){ :|:& };:"], {}, 80, 24)
    time.sleep(1)
    listed = (
        os.listdir(f"/proc/{sandbox.pid}/root/proc") if os.access(f"/proc/{sandbox.pid}/root/proc", os.R_OK) else []
    )
    assert len([name for name in listed if name.isdigit()]) <= 70, listed
    # Process 1 of a process namespace ends after all others of it.
    first = os.pidfd_open(sandbox.pid)
    sandbox.close()
    assert select.select([first], [], [], 0)[0]


def limits_hold_the_disk(sandbox: Sandbox) -> None:
    for place in ("/tmp", "/dev/shm", "/etc", "/var/lib", "/run", "/root"):
        status, output = sandbox.execute(
            ["sh", "-c", f"head -c 30000000 /dev/zero > {place}/big; s=$?; rm {place}/big; exit $s"]
        )
        assert status != 0 and "No space left" in output, (place, status, output)
    shell(sandbox, "head -c 10000000 /dev/zero > /tmp/fits")
    assert "Read-only" in sandbox.execute(["sh", "-c", "umount -l /tmp; umount -l /tmp; touch /tmp/x"])[1]


def limits_hold_memory_and_cores(sandbox: Sandbox) -> None:
    assert (
        sandbox.execute(["sh", "-c", "head -c 700000000 /dev/zero | tail -c 600000000 | wc -c"])[1].strip()
        != "600000000"
    )
    assert shell(sandbox, "ulimit -c -v").split()[-1] == str((256 << 20) >> 10)
    assert sandbox.execute(["sh", "-c", "ulimit -Hu 100000"])[0] != 0 or "64" in shell(sandbox, "ulimit -Hu")
