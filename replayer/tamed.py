"""An output as it comes, as it may be shown on a reader's own terminal (contract C9). Pure.

What draws on its own line stays: text, colours, CR, backspace, tab, the erasing of a line. Everything else that
controls (cursor addresses, titles, modes, strings) is taken out; `screen.py` says what a person saw in the end.
"""

import re

# A sequence that is longer than this before it ends is none.
LONGEST = 4096

# A string that ends where the text does is ended by the sequence that is held back behind it, or too long.
_SEQUENCE = re.compile(
    r"\x1b\[[0-?]*[ -/]*(?P<final>[@-~])"
    r"|\x1b[\]PX^_k][^\x07\x1b\x18\x1a]*(?:\x07|\x1b\\|[\x18\x1a]|(?=\x1b)|\Z)"
    r"|\x1b[ -/]*[0-Z\\^-~]"
    r"|\x1b"
    r"|[\x00-\x07\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]"
)
_OPEN = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[\]PX^_k][^\x07\x1b\x18\x1a]*\x1b?|[ -/]*)?\Z")
_C1 = re.compile("[\x80-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]+")


class Tamed:
    """Feed it what one terminal prints, in order; `color`: whether colours stay."""

    def __init__(self, color: bool) -> None:
        self._kept = "mK" if color else ""
        self._held = ""

    def feed(self, text: str) -> str:
        """What may be shown now; half a sequence waits for the rest of it."""
        text = self._held + _C1.sub(lambda found: "\x1b" + chr(ord(found[0]) - 0x40), text)
        unended = _OPEN.search(text)
        cut = len(text) if unended is None or len(text) - unended.start() > LONGEST else unended.start()
        text, self._held = text[:cut], text[cut:]
        text = _SEQUENCE.sub(lambda found: found[0] if found["final"] and found["final"] in self._kept else "", text)
        # Bytes that were no UTF-8: put together again, they may be a character that was cut in two.
        return _SURROGATES.sub(lambda f: f[0].encode("utf-8", "surrogateescape").decode("utf-8", "replace"), text)
