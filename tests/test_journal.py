"""What a terminal sent and received -> commands and remarks; those of several terminals -> a journal and a scenario."""

import pytest

from replayer.drafting import drafts, scenario
from replayer.journal import Entry, Head, Noted, Over, Ran, happened, read_journal, to_line
from replayer.session import BY_KEYS, Drop, Note, Session, remark_of


def test_comments_are_remarks() -> None:
    assert remark_of("  # 中文 #x ") == Note("中文 #x")
    assert remark_of("#重要") == Note("重要")
    assert remark_of("#drop") == Drop()
    assert remark_of("# drop") == Note("drop")
    assert remark_of("ls # x") is None
    assert remark_of("# a\nls") is None


def mark(kind: str, status: int = 0, tail: str = "") -> bytes:
    return f"\x1b]133;{kind};{status};replay=n;{tail}\x07".encode()


def test_a_remark_is_seen_in_the_history_and_answered() -> None:
    told: list[object] = []

    def tell(fact: object, over: bool) -> str:
        told.append(fact)
        return "so\r\n"

    session = Session("n", "x", 80, 24, told=tell)
    session.received(mark("H", 0, "    1  ls\r\n") + mark("D") + b"x:~#")
    assert session.received(b"# hello\r\n" + mark("H", 0, "    2  # hello\r\n") + mark("D")) == b"# hello\r\nso\r\n"
    assert session.received(b"\r\n" + mark("H", 0, "    2  # hello\r\n") + mark("D")) == b"\r\n"
    session.received(b"#drop\r\n" + mark("H", 0, "    3  #drop\r\n") + mark("D"))
    assert told == [Note("hello"), Drop()]


def test_a_command_that_the_history_does_not_have_is_not_taken_for_another() -> None:
    session = Session("n", "x", 80, 24)
    session.received(mark("H", 0, "    3  set +o history") + mark("D") + b"x:~# echo lost\r\n")
    session.received(mark("C", 0, "    3  set +o history") + b"lost\r\n" + mark("H", 0, "    3  set") + mark("D"))
    [one] = session.commands
    assert one.command == "echo lost"
    assert one.alone


def test_what_is_pasted_is_not_sent_to_the_first_command() -> None:
    session = Session("n", "x", 80, 24)
    session.received(mark("D") + mark("C", 0, "    1  sleep 1"))
    session.typed(b"yes\r# so\recho a\recho b\r", lines=True)
    session.received(b"yes\r\n# so\r\necho a\r\necho b\r\n" + mark("H", 0, "    1  sleep 1") + mark("D"))
    session.received(mark("H", 0, "    2  # so") + mark("D") + mark("C", 0, "    3  echo a"))
    session.received(b"a\r\n" + mark("D") + mark("C", 0, "    4  echo b") + b"b\r\n" + mark("D"))
    assert [(one.command, one.sent, one.output) for one in session.commands] == [
        ("sleep 1", ["yes"], "yes\n"),
        ("echo a", [], "a\n"),
        ("echo b", [], "b\n"),
    ]


def test_what_is_not_shown_is_not_kept() -> None:
    session = Session("n", "x", 80, 24)
    session.received(mark("D") + mark("C", 0, "    1  read -s x"))
    session.typed(b"secret\r", lines=True, echoed=False)
    session.received(mark("D"))
    assert session.commands[0].alone
    assert "secret" not in str(session.commands)


def test_the_order_of_two_terminals() -> None:
    entries = [
        Entry(kind="begun", at=0.0, terminal="b", number=1, text="nc -l 9"),
        Entry(kind="begun", at=1.0, terminal="main", number=2, text="echo x | nc h 9", shown={"b": ""}),
        Entry(kind="ended", at=2.0, terminal="b", number=1, text="nc -l 9", output="x\n", exit=0),
        Entry(kind="ended", at=2.1, terminal="main", number=2, text="echo x | nc h 9", exit=0),
        Entry(kind="note", at=3.0, terminal="b", text="so"),
        Entry(kind="begun", at=4.0, terminal="main", number=3, text="vi"),
        Entry(kind="ended", at=5.0, terminal="main", number=3, text="vi", alone=BY_KEYS),
        Entry(kind="drop", at=6.0, terminal="b"),
    ]
    kinds = [type(one) for one in happened(entries)]
    assert kinds == [Ran, Ran, Over, Ran]
    text = scenario(["title: x", "steps:"], drafts(happened(entries))).text
    assert "  - run: nc -l 9\n    terminal: b\n    until: ''\n  - wait: 1s\n    show: none\n  - run: echo x" in text
    assert "  - wait: b\n" in text
    assert "#   vi\n" in text
    lines = [to_line(Head(journal=1, title="通")), *map(to_line, entries)]
    head, again = read_journal([f"{line}\n" for line in lines] + ['{"cut'])
    assert head.title == "通"
    assert again == entries
    assert not any(isinstance(one, Noted) for one in happened(again))


def test_what_is_typed_up_to_ctrl_d_is_a_here_document() -> None:
    session = Session("n", "x", 80, 24)
    session.received(mark("D") + mark("C", 0, "    1  cat > x"))
    for keys in (b"a 1\r", b"EOF\r", b"\x04"):
        session.typed(keys, lines=True)
    session.received(b"a 1\r\nEOF\r\n" + mark("D") + mark("C", 0, "    2  cat | wc"))
    session.typed(b"b\r\x04", lines=True)
    session.received(b"b\r\n1 1 2\r\n" + mark("D"))
    text = scenario(
        ["title: x", "steps:"], drafts([Ran(n, "main", one, n, n) for n, one in enumerate(session.commands)])
    ).text
    assert "  - run: |-\n      cat > x <<'EOF_'\n      a 1\n      EOF\n      EOF_\n" in text
    assert "  #   cat | wc\n" in text


@pytest.mark.parametrize(
    "text", ["", "\n", "{}\n", '{"journal": 9}\n', "[]\n", '{"journal": 1}\n{"kind": "x"}\n', "nul\0\n"]
)
def test_what_is_no_journal_is_said(text: str) -> None:
    with pytest.raises(ValueError, match=r"^\d+:1: "):
        read_journal(text.splitlines(keepends=True))
