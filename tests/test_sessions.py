"""Formats that tell what was typed: tests of cram, shell scripts, histories."""

import re
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replayer.sources import cram, history, native, shell
from replayer.sources.authored import author
from replayer.sources.plain import split
from replayer.sources.session import Claim, Command, Left, Remark, Session, Stopped
from replayer.tutorial import read_tutorial


def typed(session: Session) -> list[tuple[int, str]]:
    return [(item.line, item.text) for item in session.items if isinstance(item, Command)]


def left(session: Session) -> list[str]:
    return [item.text for item in session.items if isinstance(item, Left)]


class TestCram:
    def read(self, text: str) -> Session:
        return cram.read(dedent(text[1:]) if text.startswith("\n") else text)

    def claims(self, text: str) -> list[tuple[str, str, tuple[str, ...]]]:
        (command,) = (item for item in self.read(text).items if isinstance(item, Command))
        return [(claim.kind, claim.value, claim.lines) for claim in command.claims]

    def test_commands_outputs_and_what_is_said(self) -> None:
        session = self.read("""
            Two namespaces
            ==============

            # made by hand
              $ ip netns add a
              $ for i in 1 2; do
              >   echo $i
              > done
              1
              2
            """)
        assert typed(session) == [(5, "ip netns add a"), (6, "for i in 1 2; do\n  echo $i\ndone")]
        assert [i.text for i in session.items if isinstance(i, Remark)] == ["Two namespaces", "made by hand"]
        assert [i.claims for i in session.items if isinstance(i, Command)] == [
            (Claim("empty", 5),),
            (Claim("output", 9, lines=("1", "2")),),
        ]

    def test_exit_status(self) -> None:
        assert self.claims("  $ false\n  [1]\n") == [("exit", "1", ()), ("empty", "", ())]
        assert self.claims("  $ ls x\n  no x\n  [2]\n") == [("output", "", ("no x",)), ("exit", "2", ())]

    def test_patterns(self) -> None:
        assert self.claims("  $ date\n  A\n  \\d+ (re)\n  B* \\* (glob)\n  C\n") == [
            ("output", "", ("A", "...", "C")),
            ("matches", r"^(?:\d+)$", ()),
            ("matches", r"^B.*\ \*$", ()),
        ]

    def test_escapes_and_an_end_without_line_end(self) -> None:
        assert self.claims("  $ x\n  a\\tb\\xc3\\xa9\\x1b[1m! (no-eol) (esc)\n") == [("output", "", ("a\tbé!",))]

    def test_another_indentation(self) -> None:
        assert typed(cram.read("Text\n\n    $ ls\n    a\n")) == [(3, "ls")]

    def test_what_the_runner_sets_is_doubtful(self) -> None:
        (command,) = self.read("  $ . $TESTDIR/x\n").items
        assert isinstance(command, Command) and command.doubts

    def test_it_becomes_a_scenario(self) -> None:
        text = "  $ echo 17\n  [0-9]+ (re)\n  $ false\n  [1]\n"
        session = read_tutorial(text, "x.t").session
        scenario = author(session).text
        assert "expect: {matches: '^(?:[0-9]+)$'}" in scenario and "exit: 1" in scenario
        native.read(scenario, "x.yaml")


SCRIPT = """\
#!/bin/sh -e
# Two namespaces
# ==============
set -euo pipefail
NS=a   # the name

setup() {
  ip netns add "$NS"
}

link ()
{
  case $1 in
    a) ip link add v0 type dummy ;;
    b) if true; then echo '}'; fi ;;
  esac
}
setup
for i in 1 2
do
  (
    ip link add "v$i" type dummy
  ) &
done
cat <<EOF > /tmp/x
# no comment
EOF
ip netns exec $NS \\
  ping -c 1 127.0.0.1
echo "$1"
exit 0
"""


class TestShell:
    def test_commands_are_whole(self) -> None:
        assert typed(shell.read(SCRIPT)) == [
            (5, "NS=a"),
            (7, 'setup() {\n  ip netns add "$NS"\n}'),
            (11, "\n".join(SCRIPT.split("\n")[10:17])),
            (18, "setup"),
            (19, "\n".join(SCRIPT.split("\n")[18:24])),
            (25, "cat <<EOF > /tmp/x\n# no comment\nEOF"),
            (28, "ip netns exec $NS \\\n  ping -c 1 127.0.0.1"),
            (30, 'echo "$1"'),
        ]

    def test_what_would_end_the_shell_is_left(self) -> None:
        session = shell.read(SCRIPT)
        assert left(session) == ["set -euo pipefail", "exit 0"]
        assert [i.text for i in session.items if isinstance(i, Remark)] == ["Two namespaces", "the name"]
        assert [bool(i.doubts) for i in session.items if isinstance(i, Command)] == [False] * 7 + [True]

    def test_what_never_ends_is_one_line(self) -> None:
        session = shell.read("echo 'a\nls\npwd\n")
        assert typed(session) == [(1, "echo 'a"), (2, "ls"), (3, "pwd")]

    def test_functions_are_required_of_no_machine(self) -> None:
        scenario = author(read_tutorial(SCRIPT, "x.sh").session).text
        assert "commands: [ip, cat, ping]" in scenario

    def test_endless_commands_are_stopped(self) -> None:
        session = read_tutorial("#!/bin/bash\ntcpdump -i lo\nls $NOWHERE\n", "x.sh").session
        assert [type(item) for item in session.items] == [Command, Stopped, Left]


class TestHistory:
    def test_bash(self) -> None:
        session = history.read("ip link\nfor i in 1; do\n  echo $i\ndone\n# note\nvim x\nhistory\nexit\n")
        assert typed(session) == [(1, "ip link"), (2, "for i in 1; do\n  echo $i\ndone")]
        assert left(session) == ["vim x", "history", "exit"]

    def test_bash_with_times(self) -> None:
        session = history.read(
            "#1700000000\nip link\n#1700000001\ncat <<E\n# x\nE\n#1700000002\necho 'a\n#1700000003\nls\n"
        )
        assert typed(session) == [(2, "ip link"), (4, "cat <<E\n# x\nE"), (8, "echo 'a"), (10, "ls")]

    def test_zsh(self) -> None:
        session = history.read(
            ": 1700000000:0;ip link\n: 1700000001:5;for i in 1; do\\\necho $i\\\ndone\n: 1700000002:0;ls\n"
        )
        assert typed(session) == [(1, "ip link"), (2, "for i in 1; do\necho $i\ndone"), (5, "ls")]

    def test_fish_and_printed(self) -> None:
        assert typed(history.read("- cmd: ip link\n  when: 1\n- cmd: a\\nb\n  when: 2\n")) == [
            (1, "ip link"),
            (3, "a\nb"),
        ]
        assert typed(history.read("  501  ip link\n  502* 2024-01-01 10:00:00 ls\n")) == [(1, "ip link"), (2, "ls")]

    def test_a_nested_shell_is_left_again(self) -> None:
        assert [t for _, t in typed(history.read("ip netns exec a bash\nip link\nexit\nls\nexit\n"))] == [
            "ip netns exec a bash",
            "ip link",
            "exit",
            "ls",
        ]


READERS = {"cram": cram.read, "shell": shell.read, "history": history.read}
PIECES = [
    *"$ > # #1700000000 : 1700000000:0; - cmd: (re) (glob) (esc) [1] \\ ' \" ( ) { } $( <<E".split(),
    *"E for do done if fi case [ * | &&".split(),
    *[
        "  $ ",
        "  > ",
        "  ",
        "\n",
        "\n",
        "\n  $ ls\n",
        "\r\n",
        "\0",
        "\x1b[2J",
        "ip link",
        "网络",
        "set -e",
        "\\x",
        "[",
        "*",
        "|",
        "&&",
    ],
]


@pytest.mark.parametrize("name", READERS)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40).map("".join))
@settings(deadline=None, max_examples=300)
def test_every_text_is_read_and_its_commands_stand_in_it(name: str, text: str) -> None:
    lines = split(text)
    for item in READERS[name](text).items:
        if isinstance(item, Command):
            there = "\n".join(lines[item.line - 1 :])
            for word in re.findall(r"[A-Za-z0-9\u4e00-\u9fff]+", item.text):
                assert word in there, item
