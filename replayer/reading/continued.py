"""A command of several lines, whole."""

import re
from collections.abc import Sequence

from replayer.reading.grammar import is_command
from replayer.reading.prompts import Style
from replayer.sources.document import Line
from replayer.sources.opening import Opening, Patience

# A comment behind a backslash, which no shell takes.
_AFTER_BACKSLASH = re.compile(r"(?<=\s)\\\s+#\s.*$")
_HEREDOC = re.compile(r"<<\s*['\"\\]?[A-Za-z_]")
_ASKED = re.compile(r"^\s*(?:>(?:\s|$)|[$#]\s+(?=--?\w))")
# A command of several lines that has not ended by then does not end at all.
_MOST_LINES = 400


class Continued:
    """Reads on from the first line of a command."""

    def __init__(self) -> None:
        self._patience = Patience(_MOST_LINES)

    def read(self, lines: Sequence[Line], at: int, text: str, style: Style | None) -> tuple[int, str]:
        """The line after a command that begins with `text`, and all of it; 0 if it does not end. `style`: of prompts,
        where one stands before it."""
        opening = Opening(text)
        parts = [text]
        asked = False  # whether the line before had the prompt of a shell that wants more
        while opening.open and at < len(lines) and self._patience.is_left:
            more = lines[at].text
            if style is not None and not opening.document:
                again = style.read(more)
                if again is not None and again.family != "arrow" and is_command(again.typed):
                    self._patience.end(found=True)  # or as good as that
                    return 0, text
            if style is not None and (not opening.document or len(parts) == 1 or asked):
                asked = bool(_ASKED.match(more))
                more = _ASKED.sub("", more)
            more = _AFTER_BACKSLASH.sub(r"\\", more.rstrip())
            parts.append(more)
            opening.add(more)
            self._patience.spend(more)
            at += 1
        self._patience.end(found=not opening.open)
        if opening.open:
            return 0, text
        indent = re.match(r"[ \t]*", parts[-1])
        if indent and indent[0] and _HEREDOC.search(parts[0]) and parts[-1].strip().isidentifier():
            # A list or a page moved it: its end must stand at the beginning of a line.
            parts[1:] = [part.removeprefix(indent[0]) for part in parts[1:]]
        return at, "\n".join(parts)
