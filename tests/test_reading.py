"""What was typed where: prompts, outputs, comments, terminals, nested shells, what never ends, what is no command."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replayer.plan import prepare
from replayer.reading.grammar import is_command
from replayer.reading.shapes import printed_by
from replayer.reading.signs import is_elision
from replayer.reading.typography import plain
from replayer.sources import native
from replayer.sources.authored import author
from replayer.sources.opening import Opening
from replayer.sources.session import Command, Left, Remark, Session, Stopped
from replayer.tutorial import read_tutorial


def session(text: str, name: str = "a.md") -> Session:
    return read_tutorial(text, name).session


def typed(text: str, name: str = "a.md") -> list[str]:
    return [item.text for item in session(text, name).items if isinstance(item, Command)]


def fenced(*lines: str, language: str = "") -> str:
    return "\n".join([f"```{language}", *lines, "```", ""])


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


@pytest.mark.parametrize(
    "words",
    [
        "In another terminal:",
        "window 2",
        "另开一个终端：",
        "別のターミナルで",
        "다른 터미널에서",
        "В другом терминале:",
        "En otra terminal:",
        "Dans un autre terminal :",
        "In einem anderen Terminal:",
        "Trong terminal khác:",
    ],
)
def test_words_for_another_terminal(words: str) -> None:
    text = fenced("tcpdump -i br0") + f"{words}\n\n" + fenced("ping -c 1 10.0.0.2") + fenced("ip link")
    commands = [item for item in session(text).items if isinstance(item, Command)]
    assert [c.terminal for c in commands] == ["main", "terminal2", "terminal2"]
    assert commands[0].goes_on


@pytest.mark.parametrize(
    ("words", "terminal"),
    [
        ("In a third terminal:", "terminal3"),
        ("再打开第三个终端：", "terminal3"),
        ("В третьем терминале:", "terminal3"),
        ("Dans un troisième, le client :", "terminal3"),
        ("En la tercera:", "terminal3"),
        ("Im dritten Terminal:", "terminal3"),
        ("세 번째 터미널에서:", "terminal3"),
        ("3つ目のターミナルで:", "terminal3"),
        ("Trong terminal thứ ba:", "terminal3"),
        ("Cửa sổ 3 gửi gói:", "terminal3"),
        ("Back in the first one:", "main"),
    ],
)
def test_words_for_a_third_terminal_and_the_first(words: str, terminal: str) -> None:
    text = "In a second terminal:\n\n" + fenced("ip link") + f"{words}\n\n" + fenced("ip addr")
    assert [c.terminal for c in session(text).items if isinstance(c, Command)] == ["terminal2", terminal]


def test_words_send_to_another_terminal_of_the_same_host() -> None:
    text = fenced("root@h:~# ip link") + "In another console:\n\n" + fenced("root@h:~# ip addr", "root@g:~# ip rule")
    assert [c.terminal for c in session(text).items if isinstance(c, Command)] == ["main", "terminal2", "g"]


def test_hosts_without_users_are_terminals_unless_a_command_leads_there() -> None:
    text = fenced("m1# ip link", "m2# ip link", "m1# ip netns exec c bash", "c# ip addr", "m2# ip addr", "c# ip rule")
    assert [c.terminal for c in session(text).items if isinstance(c, Command)] == [
        "main",
        "m2",
        "main",
        "main",
        "m2",
        "main",
    ]


def test_prompts_of_shells_and_users_are_no_machines() -> None:
    text = fenced("user$ ip link", "root# ip link", "bash-5.1# ip addr")
    assert {c.terminal for c in session(text).items if isinstance(c, Command)} == {"main"}


def test_hosts_in_prompts_are_terminals() -> None:
    text = fenced("root@a:~# ip link", "root@b:~# ip link", "root@a:~# ip addr")
    assert [c.terminal for c in session(text).items if isinstance(c, Command)] == ["main", "b", "main"]


def test_a_nested_shell_that_is_left_without_a_word() -> None:
    text = fenced("root@h:~# ip netns exec ns1 bash", "root@ns1:~# ip link", "root@h:~# ip addr")
    assert typed(text) == ["ip netns exec ns1 bash", "ip link", "exit", "ip addr"]


def test_what_never_ends_is_stopped_where_it_was_shown() -> None:
    text = fenced("# tcpdump -i br0", "tcpdump: listening on br0", "12:00:00.000001 ARP, Request", "^C", "# ip link")
    items = session(text, "a.md").items
    assert [type(item).__name__ for item in items] == ["Command", "Stopped", "Command"]
    stopped = items[1]
    assert isinstance(stopped, Stopped) and stopped.claims


def test_an_output_that_stands_several_fences_later() -> None:
    text = (
        fenced("$ tcpdump -n -i br0")
        + "Then ping:\n\n"
        + fenced("$ ping -c 1 10.0.0.2")
        + "The capture:\n\n"
        + fenced("12:00:00.000001 IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 1, length 64")
    )
    items = session(text).items
    kinds = [type(item).__name__ for item in items if not isinstance(item, Remark)]
    assert kinds == ["Command", "Command", "Stopped"]
    commands = [item for item in items if isinstance(item, Command)]
    assert commands[0].terminal != commands[1].terminal


PACKET = "12:00:00.000001 IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 1, length 64"


@pytest.mark.parametrize(
    "lines",
    [["# ping -c 1 10.0.0.2", "# tcpdump -i br0", PACKET], ["# tcpdump -i br0", PACKET, "# ping -c 1 10.0.0.2"]],
)
def test_a_capture_runs_while_what_it_shows_is_sent(lines: list[str]) -> None:
    items = session("\n".join(lines), "a.txt").items
    assert [getattr(item, "text", "stop") for item in items] == ["tcpdump -i br0", "ping -c 1 10.0.0.2", "stop"]
    assert [getattr(item, "terminal", "") for item in items] == ["tcpdump", "main", "tcpdump"]


def test_a_capture_is_shown_bit_by_bit() -> None:
    text = (
        fenced("$ tcpdump -n -i br0", "listening on br0, link-type EN10MB (Ethernet)")
        + "In another terminal:\n\n"
        + fenced("$ ping -c 1 10.0.0.2")
        + "First:\n\n"
        + fenced(PACKET)
        + "Then:\n\n"
        + fenced("$ ping -c 1 10.0.0.3")
        + fenced(PACKET.replace("0.2", "0.3"))
    )
    items = [item for item in session(text).items if not isinstance(item, Remark)]
    assert [type(item).__name__ for item in items] == ["Command", "Command", "Command", "Stopped"]
    assert isinstance(items[3], Stopped)
    assert {PACKET, PACKET.replace("0.2", "0.3")} < set(items[3].claims[0].lines)


def test_what_goes_on_is_repeated_above_what_it_printed() -> None:
    text = fenced("me@a:~$ nc -l 4444") + fenced("me@b:~$ echo hi | nc -N a 4444") + fenced("me@a:~$ nc -l 4444", "hi")
    items = session(text).items
    assert [item.text for item in items if isinstance(item, Command)] == ["nc -l 4444", "echo hi | nc -N a 4444"]
    assert [item.claims[0].lines for item in items if isinstance(item, Stopped)] == [("hi",)]


def test_what_was_sent_is_shown_by_who_listens() -> None:
    text = fenced("$ nc -l 5000") + "In another terminal:\n\n" + fenced("$ echo hi | nc -q 1 10.0.0.1 5000")
    items = session(text + "The server shows:\n\n" + fenced("hi")).items
    assert [item.claims[0].lines for item in items if isinstance(item, Stopped)] == [("hi",)]


def test_names_that_a_comment_lists() -> None:
    [_, listed] = [
        c for c in session(fenced("ip netns add ns1", "ip netns", "# ns1", "# done")).items if isinstance(c, Command)
    ]
    assert [claim.lines for claim in listed.claims] == [("ns1",)]


def test_a_comment_that_was_typed_and_the_end_of_the_authors_shell() -> None:
    assert typed("$ # two of them\n$ ip link\n$ exit\nexit\n", "a.txt") == ["ip link"]
    assert typed("$ ip netns exec a sh\n$ ip link\n$ exit\n", "a.txt") == ["ip netns exec a sh", "ip link", "exit"]


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


def test_lines_typed_to_a_connection() -> None:
    text = fenced("root@a:~# nc -l 5000") + fenced("root@b:~# nc 10.0.0.1 5000", "hello") + "On a we see:\n\n"
    commands = [item for item in session(text + fenced("hello")).items if isinstance(item, Command)]
    assert [(c.terminal, c.answers) for c in commands] == [("main", ()), ("b", ("hello",))]


def test_what_was_refused_did_not_begin() -> None:
    text = fenced("$ ping 10.0.0.2", "ping: connect: Network is unreachable", "$ ip link")
    assert [c.goes_on for c in session(text).items if isinstance(c, Command)] == [False, False]


def test_a_server_goes_on_while_others_are_typed() -> None:
    text = fenced("$ nc -l 8080", "$ ip link", "$ ping 10.0.0.2")
    commands = [item for item in session(text).items if isinstance(item, Command)]
    assert [(c.goes_on, c.terminal) for c in commands] == [(True, "nc"), (False, "main"), (True, "main")]


def test_paragraphs_that_are_sessions() -> None:
    text = "We add one\n\nip netns add ns1\n\nip netns\n\nns1\n\nand look at it: ping shows nothing yet.\n"
    assert typed(text) == ["ip netns add ns1", "ip netns"]


def test_a_prompt_that_was_lost() -> None:
    text = fenced("$ mkdir /tmp/a", "echo 1 > /tmp/a/b", "$ cat /tmp/a/b", "1")
    assert typed(text) == ["mkdir /tmp/a", "echo 1 > /tmp/a/b", "cat /tmp/a/b"]


@pytest.mark.parametrize("line", ["-" * 79 + "|", "=" * 60 + "a", ". " * 39 + "x", "*" * 78 + "/", "((((" * 19 + "a"])
def test_rules_and_pictures_are_read_at_once(line: str) -> None:
    assert not is_elision(line)


PIECES = st.sampled_from(
    [
        "```",
        "$ ",
        "# ",
        "root@h:~# ",
        "ping -c 1 10.0.0.2",
        "ip link",
        "cat <<EOF",
        "EOF",
        "'",
        '"',
        "\\",
        "for i in 1; do",
        "done",
        "64 bytes from 10.0.0.2: icmp_seq=1",
        "1 packets transmitted, 0 received, 100% packet loss",
        "不通",
        "another terminal",
        "...",
        "{{ x }}",
        "{% raw %}",
        "<name>",
        "\t",
        "    ",
        "> ",
        "tcpdump -i br0",
        "^C",
        "\u2028",
    ]
)


def keyed(text: str) -> str:
    """A text with the quotes, dashes and blanks of a keyboard, as commands are typed."""
    text = re.sub("[\u2018-\u201b\uff07]", "'", re.sub("[\u201c-\u201f\uff02]", '"', text))
    text = re.sub("[-\u2010-\u2015\u2212]+", "-", re.sub("[\u200b-\u200f\u2060\ufeff\xad]", "", text))
    return re.sub("[\u3000\xa0\u2000-\u200a\u202f ]+", " ", text)


@settings(max_examples=600, deadline=None)
@given(
    st.lists(st.one_of(PIECES, st.text(max_size=12), st.just("\n")), max_size=60), st.sampled_from(["a.md", "a.txt"])
)
def test_any_text_gives_a_scenario_of_its_own_commands(pieces: list[str], name: str) -> None:
    text = "".join(pieces).replace("\x00", "")  # files with one are refused
    found = session(text, name)
    prepare(native.read(author(found).text, "x.yaml"), "x.yaml")
    for item in found.items:
        if isinstance(item, Command) and item.text != "exit":
            assert all(part.strip() in plain(text) for part in item.text.split("\n"))


@given(st.text(alphabet="'\"\\<E O;|&(){}fordne\n", max_size=80))
def test_openings_of_any_text(text: str) -> None:
    opening = Opening("")
    for line in text.split("\n"):
        opening.add(line)
    assert opening.open in (True, False)


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


def test_a_web_server_is_waited_for() -> None:
    text = "Terminal 2:\n\n```\npython3 -m http.server 80\n```\n\nTerminal 1:\n\n```\ncurl 10.0.0.1\n```\n"
    going = [item for item in read_tutorial(text, "a.md").session.items if isinstance(item, Command) and item.goes_on]
    assert [item.until for item in going] == ["Serving HTTP"]


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
