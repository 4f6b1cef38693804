"""Tutorials in the encodings that they are written in."""

import quopri
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replayer.cli.importing import import_tutorial
from replayer.problems import ScenarioError
from replayer.sources import read_tutorial_text
from replayer.sources.encodings import decode, likely

CHINESE = (
    "首先创建两个网络命名空间，然后测试它们之间是否连通。\n\n# ip netns add ns1\n# ip netns\nns1\n\n结果是不通的。\n"
)
TRADITIONAL = "首先建立兩個網路命名空間，然後測試它們之間是否連通。\n\n$ ip netns add ns1\n\n結果是不通的。\n"
JAPANESE = "まずネットワーク名前空間を作成し、疎通を確認します。\n\n# ip netns add ns1\n\nつながりません。\n"
KOREAN = "먼저 네트워크 네임스페이스를 만들고 통신이 되는지 확인합니다.\n\n# ip netns add ns1\n"
RUSSIAN = "Сначала создадим пространство имён, потом проверим связь.\n\n# ip netns add ns1\n"
FRENCH = "D'abord on crée l'espace de noms, puis on vérifie qu'il répond : ça marche très bien.\n\n# ip netns add ns1\n"
GERMAN = (
    "Zuerst für jeden Rechner einen Namensraum; die Brücke läuft danach über die Außenwelt.\n\n# ip netns add ns1\n"
)


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        (CHINESE, "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "big5"),
        (JAPANESE, "cp932", "shift_jis"),
        (JAPANESE, "euc_jp", "euc_jp"),
        (KOREAN, "euc_kr", "euc_kr"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8_r", "koi8_r"),
        (FRENCH, "cp1252", "windows-1252"),
        (GERMAN, "cp1252", "windows-1252"),
    ],
)
def test_what_is_not_utf8_is_told_with_what_it_may_be(tmp_path: Path, text: str, encoding: str, named: str) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(text.encode(encoding))
    with pytest.raises(ScenarioError) as raised:
        read_tutorial_text(path)
    said = str(raised.value)
    place = next(n for n, sign in enumerate(text, 1) if not sign.isascii())
    assert said.startswith(f"{path}:1:{place}: the byte 0x")
    assert f"--encoding {named} (“" in said
    assert read_tutorial_text(path, named) == text
    assert next(likely(text.encode(encoding)))[0] == named


def test_a_sample_shows_what_it_would_read() -> None:
    assert next(likely(CHINESE.encode("gb18030"))) == ("gb18030", CHINESE[:24])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells(tmp_path: Path, encoding: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(CHINESE.encode(encoding))
    assert read_tutorial_text(path) == CHINESE
    assert import_tutorial(path, "", None, False) == 0
    assert "- run: ip netns add ns1" in capsys.readouterr().out


@pytest.mark.parametrize(
    "head", ['<meta charset="gb2312">', "<META http-equiv=Content-Type content='text/html; charset=GBK'>"]
)
def test_a_page_says_its_encoding(head: str) -> None:
    page = f"<html><head>{head}<title>名前</title></head><body><p>{CHINESE}</p></body></html>"
    assert decode(page.encode("gb18030"), "a.html") == page
    # Browsers save pages in UTF-8 and leave what they said before.
    assert decode(page.encode(), "a.html") == page


def test_an_encoding_that_is_wrong_is_told_with_its_place() -> None:
    with pytest.raises(ScenarioError, match=r"a.txt:2:3: the byte 0xff is not gb18030"):
        decode("通\nab".encode("gb18030") + b"\xff", "a.txt", "gb18030")
    with pytest.raises(ScenarioError, match="the encoding 'klingon' is not known; one of euc_kr, gb18030"):
        decode(b"", "a.txt", "klingon")
    with pytest.raises(ScenarioError, match="not known"):
        decode(b"", "a.txt", "base64")
    with pytest.raises(ScenarioError, match="binary"):
        decode(b"\x7fELF\0\0\xff", "a.txt")
    with pytest.raises(ScenarioError, match=r"a.md:2:8: this is a binary file: here stands a NUL.*--encoding"):
        decode(b"```\n$ ip -c\0 link\n```\n", "a.md")


def test_an_archive_of_a_page_is_the_page() -> None:
    page = "<html><body><p>如下=</p><pre>$ ip netns add ns1\n</pre></body></html>"
    lines = [
        "From: <Saved by Blink>", "Snapshot-Content-Location: https://e.org/a", "Subject: =?utf-8?Q?=E9?=",
        "MIME-Version: 1.0", "Content-Type: multipart/related;",
        '\ttype="text/html";', '\tboundary="----B----"', "", "",
        "------B----", "Content-Type: text/html; charset=utf-8", "Content-Transfer-Encoding: quoted-printable", "",
        quopri.encodestring(page.encode()).decode(),
        "------B----", "Content-Type: text/css", "", "p {}", "------B------", "",
    ]  # fmt: skip
    archive = "\r\n".join(lines)
    assert decode(archive.encode(), "a.mhtml").strip() == page


@given(st.binary(max_size=60), st.sampled_from(["", "utf-16", "gb18030", "punycode", "idna", "rot13", "x" * 99]))
def test_any_bytes_are_a_text_or_an_error(raw: bytes, encoding: str) -> None:
    try:
        decode(raw, "a.txt", encoding)
    except ScenarioError as error:
        assert str(error)
