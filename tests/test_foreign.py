"""What is not typed to the shell, what is typed though it stands in a sentence, and what blog engines did to it."""

import pytest

from replayer.reading.foreign import asked_elsewhere, is_foreign
from replayer.reading.named import asks_to_type
from replayer.reading.typography import plain, restored
from replayer.sources.session import Command
from replayer.tutorial import read_tutorial
from tests.growth import assert_linear
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
    ("written", "meant"),
    [
        ("tcpdump –nni eth0", "tcpdump -nni eth0"),
        ("iptables –t nat –A POSTROUTING ––jump MASQUERADE", "iptables -t nat -A POSTROUTING --jump MASQUERADE"),
        ("iptables -A INPUT –dport 80", "iptables -A INPUT --dport 80"),
        ("tcpdump ‘host 10.0.0.1’", "tcpdump 'host 10.0.0.1'"),
        ("echo “a b” > x", 'echo "a b" > x'),
        ("echo it’s", "echo it’s"),
        ("ip link add a-b type veth", "ip link add a-b type veth"),
    ],
)
def test_dashes_and_quotes_of_blog_engines(written: str, meant: str) -> None:
    text, changed = restored(written, written.split()[0])
    assert text == meant
    assert bool(changed) == (written != meant)


def test_signs_that_cannot_be_seen_are_not_typed() -> None:
    assert plain("ip\xa0link\u200b show") == "ip link show"
    assert typed(fenced("ip\xa0link\u200b show", "ip addr")) == ["ip link show", "ip addr"]


@pytest.mark.parametrize(
    ("paragraph", "asked"),
    [
        ("1. Run ip netns add ns1.", True),
        ("ip netns add ns1", True),
        ("First, execute the command ip netns add ns1 as root", True),
        ("执行 ip netns add ns1 命令", True),
        ("ip netns add ns1 を実行します", True),
        ("Выполните ip netns add ns1", True),
        ("If you run ip netns add ns1 twice, it fails", False),
        ("What ip netns add ns1 does is to make a namespace", False),
        ("The output of ip netns add ns1 is empty", False),
    ],
)
def test_sentences_that_ask_to_type(paragraph: str, asked: bool) -> None:
    assert asks_to_type(paragraph, "ip netns add ns1") == asked


def test_code_in_a_list_is_typed_where_the_sentence_asks() -> None:
    text = "1. Run `ip netns add ns1`.\n2. `ip netns` shows it.\n3. Run `ip link`:\n\n" + fenced("ip link")
    assert typed(text) == ["ip netns add ns1", "ip link"]


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


def test_a_hash_is_a_prompt_in_a_block_without_other_commands() -> None:
    bare = fenced("ip netns add a", "ip netns add b", "# ip netns del a", "ip netns del b")
    assert typed(bare + fenced("# ip link show a", "whatever it printed", "# ip addr"))[3:] == [
        "ip link show a",
        "ip addr",
    ]
    assert typed(bare) == ["ip netns add a", "ip netns add b", "ip netns del b"]


def test_a_here_document_with_the_prompts_of_a_shell_that_wants_more() -> None:
    text = fenced("# nft -f - <<EOF", "> table ip a {", ">   chain b { }", "> }", "> EOF", "# nft list ruleset")
    assert typed(text) == ["nft -f - <<EOF\ntable ip a {\n  chain b { }\n}\nEOF", "nft list ruleset"]


def test_numbers_before_lines() -> None:
    assert typed(fenced("1  ip netns add a", "2  ip netns add b", "3  ip netns")) == [
        "ip netns add a",
        "ip netns add b",
        "ip netns",
    ]


def test_an_aside_is_not_typed() -> None:
    assert typed(fenced("$ tcpdump -i br0 icmp (this listens on the bridge)", "$ (ip link)")) == [
        "tcpdump -i br0 icmp",
        "(ip link)",
    ]


def test_paragraphs_of_commands_in_a_text_with_prompts() -> None:
    text = fenced("$ ip link") + "\nBlock it:\n\niptables -A INPUT -s 10.0.0.9 -j DROP\n\nand look.\n"
    assert typed(text) == ["ip link", "iptables -A INPUT -s 10.0.0.9 -j DROP"]


def test_a_language_that_is_wrong() -> None:
    assert typed(fenced("ip netns add a", "# and", "ip -n a link set lo up", language="csharp")) == [
        "ip netns add a",
        "ip -n a link set lo up",
    ]
    assert typed(fenced("import os", 'os.system("ip link")', language="python")) == []


def test_a_file_to_run_is_left_out_whole() -> None:
    script = fenced("#!/bin/bash", 'if [ -z "$1" ]; then exit 1; fi', 'ip netns add "$1"', language="bash")
    assert typed(fenced("ip link") + script) == ["ip link"]
    assert typed(fenced("#!/bin/sh", "ip netns add a", "ip netns")) == ["ip netns add a", "ip netns"]


def test_commands_of_the_texts_own() -> None:
    text = fenced(
        "source ./lib.sh", "# what there is", "showall", "showall a b", "", "frobnicate --all b", language="sh"
    )
    assert typed(text) == ["source ./lib.sh", "showall", "showall a b", "frobnicate --all b"]
    assert typed(fenced("ip netns list", "", "ns1", "ns2")) == ["ip netns list"]
    assert typed(fenced("ip netns", "# shows", "ns1", "ns2")) == ["ip netns"]


def test_a_comment_behind_a_backslash() -> None:
    assert typed(fenced("iptables -t nat \\", "  -A POSTROUTING \\ # behind", "  -j MASQUERADE # all")) == [
        "iptables -t nat \\\n  -A POSTROUTING \\\n  -j MASQUERADE # all"
    ]


def test_what_an_editor_is_given_is_no_output() -> None:
    items = read_tutorial(fenced("$ vi /etc/a.conf", "server 10.0.0.1", "port 53"), "a.md").session.items
    assert [item.claims for item in items if isinstance(item, Command)] == [()]


def test_prompts_that_show_more_than_a_host() -> None:
    for prompt in ("➜  ~ ", "➜  lab git:(main) ✗ ", "lab:/srv/net 0-# ", "me@h~$ ", "me@h]# ", "$ me@h:~$ "):
        assert typed(fenced(f"{prompt}ip link", f"{prompt}frob -x")) == ["ip link", "frob -x"], prompt


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


def test_the_last_command_of_a_block_shown_again_in_the_next() -> None:
    ping = "ping -c 1 10.0.0.2"
    text = fenced("ip link", ping) + "\n" + fenced(f"$ {ping}", "PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.")
    assert typed(text) == ["ip link", ping]


def test_a_shell_says_itself_that_it_ends() -> None:
    assert typed(fenced("$ bash", "$ exit", "exit", "$ ip link")) == ["bash", "exit", "ip link"]


@pytest.mark.parametrize("piece", [" ", "sudo ", "A=1 ", "[a ", "(a b c d ", "–a ", "> "])
def test_a_long_line_is_read_in_time_that_grows_with_it(piece: str) -> None:
    assert_linear(3_000, lambda size: f"ip {piece * size}link", lambda text: read_tutorial(text, "a.txt"))


def test_another_systems_commands_are_not_typed() -> None:
    assert typed(fenced("ping 10.0.0.1", language="powershell") + fenced("ping 10.0.0.2", language="bash")) == [
        "ping 10.0.0.2"
    ]


def test_a_host_that_is_configured_is_a_router_everywhere() -> None:
    text = fenced("r1(config)# interface e0", "r1# ping 10.0.0.2", "h1# ip link", "h1# ping 10.0.0.2")
    assert typed(text) == ["ip link", "ping 10.0.0.2"]


def test_a_here_document_in_a_list_ends_at_the_beginning_of_a_line() -> None:
    text = "   $ cat > a <<EOF\n   one\n     two\n   EOF\n   $ cat a\n"
    assert typed(text, "a.txt") == ["cat > a <<EOF\none\n  two\nEOF", "cat a"]


def test_commands_without_a_prompt_among_those_with_one() -> None:
    text = fenced("mysql -u root", "mysql> select 1;") + fenced(
        "$ ip netns list", "ns1", "", "ip netns add -x b", "$ ip link"
    )
    assert typed(text) == ["mysql -u root", "ip netns list", "ip netns add -x b", "ip link"]


def test_an_outcome_behind_an_address_is_not_typed() -> None:
    assert typed(fenced("ping -c 1 10.0.0.2 不通", "ping -c 1 10.0.0.3 通", "ping -c 3 目标")) == [
        "ping -c 1 10.0.0.2",
        "ping -c 1 10.0.0.3",
    ]


def test_an_endless_command_listed_and_shown_at_once_is_typed_once() -> None:
    text = (
        fenced("ip link", "ping 10.0.0.2")
        + "\n"
        + fenced("$ ping 10.0.0.2", "PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.")
    )
    assert typed(text) == ["ip link", "ping 10.0.0.2"]


def test_explanations_and_callouts_are_not_typed() -> None:
    assert typed(fenced("$ ip netns add a <1>", "$ ip link")) == ["ip netns add a", "ip link"]
    assert typed("ip-netns - process network namespaces\n\nip netns\n", "a.txt") == ["ip netns"]
    assert typed(fenced("$ docker run \\", "$ --rm busybox")) == ["docker run \\\n--rm busybox"]


def test_a_hash_within_a_shell_that_was_opened() -> None:
    bare = fenced("ip link", "ip addr", "ip route", "ip rule", "ip neigh")
    inside = fenced("$ sudo frobshell", "# ip link set a up", "# ip addr add 10.0.0.1/24 dev a", "# exit", "$ ip link")
    told = fenced("# ping host2", "$ ping -c 1 10.0.0.2", "# ip link", "$ ip -br link")
    assert typed(bare + inside)[5:] == [
        "sudo frobshell",
        "ip link set a up",
        "ip addr add 10.0.0.1/24 dev a",
        "exit",
        "ip link",
    ]
    assert typed(bare + told)[5:] == ["ping -c 1 10.0.0.2", "ip -br link"]


def test_lists_that_name_tools() -> None:
    tools = "## Tools used\n\n- `tcpdump`\n- `ip route`\n- `iptables -t nat -L`\n"
    steps = "## Steps\n\n1. `ip netns add a`\n2. `ip netns add b`\n3. `ip netns`\n"
    assert typed(tools) == []
    assert typed(steps) == ["ip netns add a", "ip netns add b", "ip netns"]


def test_unknown_programs_behind_the_prompts_of_the_text() -> None:
    text = fenced("# ip link", "# ip addr") + fenced("# frob-net add-port a --ip=10.0.0.1") + fenced("$> ip route")
    assert typed(text) == ["ip link", "ip addr", "frob-net add-port a --ip=10.0.0.1", "ip route"]


def test_an_alias_has_a_value() -> None:
    assert typed(fenced("# modprobe -c | grep veth", "alias rtnl_link_veth veth", "", "# ip link")) == [
        "modprobe -c | grep veth",
        "ip link",
    ]


def test_one_arrow_does_not_make_a_text_of_bare_commands_one_with_prompts() -> None:
    bare = [f"ip link set a{n} up" for n in range(6)]
    assert typed("\n".join([*bare, "> ip addr"]), "a.txt")[:6] == bare
    assert typed("tcpdump & tcpflow\n\nip link\n", "a.txt") == ["ip link"]


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


def test_the_prompt_of_a_home_alone() -> None:
    text = fenced("~$ frob show blue router", "x  operational") + fenced("~$ ping -c 1 10.0.0.2", "PING 10.0.0.2")
    assert typed(text) == ["frob show blue router", "ping -c 1 10.0.0.2"]


def test_a_glossary_has_no_commands() -> None:
    assert not typed(fenced("conntrack = connection tracking", "hostname = name.replace(':', '-')"))


def test_several_variables_on_one_line() -> None:
    assert typed(fenced("A=/sys/fs; B=/run", "ls $A $B")) == ["A=/sys/fs; B=/run", "ls $A $B"]


def test_an_empty_prompt_shows_which_shell_a_terminal_is_in() -> None:
    text = fenced(
        "# terminal 1",
        "root@n0:~# docker exec -it c1 bash",
        "root@c1:/# ",
        "# terminal 2",
        "root@n0:~# docker exec -it c2 bash",
        "root@c2:/# ",
    ) + fenced("root@c2:/# nc -l 9999", "root@c1:/# nc c2 9999")
    commands = [item for item in read_tutorial(text, "a.md").session.items if isinstance(item, Command)]
    assert [item.terminal for item in commands] == ["main", "terminal2", "terminal2", "main"]


def test_commands_in_quotes() -> None:
    assert typed("# Prova\n\n## Terminale 1:\n'nc -l 12345'\n\n## Terminale 2:\n'nc localhost 12345'\n") == [
        "nc -l 12345",
        "nc localhost 12345",
    ]
    assert typed("1. Eseguire: 'ss -t'\n2. Run “ip -br link” now.\n") == ["ss -t", "ip -br link"]
    assert not typed("The option of 'ip -br link' is short, and isn't 'ss -t' fine?\n")


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


def test_lists_of_commands_in_plain_text() -> None:
    text = (
        "Steps:\n\n1. ip netns add ns1\n2. ping -c 1 10.0.0.1\n- ip link set a netns ns1\n- ping tells nothing more.\n"
    )
    assert typed(text, "a.txt") == ["ip netns add ns1", "ping -c 1 10.0.0.1", "ip link set a netns ns1"]


def test_variables_without_a_prompt_among_prompts_in_plain_text() -> None:
    text = 'Names:\n\nNS="red"\nOTHER="x"\n- Create it\nh1$ip netns add $NS\nh1$ip netns show\nred\n'
    assert typed(text, "a.txt") == ['NS="red"', "ip netns add $NS", "ip netns show"]


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


def test_commands_in_a_fence_of_some_program() -> None:
    lines = [f"iptables -A INPUT -p tcp --dport {port} -j ACCEPT" for port in (22, 80, 443)]
    assert typed(fenced(*lines, "例：iptables -L", language="tsx")) == lines
    assert not typed(fenced("print(1)", "ip link set a up", language="python"))


def test_words_before_in_are_no_variables() -> None:
    text = "# Names\n\nUse that name in all of them.\n\n" + fenced("ip link add name ${name} type bond")
    assert not typed(text)
    assert typed(fenced("for n in a b; do", "  ip netns add $n", "done", "read -r x y <<< '1 2'; echo $x"))


def test_a_unit_file_has_no_commands() -> None:
    unit = ("[Unit]", "Description=Apply iptables rules", "[Service]", "ExecStart=/sbin/iptables-restore /etc/rules.v4")
    assert typed(fenced(*unit, language="bash") + fenced("systemctl enable a.service")) == [
        "systemctl enable a.service"
    ]


def test_a_command_where_the_language_of_a_fence_stands() -> None:
    assert typed("Step 1\\\n```ip netns add red\\\nip netns add blue\n```\n") == [
        "ip netns add red",
        "ip netns add blue",
    ]
    assert typed("```ip netns add red```\n\n```sh title=ip\nip link\n```\n") == ["ip netns add red", "ip link"]
