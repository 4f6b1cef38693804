"""What the commands of a text so far have told, for whoever reads what is said of the next one."""

import re
from dataclasses import dataclass, field

from replayer.claims.listings import Made
from replayer.claims.whom import Whom
from replayer.reading.shell import opens_shell
from replayer.sources.session import Command

# The files that a command writes.
_WRITES = re.compile(r"(?:>>?\s*|\btee (?:-a )?|\btouch |\bcp \S+ |\b(?:vim?|nano) |(?<=\s)-[woF] )([\w./~-]+)")
_MAC = re.compile(r"\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b")


@dataclass
class Known:
    """What the commands so far have told."""

    made: Made = field(default_factory=Made)
    macs: set[str] = field(default_factory=set)  # that commands name
    whom: Whom = field(default_factory=Whom)
    inside: dict[str, list[str]] = field(default_factory=dict)  # terminal -> the shells in it, the innermost last
    _typed: list[str] = field(default_factory=list)  # commands whose files are not in `_files` yet
    _files: set[str] = field(default_factory=set)

    def files(self) -> set[str]:
        """The files that commands wrote, by their names without folders."""
        self._files.update(name.rpartition("/")[2] for text in self._typed for name in _WRITES.findall(text))
        self._typed.clear()
        return self._files

    def place(self, terminal: str) -> str:
        """The shell that a terminal is in; "" for its author's own."""
        shells = self.inside.get(terminal)
        return shells[-1] if shells else ""

    def read(self, command: str) -> None:
        """Reads what a command names, typed earlier or later."""
        self.made.read(command)
        self.macs.update(_MAC.findall(command.lower()))

    def learn(self, command: Command) -> None:
        """Reads a command that was typed."""
        self.made.learn(command.text)
        self._typed.append(command.text)
        self.whom.learn(command.text, self.place(command.terminal))
        shells = self.inside.setdefault(command.terminal, [])
        if entered := opens_shell(command.text):
            shells.append(entered)
        elif command.text.split()[:1] in (["exit"], ["logout"]):
            del shells[-1:]
