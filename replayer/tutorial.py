"""A tutorial's text, in any format -> the session that it documents, with its claims."""

from dataclasses import dataclass, replace
from pathlib import PurePath

from replayer.claims import beside_jobs, claimed
from replayer.reading import read
from replayer.reading.settled import settled
from replayer.sources.detection import detect
from replayer.sources.document import Document
from replayer.sources.session import Session
from replayer.sources.tutorials import TUTORIALS


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
    session = beside_jobs(claimed(read(found) if isinstance(found, Document) else settled(found)))
    if not session.title.strip():
        session = replace(session, title=PurePath(path).stem)
    return Tutorial(session, name, why)
