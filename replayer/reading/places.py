"""Where a command is typed: which terminal, and in which nested shell of it."""

import re

from replayer.reading.directions import direction
from replayer.sources.session import Doubt


class Places:
    """Follows the terminals of a document. A host that no command led to is a terminal of its own; one that a nested
    shell's prompt shows is not."""

    def __init__(self) -> None:
        self._word = "main"  # the terminal that words chose
        self._hosts: dict[str, str] = {}  # host in a prompt -> terminal
        self._nested: dict[
            str, list[tuple[str, str]]
        ] = {}  # terminal -> (what was entered, the host before) innermost last
        self._last: dict[str, str] = {}  # terminal -> the host its last prompt showed
        self._names: set[str] = {"main"}

    def said(self, text: str, heading: bool = False) -> None:
        """Prose may send the reader to another terminal, or back."""
        number = direction(text)
        if number:
            self._word = f"terminal{number}"
            self._names.add(self._word)
        elif number is not None or heading:
            self._word = "main"

    def terminal(self, host: str) -> str:
        """The terminal of a command at a prompt that shows `host`."""
        if not host:
            return self._word
        if host in self._hosts:
            return self._hosts[host]
        terminal = self._word
        last = self._last.get(terminal)
        if (
            last is not None
            and last != host
            and not self._nested.get(terminal)
            and "@" in host
            and self._differ(last, host)
        ):
            terminal = self._named(host)
        if not self._nested.get(terminal):
            self._hosts[host] = terminal
        return terminal

    def _differ(self, one: str, other: str) -> bool:
        """Whether two prompts show different machines: another user on the same one is the same terminal."""
        return one.rpartition("@")[2] != other.rpartition("@")[2]

    def _named(self, host: str) -> str:
        name = re.sub(r"[^\w.-]", "-", host.rpartition("@")[2]).strip("-.") or "other"
        name = name if re.match(r"[^\W\d]", name) else f"host-{name}"
        self._names.add(name)
        return name

    def another(self, program: str) -> str:
        """A terminal for a command that goes on while others are typed."""
        name, number = program, 2
        while name in self._names:
            name, number = f"{program}{number}", number + 1
        self._names.add(name)
        return name

    def left_before(self, terminal: str, host: str, line: int) -> list[Doubt]:
        """The nested shells that were left without a word, as a prompt shows: an `exit` for each."""
        nested = self._nested.get(terminal, [])
        doubts = []
        while nested and host and nested[-1][1] == host and self._last.get(terminal) != host:
            entered, _ = nested.pop()
            doubts.append(
                Doubt(line, f"the prompt shows that the shell in {entered} was left; the text does not say so")
            )
        return doubts

    def typed(self, terminal: str, host: str, enters: str, text: str) -> None:
        nested = self._nested.setdefault(terminal, [])
        if enters:
            nested.append((enters, host))
        elif re.fullmatch(r"\s*(?:exit|logout)(?:\s+\d+)?\s*", text) and nested:
            nested.pop()
        if host:
            self._last[terminal] = host
