"""What a terminal received -> documents."""

import pytest

from replayer.sources import asciicast, typescript
from replayer.sources.session import Command
from replayer.tutorial import read_tutorial
from tests.documents import CAST, TYPESCRIPT, shown


class TestTerminals:
    """What a terminal received."""

    def test_a_typescript(self) -> None:
        assert shown(typescript.read(TYPESCRIPT)) == [
            ("code", [(2, "root@h:~# ip link"), (3, "1: lo"), (4, "root@h:~# clear")]),
            ("code", [(5, "root@h:~# ls"), (6, "100%")]),
            ("code", [(7, "root@h:~# exit")]),
        ]
        session = read_tutorial(TYPESCRIPT, "typescript").session
        assert [i.text for i in session.items if isinstance(i, Command)][:1] == ["ip link"]

    def test_a_recording_of_version_2(self) -> None:
        document = asciicast.read("\n".join(CAST))
        assert document.title == "Demo" and not document.warnings
        assert shown(document) == [
            ("code", [(4, "$ ls"), (4, "a"), (5, "b")]),
            ("prose", [(6, "second")]),
            ("code", [(8, "$ id"), (8, "uid=0")]),
        ]

    def test_other_versions(self) -> None:
        third = (
            '{"version": 3, "term": {"cols": 80, "rows": 24}}\n# a comment\n[0.1, "o", "$ ls\\r\\n"]\n[1, "x", "0"]\n'
        )
        assert shown(asciicast.read(third)) == [("code", [(3, "$ ls")])]
        first = '{"version": 1, "width": 80, "height": 24,\n"stdout": [[0.1, "$ l"], [0.2, "s\\r\\n"]]}'
        assert shown(asciicast.read(first)) == [("code", [(1, "$ ls")])]

    def test_half_a_character_is_none(self) -> None:
        text = '{"version": 2, "title": "a\\ud800"}\n[1, "o", "$ echo \\udc00\\r\\n"]\n[2, "m", "say \\ud800"]\n'
        document = asciicast.read(text)
        assert document.title == "a\ufffd"
        assert shown(document) == [("code", [(2, "$ echo \ufffd")]), ("prose", [(3, "say \ufffd")])]

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "{",
            "{}",
            "[]",
            "null\n1",
            '{"stdout": 1}',
            '{"version": 2, "width": "x"}\n[1]\n[1, "o", 2]',
            "[" * 99_999,
        ],
    )
    def test_what_is_no_recording_is_said(self, text: str) -> None:
        assert asciicast.read(text).warnings
