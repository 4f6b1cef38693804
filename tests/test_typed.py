"""What is typed and what is not, in the forms that real tutorials were seen to have."""

import pytest

from replayer.sources.session import Command, Left, Remark
from tests.tutorials import fenced, session, terminals, typed


def test_a_command_over_several_lines_behind_a_hash_is_whole() -> None:
    lines = ["# ip addr add 10.1.0.1/24 dev em1; \\", "    ip addr del 10.1.0.9/24 dev em1; \\", "    ip route show"]
    text = fenced(*lines)
    (one,) = typed(text)
    assert one.startswith("ip addr add") and one.endswith("ip route show")


def test_a_hash_is_a_prompt_where_an_output_stands_below_it_among_other_prompts() -> None:
    text = fenced(
        "# ip addr show",
        "2: a0@if4: <BROADCAST,UP> mtu 1500 qdisc noqueue state UP",
        "root@box:~# ip addr show b0",
        "3: b0@if5: <BROADCAST,UP> mtu 1500 qdisc noqueue state UP",
    )
    assert typed(text) == ["ip addr show", "ip addr show b0"]


def test_a_hash_is_a_prompt_where_no_output_is_said_to_be() -> None:
    bare = fenced("ip netns add a", "ip netns add b", "ip netns add c")
    assert typed(bare + "No routes:\n\n" + fenced("# ip route show", "<no output>"))[-1] == "ip route show"


@pytest.mark.parametrize("line", ["tcpdump not port 22", "tcpdump host 10.0.0.1 and not arp", "tcpdump src net 10.0"])
def test_filters_are_no_sentences(line: str) -> None:
    assert typed(fenced(f"# {line}")) == [line]


def test_a_block_called_an_output_may_begin_with_its_command() -> None:
    found = session("It looks like this:\n\n" + fenced("ethtool -i v0", "driver: veth", "..."))
    assert [item.text for item in found.items if isinstance(item, Command)] == ["ethtool -i v0"]


WARNINGS = ["Instead of:", "Do not run this:", "不要执行：", "En lugar de:", "Statt:", "Вместо:"]


@pytest.mark.parametrize("words", WARNINGS)
def test_what_the_text_warns_of_is_not_typed(words: str) -> None:
    text = fenced("ip link set a up") + f"{words}\n\n" + fenced("ip link del a") + "then\n\n" + fenced("ip link show a")
    assert typed(text) == ["ip link set a up", "ip link show a"]
    assert any(isinstance(item, Left) and item.text == "ip link del a" for item in session(text).items)


def test_an_alternative_is_no_warning() -> None:
    text = "Instead of brctl, use:\n\n" + fenced("ip link add br0 type bridge")
    assert typed(text) == ["ip link add br0 type bridge"]


def test_a_block_of_one_unknown_command_is_told() -> None:
    items = session("Slow it:\n\n" + fenced("wondershaper eth0 200 150")).items
    assert any(isinstance(item, Left) and item.text == "wondershaper eth0 200 150" for item in items)


def test_what_was_refused_is_not_shown_elsewhere() -> None:
    text = fenced("n1# ping 10.3.0.1", "ping: connect: Network is unreachable") + "Later:\n\n"
    text += fenced("PING 10.3.0.1 (10.3.0.1) 56(84) bytes of data.", "64 bytes from 10.3.0.1: icmp_seq=1 ttl=64")
    (one,) = [item for item in session(text).items if isinstance(item, Command)]
    assert one.terminal == "main" and not one.goes_on


def test_open_files_are_an_output() -> None:
    rows = ["COMMAND  PID USER FD TYPE DEVICE NODE NAME", "openvpn 3056 root    6u   CHR 10,200  0t0  859 /dev/net/tun"]
    assert typed(fenced("# lsof -p 3056", *rows)) == ["lsof -p 3056"]


def test_signs_of_a_page_are_not_typed() -> None:
    text = "Make it:\nbash\nCopy code\nip netns add a\n\n1\n2\nip netns add b\nip netns\n\nsh\nip netns add c\n"
    assert typed(text, "a.txt") == ["ip netns add a", "ip netns add b", "ip netns", "ip netns add c"]


def test_a_number_is_an_output_where_no_gutter_is() -> None:
    text = "$ cat /proc/sys/net/ipv4/ip_forward\n\n1\n\n$ ip link\n"
    assert typed(text, "a.txt") == ["cat /proc/sys/net/ipv4/ip_forward", "ip link"]


def test_lines_of_usage_are_no_commands() -> None:
    text = (
        "ip netns help\nUsage: ip netns list\nip netns add NAME\nip netns monitor\nip netns list-id\n\nip netns add a\n"
    )
    assert typed(text, "a.txt") == ["ip netns help", "ip netns add a"]


@pytest.mark.parametrize(
    "line",
    [
        "ip address add NETWORK1_HOST_ADDRESS/PREFIXLEN dev eth0",
        "ip route add default via ROUTER_ADDRESS",
        "ovsdb-client monitor DATABASE bridges",
        "ip link add",
        "sudo ip netns exec",
        "tc qdisc del",
    ],
)
def test_what_stands_for_something_is_not_typed(line: str) -> None:
    assert typed(fenced(f"$ {line}", "$ ip link")) == ["ip link"]


def test_a_handle_is_no_end_of_a_sentence() -> None:
    assert typed(fenced("tc qdisc add dev eth0 ingress handle ffff:")) == ["tc qdisc add dev eth0 ingress handle ffff:"]


def test_an_unknown_program_with_options_alone_in_a_block_is_typed_with_a_doubt() -> None:
    (one,) = session(fenced("virt-customize -a /i.qcow2 \\", "  --root-password x")).items
    assert isinstance(one, Command) and "no list" in one.doubts[0].what


@pytest.mark.parametrize(
    "lines",
    [
        ["record 48: 2017-01-07 03:34 ovs-vsctl --timeout=5 del-port tap1", "  table Port row tap1:"],
        ["Kernel associations installed:", "  ...    <--- for this tunnel installed by", "         strongswan"],
    ],
)
def test_rows_of_an_output_are_no_commands(lines: list[str]) -> None:
    assert typed(fenced("ovsdb-tool show-log -m", *lines)) == ["ovsdb-tool show-log -m"]
    assert typed(fenced("ovs-appctl -t x tunnels/show") + fenced(*lines)) == ["ovs-appctl -t x tunnels/show"]


def test_names_with_versions_are_no_commands() -> None:
    assert typed("<ul><li>virtualbox 5.1.8</li><li>vagrant 2.0.0</li></ul>\n<pre>$ ip link</pre>", "a.html") == [
        "ip link"
    ]


def test_a_block_called_an_output_that_begins_with_a_command_is_a_session() -> None:
    text = "As follows:\n\n" + fenced(
        "ovs-vsctl add-br b0", "ovs-vsctl show", "    Bridge b0", "        Port p", "x", "y"
    )
    assert typed(text) == ["ovs-vsctl add-br b0", "ovs-vsctl show"]


def test_the_last_line_of_a_paragraph_is_no_label() -> None:
    text = fenced("ip link") + "For example, we can ask the remote\nhost:\n\n" + fenced("ip addr")
    assert set(terminals(text)) == {"main"}


PLAIN = """\
Notes

{heading}

$ ip netns add a
ip netns add b

# ip netns list
a
b

# check the links
ip link show

iptables masquerade ≠ iptables snat: iptables --help
"""


@pytest.mark.parametrize("heading", ["iptables", "ovs-vsctl", "ovsdb-client"])
def test_names_of_programs_alone_are_headings_in_plain_text(heading: str) -> None:
    commands = ["ip netns add a", "ip netns add b", "ip netns list", "ip link show"]
    assert typed(PLAIN.format(heading=heading), "a.txt") == commands


def test_a_hash_alone_is_a_prompt_among_prompts_of_plain_text() -> None:
    text = "[root@a ~]# ip netns add x\n\nThen\n\n# ip netns add y\n\n[root@a ~]# ip netns\n"
    assert typed(text, "a.txt") == ["ip netns add x", "ip netns add y", "ip netns"]
    text = "ip netns add x\n\n# ip netns add y\n\nip netns add z\n"
    assert typed(text, "a.txt") == ["ip netns add x", "ip netns add z"]


def test_an_argument_of_a_script_is_not_typed() -> None:
    text = 'A script:\n\n#!/bin/sh\nexec docker inspect "$@"\n\nf() { ip netns exec $1 true; }\n'
    assert typed(text, "a.txt") == ["f() { ip netns exec $1 true; }"]


def test_numbers_of_commands_are_not_typed() -> None:
    text = fenced("1.sudo ip netns add a") + "then\n\n" + fenced("2. ip netns", "3)ip link") + "4.ip addr show a\n"
    assert typed(text)[:3] == ["sudo ip netns add a", "ip netns", "ip link"]
    assert typed("Steps:\n1.ip netns add a\n2.ip netns add b\n", "a.txt") == ["ip netns add a", "ip netns add b"]


def test_rows_of_a_glossary_are_no_commands() -> None:
    text = "ip link show\n\nseq numbers          = match each request to its reply\necho reply           = it works\n"
    assert typed(text, "a.txt") == ["ip link show"]


def test_the_word_output_is_no_output() -> None:
    (one,) = [item for item in session(fenced("ip netns list", "Output:", "a", "b")).items if isinstance(item, Command)]
    assert [claim.lines for claim in one.claims] in ([("a", "b")], [])


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("➜  docker network ls", "docker network ls"),
        ("➜  lab ip link", "ip link"),
        ("➜  ~ ip link", "ip link"),
        ("[~]# ip link", "ip link"),
        ("[~/lab]$ ip link", "ip link"),
        ("-bash-4.2# ip link", "ip link"),
        ("81b443eaa1bc:/# ip link", "ip link"),
        ("me@host-1:~/lab/tp linux/tp-linux$ ip link", "ip link"),
    ],
)
def test_prompts_of_other_shells(line: str, command: str) -> None:
    assert typed(fenced(line, "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536")) == [command]


def test_loops_over_arithmetic_are_whole() -> None:
    lines = ["n=3", "while ((n > 0))", "do", "ping -c 1 10.0.0.$n", "if (($? != 0))", "then", "date", "fi", "done"]
    found = typed(fenced(*lines, "ip link"))
    assert found == ["n=3", "\n".join(lines[1:]), "ip link"] or found == ["\n".join(lines[1:]), "ip link"]


@pytest.mark.parametrize(
    "line", ["ipsec {", "export all;", 'export where ifname ~ "eth*";', "export [ OURS NOTHING ];"]
)
def test_lines_of_configurations_are_no_commands(line: str) -> None:
    assert not typed(fenced("protocol x {", line, "}"))


@pytest.mark.parametrize("line", ["export PATH", "export A=1;", "export FOO BAR", "export address"])
def test_exports_are_commands(line: str) -> None:
    assert typed(fenced(line, "ip link")) == [line, "ip link"]


@pytest.mark.parametrize("said", ["::junos", ":::junos", '::junos hl_lines="1 2"', "#!junos"])
def test_the_first_line_of_an_indented_block_may_say_its_language(said: str) -> None:
    assert not typed(f"Text:\n\n    {said}\n    ping 10.0.0.1\n")


@pytest.mark.parametrize("word", ["or", "o", "或", "または", "-- или --"])
def test_a_word_between_alternatives_is_no_output(word: str) -> None:
    (first, _) = [i for i in session(fenced("$ ip link", "", word, "", "$ ip addr")).items if isinstance(i, Command)]
    assert not first.claims


@pytest.mark.parametrize(
    "lines",
    [
        ["This is the real status of every slave. Do not rely on", "ip -d link show alone to confirm a slave attached"],
        ["- iptables -t nat -L POSTROUTING -n -v confirmed MASQUERADE rule"],
    ],
)
def test_a_line_within_a_sentence_is_no_command(lines: list[str]) -> None:
    assert not typed("\n".join([*lines, "successfully, and this is fine even when it failed.", ""]))


def test_a_path_that_is_no_program_is_no_command() -> None:
    assert not typed(fenced('/etc/hostname → "node-1"', "/proc/uptime", "/sys/class/net"))


def test_a_case_that_leaves_something_out_is_not_typed() -> None:
    assert not typed(fenced("case $x in", "  1) # Inside.", "    […]", "    ;;", "esac", language="sh"))


def test_a_script_among_commands_is_a_file() -> None:
    assert typed(fenced("touch a.sh", "# it holds", "#!/bin/bash", "dev=eth0", "tc qdisc del dev $dev root")) == [
        "touch a.sh"
    ]


def test_what_a_switch_is_told_is_not_typed() -> None:
    assert not typed(fenced("configure", "interface 0/1-0/10", "vlan tagging 10", "exit", "exit"))
    assert typed(fenced("ip netns exec a bash") + fenced("exit") + fenced("ip link"))[1] == "exit"


@pytest.mark.parametrize(
    "line",
    [
        "wireshark wiki: Gratuitous ARP",
        "iptables -t nat -A DOCKER -j DNAT ! -i docker0: iptables: No chain/target/match by that name.",
        "nano",
        "ip link show enp1s0 (on the server, Ubuntu 24.04): mtu 1500",
        "curl (HTTP):  HTTP status 200, no issue",
        "git pull - the second machine's clone is stale; always sync",
        "nginx package with Debian. However, check <a",
        "source IP address from packets sent on eth0",
        "exit (alias: quit | q) ------ Exit the debugger.",
        "id 59, seq 0, length 64",
        "/bin/bash=) or via the script like:",
        "ip netns exec NAMESPACE ip link show | grep link/ether",
        "ip link set dev VETH address MACADDRESS",
    ],
)
def test_titles_complaints_and_templates_are_not_typed(line: str) -> None:
    assert typed(fenced("ip link", "", line, "", "ip addr")) == ["ip link", "ip addr"]


def test_a_program_may_stand_where_a_folder_does() -> None:
    assert typed(fenced("➜  docker info", "➜  docker ps", "➜  net ip link")) == ["docker info", "docker ps", "ip link"]


def test_an_output_that_is_called_one_may_begin_with_a_comment_and_its_command() -> None:
    text = (
        fenced("ip link")
        + "结果如下：\n\n"
        + fenced("# snippet 4", "df -lh", "Filesystem  Size  Used", "/dev/sda1  30G  18G")
    )
    assert typed(text) == ["ip link", "df -lh"]


def test_a_backtick_that_a_converter_left_is_no_part_of_the_command() -> None:
    assert typed(fenced("`ip link", "ip addr")) == ["ip link", "ip addr"]


def test_a_fence_that_nobody_closed_ends_above_the_words_before_the_next() -> None:
    text = "```sh\nip link\n\nip addr\n\nNow the routes of eth0:\n\n```sh\nip route\n```\n\nAnd ping 10.0.0.1 it.\n"
    assert typed(text) == ["ip link", "ip addr", "ip route"]
    assert [i.text for i in session(text).items if isinstance(i, Remark)] == [
        "Now the routes of eth0:",
        "And ping 10.0.0.1 it.",
    ]


def test_a_fence_that_nobody_closed_is_told() -> None:
    text = "```sh\nip link\n\nNow the routes:\n\n```sh\nip route\n```\n"
    assert [doubt.what for doubt in session(text).doubts] == [
        "the fence of line 1 is never closed; taken to end at line 3"
    ]


def test_a_fence_may_be_closed_with_its_language() -> None:
    assert typed("```sh\nip link\n```sh\n\nThen ip addr of it.\n\n```sh\nip route\n```\n") == ["ip link", "ip route"]


def test_a_result_beside_a_command_is_no_part_of_it() -> None:
    (one,) = [i for i in session(fenced("$ ip link show eth0 (on h1): mtu 1500")).items if isinstance(i, Command)]
    assert one.text == "ip link show eth0" and one.doubts
