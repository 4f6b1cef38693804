"""A tutorial's text, in any format -> the session that it documents, with its claims."""

import re
from dataclasses import dataclass, replace
from pathlib import PurePath

from replayer.claims import beside_jobs, claimed
from replayer.reading import read
from replayer.reading.settled import settled
from replayer.sources.detection import detect
from replayer.sources.document import Document, bounded
from replayer.sources.plain import split
from replayer.sources.session import Remark, Session
from replayer.sources.tutorials import TUTORIALS

MOST_TITLE = 80


@dataclass(frozen=True, slots=True)
class Tutorial:
    """A session, the format that its text was read as, and why that one."""

    session: Session
    format: str
    why: str


def read_tutorial(text: str, path: str, format: str = "") -> Tutorial:
    """What a tutorial documents. `format`: a name in TUTORIALS; empty: found by the name of the file and the text."""
    name, why = (format, "as was asked") if format else detect(text, path)
    found = TUTORIALS[name](text)
    session = beside_jobs(claimed(read(bounded(found)) if isinstance(found, Document) else settled(found)))
    first = session.items[0] if session.items else None
    title = session.title.strip()
    if not title and name == "plain" and isinstance(first, Remark) and _alone(text, first.line):
        title = _title(first.text.partition("\n")[0])
    return Tutorial(replace(session, title=title or PurePath(path).stem), name, why)


def _title(line: str) -> str:
    """A line of prose as a title, if it could be one: short, no sentence."""
    told = line.strip().strip("=#*- ").strip()
    return told if len(told) <= MOST_TITLE and not re.search(r"[.:;!?,。：；！？，…]$|https?://", told) else ""


def _alone(text: str, number: int) -> bool:
    """Whether nothing stands above a line, and nothing but a rule directly below it."""
    lines = split(text)
    below = lines[number : number + 1]
    return not any(line.strip() for line in lines[: number - 1]) and not any(line.strip("=-~*# \t") for line in below)
