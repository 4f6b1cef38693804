"""The event stream for `--json`: one JSON object a line, an event as the recording has it (replayer/events.py),
with the name of its scenario before it."""

import json

from replayer.events import Event, to_json


def line(name: str, event: Event) -> str:
    """One line, without its line end.

    >>> from replayer.events import Skipped
    >>> line("vepa", Skipped(0.5, "when not x", 3))
    '{"scenario":"vepa","event":"skipped","at":0.5,"reason":"when not x","step":3}'
    """
    head = json.dumps(name, ensure_ascii=not _is_utf8(name))
    return '{"scenario":' + head + "," + to_json(event).removeprefix("{")


def _is_utf8(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
