"""What was typed: commands and sentences, prompts, comments, outputs, what is left to the reader."""

import pytest

from replayer.reading.grammar import is_command
from replayer.reading.shapes import printed_by
from replayer.sources.authored import author
from replayer.sources.session import Command, Left, Remark
from replayer.tutorial import read_tutorial
from tests.tutorials import fenced, session, typed

COMMANDS = [
    "ip netns add ns1",
    "sudo ip link add veth0 type veth peer name veth1",
    "ip a",
    "ip -n ns1 addr",
    "ip netns exec ns1 ping -c 1 10.0.0.2",
    "bridge fdb show br br0",
    "ping 10.0.0.1",
    "ping -c 3 localhost",
    "route -n",
    "route add default gw 10.0.0.1",
    "watch -n 1 ip link",
    "time ping -c 1 10.0.0.1",
    "set -x",
    "host example.org",
    "for i in 1 2 3; do ip netns add ns$i; done",
    "NS=ns1",
    "cd /tmp; ls",
    "./setup.sh up",
    "echo 1 > /proc/sys/net/ipv4/ip_forward",
    "sysctl -w net.ipv4.ip_forward=1",
    "while true; do date; done",
    "ip l s eth0 up",
]
NO_COMMANDS = [
    "IP addresses are assigned to interfaces",
    "ip addresses of the hosts",
    "bridge the two networks",
    "host A can reach host B",
    "route packets between them",
    "ping works now",
    "test the connection",
    "time to go",
    "set the address of the interface",
    "make sure that it is up",
    "find the routing table",
    "watch the output",
    "[ veth ]    [ veth ]",
    "for ns1",
    "if it works, go on",
    "64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.1 ms",
    "1: lo: <LOOPBACK> mtu 65536 qdisc noop state DOWN",
    "然后 ping 一下",
    "# comment",
]


@pytest.mark.parametrize("line", COMMANDS)
def test_commands_are_known(line: str) -> None:
    assert is_command(line)


@pytest.mark.parametrize("line", NO_COMMANDS)
def test_sentences_and_outputs_are_no_commands(line: str) -> None:
    assert not is_command(line) or printed_by(line) is not None


@pytest.mark.parametrize(
    "prompt",
    [
        "root@h:~# ",
        "[root@h ~]# ",
        "(venv) user@h:/tmp$ ",
        "container001$ ",
        "ns1# ",
        "bash-5.1# ",
        "/ # ",
        "$ ",
        "% ",
        "❯ ",
        "# ",
        "",
        "42sh$ ",
        "~]# ",
        "h> ",
    ],
)
def test_prompts(prompt: str) -> None:
    lines = [f"{prompt}ip netns add ns1", f"{prompt}ip netns", "ns1", f"{prompt}ip netns del ns1"]
    assert typed(fenced(*lines)) == ["ip netns add ns1", "ip netns", "ip netns del ns1"]
    assert typed("\n".join(lines), "a.txt") == ["ip netns add ns1", "ip netns", "ip netns del ns1"]


def test_a_hash_is_a_comment_where_commands_stand_bare() -> None:
    text = fenced("# ip link shows what there is", "ip link", "ip netns add a", "## more", "#更多", "ip netns")
    assert typed(text) == ["ip link", "ip netns add a", "ip netns"]


def test_the_reason_is_told() -> None:
    assert "'$' before 2 commands" in session(fenced("$ ip link", "$ ip addr")).style
    assert "no prompt" in session(fenced("ip link", "ip addr")).style


def test_output_kept_as_comments() -> None:
    text = fenced("ip netns list", "# Output:", "# ns1", "ip netns add b")
    items = session(text).items
    assert [c.lines for item in items if isinstance(item, Command) for c in item.claims] == [("ns1",)]


def test_output_in_a_fence_of_its_own() -> None:
    text = fenced("ip netns list", language="bash") + "Output:\n\n" + fenced("ns1", "ns2", language="go")
    items = session(text).items
    assert [c.lines for item in items if isinstance(item, Command) for c in item.claims] == [("ns1", "ns2")]


def test_commands_that_are_called_as_outputs_are() -> None:
    text = fenced("ip netns add a") + "Enter it as follows:\n\n" + fenced("ip netns exec a bash")
    assert typed(text) == ["ip netns add a", "ip netns exec a bash"]


@pytest.mark.parametrize("mark", ["...", "(...)", "[snip]", "……", "省略", "<output omitted>"][:4])
def test_what_is_left_out_of_an_output(mark: str) -> None:
    text = fenced("$ ip netns list", "ns1", mark, "ns9")
    [command] = [item for item in session(text).items if isinstance(item, Command)]
    assert command.claims[0].lines == ("ns1", "...", "ns9")


def test_commands_of_several_lines() -> None:
    heredoc = ["cat > hosts <<EOF", "10.0.0.1 a", "$ not a prompt", "EOF"]
    loop = ["for i in 1 2; do", "  ip netns add ns$i", "done"]
    long = ["ip link add veth0 \\", "  type veth"]
    quoted = ["echo 'one", "two'"]
    text = fenced(*heredoc, *loop, *long, *quoted)
    assert typed(text) == ["\n".join(part) for part in (heredoc, loop, long, quoted)]


def test_continuations_behind_a_prompt() -> None:
    assert typed(fenced("$ ip link add a \\", "> type dummy", "$ ip link")) == [
        "ip link add a \\\ntype dummy",
        "ip link",
    ]


def test_a_command_that_does_not_end_is_left() -> None:
    items = session(fenced("$ echo 'open", "$ ip link")).items
    assert [item.text for item in items if isinstance(item, Left)] == ["echo 'open"]
    assert typed(fenced("$ echo 'open", "root@h:~# ip link"))[-1:] in ([], ["ip link"])


@pytest.mark.parametrize(
    "line",
    [
        "ip netns exec <name> ip link",
        "ping HOST1_ADDRESS",
        "ip link set $IFACE up",
        "ip netns add {name}",
        "ip addr add x.x.x.x/24 dev eth0",
        "ip netns add [命名空间名称]",
        "ip link add ... type veth",
    ],
)
def test_what_the_reader_fills_in_is_left(line: str) -> None:
    items = session(fenced(f"$ {line}", "$ ip link")).items
    assert [item.text for item in items if isinstance(item, Left)] == [line]
    assert typed(fenced(f"$ {line}", "$ ip link")) == ["ip link"]


def test_variables_that_the_text_sets_are_no_templates() -> None:
    assert len(typed(fenced("NS=ns1", "ip netns add $NS", 'ip netns exec "$NS" ip link'))) == 3


def test_labels_in_sentences_are_left() -> None:
    items = session("Use `ip netns list` to see them.\n\n1. `ip netns add a`\n2. `ip netns add b`\n").items
    assert [item.text for item in items if isinstance(item, Left)] == ["ip netns list"]
    assert [item.text for item in items if isinstance(item, Command)] == ["ip netns add a", "ip netns add b"]


def test_a_command_repeated_above_its_output_is_typed_once() -> None:
    text = fenced("ip netns add a", "ip netns") + "Like so:\n\n" + fenced("ip netns add a", "ip netns", "a")
    assert typed(text) == ["ip netns add a", "ip netns"]


def test_remarks_beside_commands() -> None:
    items = session(fenced("$ ip link  # doesn't matter", "$ ip addr // 地址")).items
    assert [item.text for item in items if isinstance(item, Remark)] == ["doesn't matter", "地址"]
    assert typed(fenced("$ ip link  # doesn't matter", "$ ip addr // 地址")) == ["ip link", "ip addr"]


def test_names_that_a_comment_lists() -> None:
    [_, listed] = [
        c for c in session(fenced("ip netns add ns1", "ip netns", "# ns1", "# done")).items if isinstance(c, Command)
    ]
    assert [claim.lines for claim in listed.claims] == [("ns1",)]


def test_commands_without_a_prompt_among_sessions_in_plain_text() -> None:
    text = "----\nip link add b1 type bridge\nip link set b1 up\n----\n\nThen look:\n\n$ cat notes\nip link del b1\n"
    assert typed(text, "a.txt") == ["ip link add b1 type bridge", "ip link set b1 up", "cat notes"]


def test_a_session_that_is_quoted_or_indented_in_plain_text() -> None:
    quoted = "> me@h:~# ping -c 1 10.0.0.1\n> 64 bytes from 10.0.0.1: icmp_seq=1 ttl=64 time=0.1 ms\n>\n> Why?\n"
    indented = (
        "See:\n  # ip netns\n  a\n\n  # ping -c 1 10.0.0.1\n  1 packets transmitted, 1 received, 0% packet loss\n"
    )
    assert typed(quoted, "a.txt") == ["ping -c 1 10.0.0.1"]
    claims = [
        c
        for text in (quoted, indented)
        for item in session(text, "a.txt").items
        if isinstance(item, Command)
        for c in item.claims
    ]
    assert [(c.kind, c.value or c.lines) for c in claims] == [("outcome", "通"), ("output", ("a",)), ("outcome", "通")]


def test_results_of_org_mode() -> None:
    text = "#+BEGIN_SRC sh\nip netns add a\nip netns\n#+END_SRC\n\n#+RESULTS:\n: a\n"
    assert [c.lines for item in session(text, "a.txt").items if isinstance(item, Command) for c in item.claims] == [
        ("a",)
    ]


def test_what_is_asked_for_some_other_time_is_not_typed() -> None:
    assert typed("Run `make lint -s` before you push.\n") == []


def test_a_function_on_one_line() -> None:
    text = fenced("plug() { ip link add $1 type veth; ip link set $1 up; }", "plug v0")
    assert typed(text) == ["plug() { ip link add $1 type veth; ip link set $1 up; }", "plug v0"]


def test_a_title_that_begins_as_a_command_does() -> None:
    assert typed("ip route get 8.8.8.8 이해하기\n") == []


def test_paragraphs_that_are_sessions() -> None:
    text = "We add one\n\nip netns add ns1\n\nip netns\n\nns1\n\nand look at it: ping shows nothing yet.\n"
    assert typed(text) == ["ip netns add ns1", "ip netns"]


def test_a_prompt_that_was_lost() -> None:
    text = fenced("$ mkdir /tmp/a", "echo 1 > /tmp/a/b", "$ cat /tmp/a/b", "1")
    assert typed(text) == ["mkdir /tmp/a", "echo 1 > /tmp/a/b", "cat /tmp/a/b"]


def test_commands_of_several_lines_are_no_output() -> None:
    text = fenced("iptables -S") + "Delete them in the `OUTPUT` chain by running:\n\n"
    assert typed(text + fenced("sudo iptables \\", "  --delete OUTPUT \\", "  --jump DNAT"))[1:] == [
        "sudo iptables \\\n  --delete OUTPUT \\\n  --jump DNAT"
    ]


def test_a_name_that_is_left_open_is_not_typed() -> None:
    assert typed(fenced("$ tcpdump -i veth... icmp", "$ ip link")) == ["ip link"]


def test_a_here_document_requires_no_commands() -> None:
    text = fenced("nft -f - <<EOF", "table ip a {", "  chain b {", "  }", "}", "EOF")
    assert "commands: [nft]" in author(session(text)).text


def test_outputs_below_several_commands_stand_in_their_order() -> None:
    first, second = "7: vb@if6: <UP> mtu 1500", "6: va@if7: <UP> mtu 1500"
    text = fenced("ip netns exec b ip addr", "ip netns exec a ip addr") + "It shows\n\n" + fenced(first)
    shown = {c.text: c.claims for c in session(text + "and\n\n" + fenced(second)).items if isinstance(c, Command)}
    assert [claim.lines[1] for claims in shown.values() for claim in claims] == [first, second]
    only = {c.text: len(c.claims) for c in session(text).items if isinstance(c, Command)}
    assert only == {"ip netns exec b ip addr": 0, "ip netns exec a ip addr": 1}


def test_what_the_text_brings_along_and_arithmetic_require_no_commands() -> None:
    text = fenced("./lab.sh up", "i=$((i + 1))", "while [ $i -lt 3 ]; do ip link; i=$((i + 1)); done")
    assert "commands: [ip]" in author(session(text)).text


def test_tags_in_pairs_are_a_pages() -> None:
    text = "```\necho '<h1>Hello</h1>' > index.html\nip link show <dev>\n```\n"
    assert [item.text for item in read_tutorial(text, "a.md").session.items if isinstance(item, Command)] == [
        "echo '<h1>Hello</h1>' > index.html"
    ]


def test_outputs_below_several_commands_go_to_those_that_are_named_above_them() -> None:
    text = (
        "```\nip netns exec blue ip route\nip netns exec red ip route\n```\n\n"
        "For red you should see:\n\n```\ndefault via 10.0.0.1 dev r\n```\n\n"
        "For blue you should see:\n\n```\ndefault via 10.0.0.2 dev b\n```\n"
    )
    commands = [item for item in read_tutorial(text, "a.md").session.items if isinstance(item, Command)]
    assert [claim.lines for item in commands for claim in item.claims] == [
        ("default via 10.0.0.2 dev b",),
        ("default via 10.0.0.1 dev r",),
    ]
