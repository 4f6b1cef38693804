"""Prompts of shells that people have made their own."""

import pytest

from tests.tutorials import PING, claims, doubts, fenced, session, typed

COMMANDS = ["ip link add br8 type bridge", "ip link set br8 up", "ip addr add 10.0.0.1/24 dev br8", PING]
REPLY = "64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.1 ms"


@pytest.mark.parametrize(
    "prompt",
    [
        "~/lab $ ",
        "~/lab main$ ",
        "~/lab ❯ ",
        "~/lab main ❯ ",
        "~/lab on main ❯ ",
        "~/lab (main) » ",
        "/srv/lab λ ",
        "λ ",
        "[12:00:01] root@h:~# ",
        "[12:00] h:~# ",
        "[12:00:01] $ ",
        "└─$ ",
        "╰─# ",
    ],
)
def test_a_prompt_is_told_from_the_command(prompt: str) -> None:
    lines = [prompt + command for command in COMMANDS]
    assert typed(fenced(*lines)) == COMMANDS
    assert typed("\n".join(fenced(line) for line in lines)) == COMMANDS
    assert doubts(fenced(*lines)) == []


@pytest.mark.parametrize("prompt", ["~/lab main ❯ ", "❯ ", "└─$ "])
def test_it_is_one_in_a_paragraph_too(prompt: str) -> None:
    text = "Make it:\n\n" + "".join(f"{prompt}{command}\n" for command in COMMANDS) + "\nThat is all.\n"
    assert typed(text) == typed(text, "a.rst") == COMMANDS


@pytest.mark.parametrize("head", ["┌──(kali㉿kali)-[~]", "╭─me@h ~/lab ‹main›"])
def test_the_upper_line_of_a_prompt_is_no_output(head: str) -> None:
    text = fenced(head, f"└─$ {PING}", REPLY, "", head, "└─$ ip link show", "", head, "└─$ ")
    assert claims(text) == {PING: [("outcome", "通")], "ip link show": []}


def test_the_time_in_a_prompt_is_no_machine() -> None:
    assert typed(fenced("[12:59:58] $ ip link", "[13:00:01] $ exit", "[13:00:02] $ ip addr")) == [
        "ip link",
        "exit",
        "ip addr",
    ]


@pytest.mark.parametrize(
    "line", ["λ is the rate of pings", "λ = 3", "/usr/share and ~/lab: 3 files", "┌── eth0", "└── sub", "└─ $HOME"]
)
def test_what_only_begins_so_is_no_prompt(line: str) -> None:
    assert typed(fenced("$ ip link", line)) == ["ip link"]


RECORDED = [f"# {PING}", REPLY, "# ip link set br8 up", "# ip addr", "1: lo: <LOOPBACK> mtu 65536"]


@pytest.mark.parametrize("command", ["tail -n 5 wire.txt", "cat wire.txt", "head wire.txt"])
def test_a_session_in_a_file_that_is_printed_is_not_typed(command: str) -> None:
    assert typed(fenced("$ ip link", f"$ {command}", *RECORDED, "$ ip route")) == ["ip link", command, "ip route"]


def test_another_prompt_below_a_file_is_typed_at_where_it_is_none_of_the_file() -> None:
    def below(*lines: str) -> list[str]:
        return typed(fenced("$ ip link", *lines, "# ip link set br8 up", "# ip link set br8 down"))

    assert below("$ cat /proc/sys/net/ipv4/ip_forward")[2:] == ["ip link set br8 up", "ip link set br8 down"]
    assert below("$ cat /etc/hosts", "127.0.0.1 localhost")[2:] == ["ip link set br8 up", "ip link set br8 down"]
    assert below("$ tail -f /var/log/syslog")[2:] == ["ip link set br8 up", "ip link set br8 down"]
    two = fenced("me@h:~$ cat /etc/hosts", "root@h:~# ip link set br8 up")
    assert typed(two) == ["cat /etc/hosts", "ip link set br8 up"]


@pytest.mark.parametrize("prompt", ["▶ ", "12:00:01 root@h:~# ", "me in ~/lab λ "])
def test_a_prompt_that_nobody_knows_is_told(prompt: str) -> None:
    (doubt,) = session(fenced(*(prompt + command for command in COMMANDS))).doubts
    assert (
        doubt.what == f"{prompt.strip()!r} stands before 4 commands that were not read: it is no prompt that is known"
    )
    assert len(session(fenced(f"{prompt}ip link")).doubts) == 1


@pytest.mark.parametrize("before", ["$ ", "# ", "• ", "- ", "└─ ", "用: ", "用： ", "1. "])
def test_what_else_stands_before_commands_is_no_prompt_to_tell_of(before: str) -> None:
    assert session(fenced(*(before + command for command in COMMANDS))).doubts == ()


def test_a_sign_before_one_line_is_no_prompt_where_commands_were_read() -> None:
    assert session(fenced("$ ip link", "→ ip link shows them")).doubts == ()
