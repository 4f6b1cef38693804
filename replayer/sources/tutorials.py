"""The formats of tutorials, and which one a text is in. A reader's file is imported when it is needed."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath

from replayer.sources.document import Document
from replayer.sources.session import Session


@dataclass(frozen=True, slots=True)
class Format:
    """`module`: a file of this folder, whose `read` takes the text. `suffixes` of file names say that it is meant."""

    module: str
    suffixes: tuple[str, ...] = ()

    def reader(self) -> Callable[[str], Document | Session]:
        found: Callable[[str], Document | Session] = import_module(f"replayer.sources.{self.module}").read
        return found


FORMATS = {
    "plain": Format("plain", (".txt", ".text")),
}


def detect(text: str, path: str) -> tuple[str, str]:
    """A text and its file's name -> the format's name, and the reason in words."""
    suffix = PurePath(path).suffix.lower()
    for name, format in FORMATS.items():
        if suffix in format.suffixes:
            return name, f"its name ends in {suffix}"
    return "plain", "nothing says otherwise"
