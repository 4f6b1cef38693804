"""Text that a run printed, made fit for a report (contract C9)."""

import re

# XML 1.0, production 2 (Char), names what a document can hold; no other form gains by the rest:
# C0 and C1 controls but tab and line feed, lone surrogates, U+FFFE and U+FFFF.
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# So much of one text is shown; the recording has all of it.
MOST = 100_000
MOST_MESSAGE = 1_000


def cleaned(text: str) -> str:
    """Control characters shown as pictures of themselves (ESC as ␛), what else no report can hold as U+FFFD.

    >>> cleaned("a\\x1b[1mb\\x00\\udcff")
    'a␛[1mb␀\ufffd'
    """
    return UNFIT.sub(_picture, text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else "\ufffd"


def shortened(text: str, most: int = MOST) -> str:
    """At most so many characters, the middle left out, which is said."""
    if len(text) <= most:
        return text
    half = most // 2
    return f"{text[:half]}\n… {len(text) - 2 * half} characters left out; the recording has them …\n{text[-half:]}"


def one_line(text: str) -> str:
    """All of a text on one line, cut where it is long.

    >>> one_line("expected 1\\nobserved 2")
    'expected 1 observed 2'
    """
    line = " ".join(text.splitlines())
    return line if len(line) <= MOST_MESSAGE else line[:MOST_MESSAGE] + "…"
