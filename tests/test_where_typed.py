"""In which terminal something was typed, in which nested shell, and until when what never ends went on."""

import pytest

from replayer.sources.session import Command, Remark, Stopped
from replayer.tutorial import read_tutorial
from tests.tutorials import fenced, session, terminals, typed


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
    assert terminals(text) == ["terminal2", terminal]


def test_words_send_to_another_terminal_of_the_same_host() -> None:
    text = fenced("root@h:~# ip link") + "In another console:\n\n" + fenced("root@h:~# ip addr", "root@g:~# ip rule")
    assert terminals(text) == ["main", "terminal2", "g"]


def test_hosts_without_users_are_terminals_unless_a_command_leads_there() -> None:
    text = fenced("m1# ip link", "m2# ip link", "m1# ip netns exec c bash", "c# ip addr", "m2# ip addr", "c# ip rule")
    assert terminals(text) == [
        "main",
        "m2",
        "main",
        "main",
        "m2",
        "main",
    ]


def test_prompts_of_shells_and_users_are_no_machines() -> None:
    text = fenced("user$ ip link", "root# ip link", "bash-5.1# ip addr")
    assert set(terminals(text)) == {"main"}


def test_hosts_in_prompts_are_terminals() -> None:
    text = fenced("root@a:~# ip link", "root@b:~# ip link", "root@a:~# ip addr")
    assert terminals(text) == ["main", "b", "main"]


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


def test_a_comment_that_was_typed_and_the_end_of_the_authors_shell() -> None:
    assert typed("$ # two of them\n$ ip link\n$ exit\nexit\n", "a.txt") == ["ip link"]
    assert typed("$ ip netns exec a sh\n$ ip link\n$ exit\n", "a.txt") == ["ip netns exec a sh", "ip link", "exit"]


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


def test_a_web_server_is_waited_for() -> None:
    text = "Terminal 2:\n\n```\npython3 -m http.server 80\n```\n\nTerminal 1:\n\n```\ncurl 10.0.0.1\n```\n"
    going = [item for item in read_tutorial(text, "a.md").session.items if isinstance(item, Command) and item.goes_on]
    assert [item.until for item in going] == ["Serving HTTP"]
