"""What is not typed to the shell: what is said to other programs and systems, what stands in files, what explains."""

import pytest

from replayer.reading.foreign import asked_elsewhere, is_foreign
from replayer.sources.session import Command
from replayer.tutorial import read_tutorial
from tests.tutorials import fenced, left, typed


@pytest.mark.parametrize(
    "line",
    [
        "R1(config-if)# no shutdown",
        "mysql> select 1;",
        "mininet> h1 ping -c 1 h2",
        ">>> import socket",
        "(qemu) info network",
        "PS C:\\Users\\me> curl http://10.0.0.1",
        "C:\\> ping 10.0.0.1",
        "MariaDB [(none)]> show tables;",
    ],
)
def test_other_programs_have_prompts_of_their_own(line: str) -> None:
    assert asked_elsewhere(line) is not None
    assert typed(fenced("$ ip link", line, "$ ip addr")) == ["ip link", "ip addr"]


@pytest.mark.parametrize("line", ["$ ip link", "root@h:~# show ip route", "ns1# ip a", "# ping 10.0.0.1", "ip link"])
def test_shells_have_none_of_those(line: str) -> None:
    assert asked_elsewhere(line) is None


def test_a_router_is_told_from_a_shell_by_what_is_said_to_it() -> None:
    text = fenced(
        "h1# ip addr add 10.0.0.1/24 dev eth0", "h1# ping -c 1 10.0.0.254", "r1# show ip route", "r1# ping 10.0.0.1"
    )
    assert typed(text) == ["ip addr add 10.0.0.1/24 dev eth0", "ping -c 1 10.0.0.254"]
    assert left(text) == ["show ip route", "ping 10.0.0.1"]


def test_lines_for_a_program_that_was_opened() -> None:
    text = fenced("vtysh", "configure terminal", "router bgp 65001", "ip route 10.1.0.0/24 10.0.0.2", "end")
    assert typed(text) == ["vtysh"]
    assert is_foreign("neighbor 10.0.0.2 remote-as 65002")


@pytest.mark.parametrize(
    "lines",
    [
        ("server=1.1.1.1", "interface=eth1", "expand-hosts"),
        ("DEVICE=eth0", "BOOTPROTO=none", "ONBOOT=yes"),
    ],
)
def test_settings_in_a_file_are_no_commands(lines: tuple[str, ...]) -> None:
    assert typed(fenced("ip link") + "\nIn the file:\n\n" + fenced(*lines)) == ["ip link"]
    assert typed(fenced("NS=a", "ip netns add $NS")) == ["NS=a", "ip netns add $NS"]


@pytest.mark.parametrize(
    "line",
    [
        "ip link add dev NAME type vrf",
        "docker exec container_name ip a",
        "ip route add [table ID] default",
        "ip link set eth0 { up | down }",
        "ovs-appctl ovs/route/show [table=ID|all]",
        "ip route add default via a.b.c.d dev eth1",
        "ping server_ip_address",
    ],
)
def test_forms_of_commands_are_left(line: str) -> None:
    assert typed(fenced(line, "ip link")) == ["ip link"]


@pytest.mark.parametrize(
    "line", ["ip netns add RED", "ps -o PID", "grep NAME /etc/hosts", 'echo "[ERROR] no"', "ls [ab]*"]
)
def test_these_are_none(line: str) -> None:
    assert typed(fenced(line)) == [line]


def test_a_usage_is_an_output() -> None:
    text = fenced("$ ip netns help", "Usage: ip netns list", "       ip netns add NAME", "       ip netns monitor")
    assert typed(text) == ["ip netns help"]
    assert typed(text.replace("$ ", "")) == ["ip netns help"]


def test_an_aside_is_not_typed() -> None:
    assert typed(fenced("$ tcpdump -i br0 icmp (this listens on the bridge)", "$ (ip link)")) == [
        "tcpdump -i br0 icmp",
        "(ip link)",
    ]


def test_a_file_to_run_is_left_out_whole() -> None:
    script = fenced("#!/bin/bash", 'if [ -z "$1" ]; then exit 1; fi', 'ip netns add "$1"', language="bash")
    assert typed(fenced("ip link") + script) == ["ip link"]
    assert typed(fenced("#!/bin/sh", "ip netns add a", "ip netns")) == ["ip netns add a", "ip netns"]


def test_what_an_editor_is_given_is_no_output() -> None:
    items = read_tutorial(fenced("$ vi /etc/a.conf", "server 10.0.0.1", "port 53"), "a.md").session.items
    assert [item.claims for item in items if isinstance(item, Command)] == [()]


def test_a_file_is_no_output_of_what_shows_none() -> None:
    text = (
        fenced("$ sysctl net.ipv4.ip_forward")
        + "\n"
        + fenced("network:", "  version: 2", "  ethernets:", "    eth0: {}")
    )
    items = read_tutorial(text, "a.md").session.items
    assert [item.claims for item in items if isinstance(item, Command)] == [()]


def test_commands_under_comments_in_a_file_are_comments() -> None:
    assert typed(
        fenced("ip link", "ip netns") + fenced("# ip route add default via 10.0.0.1", "- name: route", "  hosts: all")
    ) == ["ip link", "ip netns"]


def test_another_systems_commands_are_not_typed() -> None:
    assert typed(fenced("ping 10.0.0.1", language="powershell") + fenced("ping 10.0.0.2", language="bash")) == [
        "ping 10.0.0.2"
    ]


def test_a_host_that_is_configured_is_a_router_everywhere() -> None:
    text = fenced("r1(config)# interface e0", "r1# ping 10.0.0.2", "h1# ip link", "h1# ping 10.0.0.2")
    assert typed(text) == ["ip link", "ping 10.0.0.2"]


def test_an_outcome_behind_an_address_is_not_typed() -> None:
    assert typed(fenced("ping -c 1 10.0.0.2 不通", "ping -c 1 10.0.0.3 通", "ping -c 3 目标")) == [
        "ping -c 1 10.0.0.2",
        "ping -c 1 10.0.0.3",
    ]


def test_explanations_and_callouts_are_not_typed() -> None:
    assert typed(fenced("$ ip netns add a <1>", "$ ip link")) == ["ip netns add a", "ip link"]
    assert typed("ip-netns - process network namespaces\n\nip netns\n", "a.txt") == ["ip netns"]
    assert typed(fenced("$ docker run \\", "$ --rm busybox")) == ["docker run \\\n--rm busybox"]


def test_lists_that_name_tools() -> None:
    tools = "## Tools used\n\n- `tcpdump`\n- `ip route`\n- `iptables -t nat -L`\n"
    steps = "## Steps\n\n1. `ip netns add a`\n2. `ip netns add b`\n3. `ip netns`\n"
    assert typed(tools) == []
    assert typed(steps) == ["ip netns add a", "ip netns add b", "ip netns"]


def test_what_is_written_into_a_file_is_not_printed() -> None:
    assert typed(fenced("cat a b > c", "frobnicate -x c", "ip link", language="sh")) == [
        "cat a b > c",
        "frobnicate -x c",
        "ip link",
    ]


def test_what_was_told_to_a_connection_does_not_wait() -> None:
    text = fenced("a@h1:~$ nc -l 9999") + fenced("a@h2:~$ nc 10.0.0.1 9999", "hello") + fenced("a@h2:~$ ip link")
    commands = [item for item in read_tutorial(text, "a.md").session.items if isinstance(item, Command)]
    assert commands[1].terminal == commands[2].terminal


def test_a_glossary_has_no_commands() -> None:
    assert not typed(fenced("conntrack = connection tracking", "hostname = name.replace(':', '-')"))


def test_sections_for_other_systems() -> None:
    text = "# A\n\n## On Linux\n\n" + fenced("ping -c 1 10.0.0.1") + "\n## On Windows:\n\n" + fenced("ping 10.0.0.1")
    text += "\n### More\n\n" + fenced("netstat -an") + "\n## Sliding windows\n\n" + fenced("ss -ti")
    assert typed(text) == ["ping -c 1 10.0.0.1", "ss -ti"]
    assert left(text) == ["ping 10.0.0.1", "netstat -an"]


def test_an_output_on_the_same_line_is_not_typed() -> None:
    lines = (
        "$ ip rule list 0: from all lookup local 32766: from all lookup main",
        "$ ip address show 1: lo: <LOOPBACK,UP>",
    )
    assert typed("\n\n".join(lines), "a.txt") == ["ip rule list", "ip address show"]
    assert typed(fenced("$ ip route add default via 10.0.0.1 dev a metric 9", "$ echo ' PING a (b)'")) == [
        "ip route add default via 10.0.0.1 dev a metric 9",
        "echo ' PING a (b)'",
    ]


def test_what_changes_queues_prints_nothing() -> None:
    text = "# Delays\n\ntc qdisc add dev eth0 root netem delay 9ms\ntc qdisc del dev eth0 root\nMore\n"
    text += "A longer sentence is here.\n"
    text += (
        "# tc qdisc show dev eth0\nThis shows what there is.\n# tc qdisc del dev eth0 root\nThis removes it again.\n"
    )
    assert typed(text, "a.txt") == [
        "tc qdisc add dev eth0 root netem delay 9ms",
        "tc qdisc del dev eth0 root",
        "tc qdisc show dev eth0",
        "tc qdisc del dev eth0 root",
    ]


def test_comments_that_name_other_systems() -> None:
    text = fenced(
        "# Linux", "ip link show | grep mtu", "", "# macOS 系统", "ifconfig | grep mtu", "# Linux", "ip -br link"
    )
    assert typed(text + fenced("ip addr")) == ["ip link show | grep mtu", "ip -br link", "ip addr"]
    assert left(text) == ["ifconfig | grep mtu"]


def test_explanations_in_a_column() -> None:
    text = "iptables -F     <- 清除所有规则，不会处理默认的规则\n iptables -D INPUT 1  删除指定链上的指定序号\n"
    text += " iptables -A   <-添加\n"
    assert typed("# 命令\n\n" + text + "\n" + fenced("[root@m ~]# iptables -nL")) == [
        "iptables -F",
        "iptables -D INPUT 1",
        "iptables -nL",
    ]


def test_a_paragraph_begins_with_words_not_with_an_output() -> None:
    rules = "iptables -A INPUT -s 10.0.0.7 -j DROP", "iptables -A INPUT -p icmp --icmp-type 8 -j DROP"
    text = f"# 规则\n\n禁止这一个地址访问任何端口\n {rules[0]}\n\n禁止ping\n {rules[1]}\n"
    assert typed(text + fenced("[root@m ~]# ip link")) == [*rules, "ip link"]


def test_a_unit_file_has_no_commands() -> None:
    unit = ("[Unit]", "Description=Apply iptables rules", "[Service]", "ExecStart=/sbin/iptables-restore /etc/rules.v4")
    assert typed(fenced(*unit, language="bash") + fenced("systemctl enable a.service")) == [
        "systemctl enable a.service"
    ]
