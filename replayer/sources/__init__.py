"""text -> Scenario, one file a format. `load` reads a file and picks the source by its name."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

from replayer.problems import Position, Problem, ScenarioError, nearest
from replayer.scenario import Scenario
from replayer.sources import native
from replayer.sources.detection import is_tutorial

# name -> (text, path) -> Scenario; raises ScenarioError
SOURCES: dict[str, Callable[[str, str], Scenario]] = {"native": native.read}
SUFFIXES = {".yaml": "native", ".yml": "native"}
MOST_BYTES = 8 * 1024 * 1024


def load(path: str | Path) -> Scenario:
    """The scenario in a file. Raises ScenarioError with every problem, also if the file cannot be read."""
    if is_tutorial(str(path)) and Path(path).is_file():
        mend = "`replay verify` plays it, `replay import` makes a scenario of it"
        raise _unreadable(str(path), "this is a tutorial, no scenario", mend)
    text = read_text(path)
    source = SOURCES[SUFFIXES.get(Path(path).suffix, "native")]
    return source(text, str(path))


def read_text(path: str | Path) -> str:
    """The UTF-8 text of a file.

    Raises ScenarioError: missing, a directory, binary, not UTF-8, empty, too large.
    """
    shown, raw = str(path), read_bytes(path)
    if b"\0" in raw:
        raise _unreadable(shown, "this is a binary file", "a scenario is UTF-8 text")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The codec counts from after a byte order mark.
        body = raw.removeprefix(b"\xef\xbb\xbf")
        before = body[: error.start].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        what = f"the byte 0x{body[error.start]:02x} is not UTF-8"
        raise ScenarioError([Problem(Position(shown, line, column), what, "save the file as UTF-8")]) from None
    if not text.strip():
        raise _unreadable(shown, "the file is empty", "write a title and steps")
    return text


def read_bytes(path: str | Path) -> bytes:
    """What is in a file. Raises ScenarioError: missing, a directory, too large."""
    shown, file = str(path), Path(path)
    if not shown.isprintable() and any("\ud800" <= sign <= "\udfff" for sign in shown):
        # Recordings, reports and goldens name it.
        raise _unreadable(shown, "the file's name is not UTF-8", "rename it")
    try:
        if file.is_dir():
            raise _unreadable(shown, "this is a directory", "name a file in it")
        if not file.is_file() and file.exists():
            raise _unreadable(shown, "this is no file but a device or a pipe", "name a file")
        # A growing file has no end: read one byte more than is allowed.
        with file.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise _unreadable(shown, "there is no such file", _sibling(file)) from None
    except OSError as error:
        raise _unreadable(shown, f"cannot be read: {error.strerror or error}") from None
    except ValueError as error:  # a NUL in the name
        raise _unreadable(repr(shown), f"cannot be read: {error}") from None
    if len(raw) > MOST_BYTES:
        raise _too_large(shown)
    return raw


def read_tutorial_text(path: str | Path, encoding: str = "") -> str:
    """The text of a tutorial, in whatever encoding it says or is said to be in; `-`: standard input.

    Raises ScenarioError, also for what is no tutorial: an address, a scenario.
    """
    from replayer.sources.encodings import decode

    shown = str(path)
    if re.match(r"https?:/", shown):
        raise _unreadable(shown, "this is an address, no file", "save the page first, and name the file")
    if Path(path).suffix.lower() in SUFFIXES and Path(path).is_file():
        raise _unreadable(shown, "this is a scenario, no tutorial", "`replay run` and `replay check` play it")
    raw = sys.stdin.buffer.read(MOST_BYTES + 1) if shown == "-" else read_bytes(path)
    if len(raw) > MOST_BYTES:
        raise _too_large(shown)
    text = decode(raw, shown, encoding)
    if not text.strip():
        raise _unreadable(shown, "the file is empty", "name a text that shows commands")
    return text


def named(path: str | Path) -> str:
    """A tutorial's name in what is told of it."""
    return "stdin" if str(path) == "-" else str(path)


def _too_large(path: str) -> ScenarioError:
    return _unreadable(path, f"the file is larger than {MOST_BYTES // 1024 // 1024} MB", "split it")


def _unreadable(path: str, what: str, mend: str = "") -> ScenarioError:
    return ScenarioError([Problem(Position(path, 0, 0), what, mend)])


def _sibling(file: Path) -> str:
    try:
        names = sorted(f.name for f in file.parent.iterdir() if f.is_file())
    except OSError:
        return f"nor is there a directory {str(file.parent)!r}"
    near = nearest(file.name, names)
    return f"did you mean {str(file.with_name(near))!r}?" if near else ""
