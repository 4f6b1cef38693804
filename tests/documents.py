"""Documents as tests look at them, and two that a terminal received."""

from textwrap import dedent

from replayer.sources import html, markdown
from replayer.sources.document import Document

Shown = list[tuple[str, list[tuple[int, str]]]]
TYPESCRIPT = (
    'Script started on 2024-01-01 10:00:00+00:00 [TERM="xterm" COLUMNS="80" LINES="24"]\n'
    "\x1b[?2004hroot@h:~# ip lnik\x08 \x08\x08 \x08\x08 \x08ink\r\n\x1b[?2004l\r1: lo\r\nroot@h:~# clear\r\n"
    "\x1b[H\x1b[2J\x1b[3J\x1b]0;title\x07root@h:~# \x1b[1mls\x1b[0m\r\n1%\r100%\r\n"
    '\x1b[?1049hvim junk\x1b[?1049lroot@h:~# exit\r\n\nScript done on 2024-01-01 [COMMAND_EXIT_CODE="0"]\n'
)
CAST = [
    '{"version": 2, "width": 80, "height": 24, "title": "Demo"}',
    '[0.1, "o", "$ "]',
    '[0.2, "o", "l"]',
    '[0.3, "o", "s\\r\\na\\r\\n"]',
    '[0.4, "o", "b\\r\\n$ "]',
    '[0.5, "m", "second"]',
    '[0.6, "i", "i"]',
    '[0.7, "o", "id\\r\\nuid=0\\r\\n"]',
]


def shown(document: Document, *kinds: str) -> Shown:
    """Blocks of some kinds (all if none is named), with the numbers of their lines."""
    return [(b.kind, [(n.number, n.text) for n in b.lines]) for b in document.blocks if not kinds or b.kind in kinds]


def md(text: str, *kinds: str) -> Shown:
    return shown(markdown.read(dedent(text).lstrip("\n")), *kinds)


def page(text: str, *kinds: str) -> Shown:
    return shown(html.read(dedent(text).lstrip("\n")), *kinds)
