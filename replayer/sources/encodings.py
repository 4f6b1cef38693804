"""The bytes of a tutorial -> its text: UTF-8, what a byte order mark or an HTML page says, or what a person says.

Nothing is guessed: what cannot be read is an error that shows how the text would read in the likely encodings. A page
that was saved with its pictures (MHTML) is unpacked.
"""

import codecs
import re
from collections.abc import Callable, Iterator

from replayer.problems import Position, Problem, ScenarioError, visible

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<(?:meta\b[^>]{0,200}?charset|\?xml\b[^>]{0,100}?encoding)\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.I
)
_ARCHIVE = re.compile(
    rb"\s{0,9}(?:[\w-]{1,60}:[^\n]{0,2000}\n[ \t]{0,9}){0,20}?Content-Type:\s{0,9}multipart/related", re.I
)
# What pages call it -> what browsers take it for (WHATWG, Encoding, 4.2).
_MEANT = {
    "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932", "shift-jis": "cp932",
    "x-sjis": "cp932", "sjis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "iso-8859-1": "cp1252",
    "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "iso-8859-9": "cp1254", "x-gbk": "gb18030",
}  # fmt: skip


def _often(first: int, last: int, encoding: str) -> Callable[[str], bool]:
    """Whether a character stands in the part of a character set where the usual ones do."""

    def usual(sign: str) -> bool:
        if sign in "，。、：；？！（）《》「」“”·…—　":
            return True
        try:
            raw = sign.encode(encoding)
        except UnicodeEncodeError:
            return False
        return len(raw) == 2 and first <= raw[0] <= last

    return usual


def _kana(sign: str) -> bool:
    return "\u3040" <= sign <= "\u30ff"


def _japanese(first: int, last: int, encoding: str) -> Callable[[str], bool]:
    kanji = _often(first, last, encoding)
    return lambda sign: _kana(sign) or kanji(sign)


# Encoding -> whether a character that is not ASCII is one that texts in it have. Of two that fit about equally the
# first is likelier: its usual characters are fewer.
_LIKELY: dict[str, Callable[[str], bool]] = {
    "euc_kr": lambda sign: "\uac00" <= sign <= "\ud7a3",
    "gb18030": _often(0xB0, 0xD7, "gb2312"),
    "big5": _often(0xA4, 0xC6, "big5"),
    "shift_jis": _japanese(0x88, 0x97, "cp932"),
    "euc_jp": _japanese(0xB0, 0xCF, "euc_jp"),
    "windows-1251": lambda sign: "а" <= sign <= "я" or sign in "ёіїєґ«»—№",
    "koi8_r": lambda sign: "а" <= sign <= "я" or sign == "ё",
    "windows-1252": lambda sign: sign in "àâäåæçéèêëìíîïñòóôöøùúûüßœÀÄÅÉÖÜ«»¿¡‘’“”–—…°·",
}
# Japanese texts have kana, whatever else fits.
_NEEDS_KANA = frozenset({"shift_jis", "euc_jp"})
# No word has letters of both; in French read as Cyrillic nearly all have.
_MIXED = re.compile(r"[A-Za-z][а-яё]+|[а-яё]+[A-Za-z]")
_NOBODYS = frozenset("idna punycode undefined unicode_escape raw_unicode_escape utf_7 utf-7 mbcs oem".split())
_ENOUGH = 0.6
_MOST = 20_000  # bytes that are looked at
_SAMPLE = 24


def decode(raw: bytes, path: str, encoding: str = "") -> str:
    """The text of a file, or of the page in an archive of one. `encoding`: as a person says; empty: as the bytes do.

    Raises ScenarioError, also for an encoding that nobody knows, and for what is no text in it.
    """
    text = _text(raw, path, encoding)
    before, nul, _ = text.partition("\0")
    if nul:
        mend = "a tutorial is text; if it is UTF-16, name its --encoding: utf-16-le or utf-16-be"
        raise _problem(path, *_place(before), "this is a binary file: here stands a NUL", mend)
    return text


def _text(raw: bytes, path: str, encoding: str) -> str:
    if encoding:
        return _decoded(raw, path, _known(encoding, path))
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _decoded(raw[len(mark) :], path, name)
    if _ARCHIVE.match(raw[:20_000]):
        raw = _page_in(raw)
    declared = _DECLARED.search(raw[:5_000])
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        if declared is not None:
            return _decoded(raw, path, _known(declared[1].decode(), path))
        if b"\0" in raw:
            raise _problem(path, 0, 0, "this is a binary file", "a tutorial is text") from None
        raise _unknown(raw, error, path) from None


def _known(encoding: str, path: str) -> str:
    name = _MEANT.get(encoding.lower(), encoding)
    try:
        found = codecs.lookup(name)
        # base64, zip and the like are codecs too.
        text = found._is_text_encoding and name.lower() not in _NOBODYS
    except (LookupError, ValueError):
        text = False
    if not text:
        raise _problem(path, 0, 0, f"the encoding {encoding!r} is not known", f"one of {', '.join(_LIKELY)}")
    return name


def _decoded(raw: bytes, path: str, encoding: str) -> str:
    try:
        return raw.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line, column = _place(raw[: error.start].decode(encoding, "replace"))
        what = f"the byte 0x{raw[error.start]:02x} is not {encoding}"
        raise _problem(path, line, column, what, "save the file as UTF-8, or name its --encoding") from None


def _unknown(raw: bytes, error: UnicodeDecodeError, path: str) -> ScenarioError:
    line, column = _place(raw[: error.start].decode())
    fit = [f"{name} (“{sample}”)" for name, sample in likely(raw)]
    mend = f"if it reads so: --encoding {' or '.join(fit)}" if fit else "save the file as UTF-8, or name its --encoding"
    return _problem(path, line, column, f"the byte 0x{raw[error.start]:02x} is not UTF-8", mend)


def _place(before: str) -> tuple[int, int]:
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def likely(raw: bytes) -> Iterator[tuple[str, str]]:
    """The encodings that bytes may be in, the likeliest first, and how their first words that are not ASCII read."""
    part = raw[:_MOST].rpartition(b"\n")[0] if len(raw) > _MOST else raw
    found = []
    for name, usual in _LIKELY.items():
        try:
            text = part.decode(name)
        except UnicodeDecodeError:
            continue
        signs = [sign for sign in _MIXED.sub("\ufffd", text) if not sign.isascii()]
        share = sum(map(usual, signs)) / max(1, len(signs))
        if share >= _ENOUGH and (name not in _NEEDS_KANA or any(map(_kana, signs))):
            found.append((round(10 * share), name, _sample(text)))
    yield from ((name, sample) for _, name, sample in sorted(found, key=lambda one: -one[0])[:3])


def _sample(text: str) -> str:
    first = next((line.strip() for line in text.split("\n") if not line.isascii()), "")
    at = max(0, next(n for n, sign in enumerate(first) if not sign.isascii()) - 3) if first else 0
    return visible(first[at : at + _SAMPLE].strip())


def _page_in(raw: bytes) -> bytes:
    """The first page in an archive, in UTF-8; the bytes themselves where there is none."""
    import email  # for archives alone

    for part in email.message_from_bytes(raw).walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = part.get_payload(decode=True)
            charset = part.get_content_charset("")
            if isinstance(page, bytes):
                try:
                    return page.decode(_MEANT.get(charset, charset) or "utf-8").encode() if charset else page
                except (LookupError, ValueError):
                    return page
    return raw


def _problem(path: str, line: int, column: int, what: str, mend: str) -> ScenarioError:
    return ScenarioError([Problem(Position(path, line, column), what, mend)])
