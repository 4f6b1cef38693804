"""The formats of tutorials, and which one a text is in. A reader's file is imported when it is needed."""

import re
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
    "markdown": Format("markdown", (".md", ".markdown", ".mdx", ".mkd")),
}
_FENCE = re.compile(r"\s*(?:>\s*|[-*+]\s+|\d+[.)]\s+)*(?:```|~~~)")
_HASHED = re.compile(r"# ?(?=[a-z])")


def detect(text: str, path: str) -> tuple[str, str]:
    """A text and its file's name -> the format's name, and the reason in words."""
    fences = sum(bool(_FENCE.match(line)) for line in text.splitlines())
    suffix = PurePath(path).suffix.lower()
    for name, format in FORMATS.items():
        if suffix in format.suffixes:
            if name == "plain" and fences >= 2:
                return "markdown", f"it has {fences} fences"
            if name == "markdown" and not fences and _prompts_as_headings(text):
                return "plain", "its '# ' are prompts, no headings"
            return name, f"its name ends in {suffix}"
    if fences >= 2:
        return "markdown", f"it has {fences} fences"
    return "plain", "nothing says otherwise"


def _prompts_as_headings(text: str) -> bool:
    """Whether most lines that would be headings begin as commands do, in small letters."""
    headings = [line for line in text.splitlines() if line.startswith("# ")]
    return len(headings) > 2 and sum(bool(_HASHED.match(line)) for line in headings) * 2 > len(headings)
