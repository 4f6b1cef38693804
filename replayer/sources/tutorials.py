"""The readers of tutorials. A format's file is imported when it is needed."""

from collections.abc import Callable
from importlib import import_module

from replayer.sources.document import Document
from replayer.sources.session import Session

Reader = Callable[[str], Document | Session]


def _reader(name: str) -> Reader:
    def read(text: str) -> Document | Session:
        found: Document | Session = import_module(f"replayer.sources.{name}").read(text)
        return found

    return read


# A format's name is that of its file.
TUTORIALS: dict[str, Reader] = {
    name: _reader(name)
    for name in ("plain markdown html rst asciidoc org mediawiki cram asciicast typescript shell history".split())
}
