"""Where a command is typed: which terminal, and in which nested shell of it."""

import re

from replayer.reading.directions import direction
from replayer.reading.roles import place_named
from replayer.sources.session import Doubt

# Users and shells in prompts, which are no machines: `root#`, `bash-5.1$`.
_NOBODY = re.compile(
    r"(?:root|user|admin|student|ubuntu|debian|vagrant|pi|(?:ba|z|da|k|c|fi)?sh(?:-[\d.]+)?)", re.IGNORECASE
)


def _differ(one: str, other: str) -> bool:
    """Whether two prompts show different machines: another user on the same one is the same terminal."""
    machines = [host.rpartition("@")[2] for host in (one, other)]
    return machines[0] != machines[1] and not any(map(_NOBODY.fullmatch, machines))


def _machine(host: str) -> str:
    """The machine of a prompt's `user@machine.domain`."""
    return host.rpartition("@")[2].partition(".")[0].lower()


def _are_numbered(one: str, other: str) -> bool:
    """Whether two names differ in their numbers alone."""
    return one != other and one.rstrip("0123456789") == other.rstrip("0123456789")


class Places:
    """Follows the terminals of a document. A host that no command led to is a terminal of its own; one that a nested
    shell's prompt shows is not."""

    def __init__(self) -> None:
        self._word = "main"  # the terminal that words chose
        self._at = ""  # the one that was typed in last, if no words led away from it
        self._level = 0  # of the heading that chose it; 0: no heading did
        self._roles: dict[str, str] = {}  # machine or side that words name -> terminal
        self._awaited = ""  # the one that they named last, where nothing was typed yet
        self._hosts: dict[str, str] = {}  # host in a prompt -> terminal
        self._nested: dict[
            str, list[tuple[str, str]]
        ] = {}  # terminal -> (what was entered, the host before) innermost last
        self._chosen: dict[str, str] = {}  # terminal that words chose -> the host its prompts show
        self._last: dict[str, str] = {}  # terminal -> the host its last prompt showed
        self._names: set[str] = {"main"}
        self._numbered: dict[str, int] = {}  # program -> the number of its last terminal

    def said(self, text: str, level: int = 0) -> None:
        """Prose, or a heading of that level, may send the reader to another terminal, or back."""
        number = direction(text)
        role = place_named(text, heading=level > 0) if number is None else ""
        if number:
            self._word = f"terminal{number}"
            self._names.add(self._word)
        elif role and not self._is_inside(role):
            self._awaited, self._level, self._at = role, level, ""
            return
        elif number is not None or (level and not level > self._level > 0):
            self._word = "main"
        else:
            return
        self._awaited = self._at = ""
        self._level = level if self._word != "main" else 0

    def _is_inside(self, role: str) -> bool:
        """Whether a nested shell of the terminal that words chose is where they send the reader."""
        return any(role in entered.lower() for entered, _ in self._nested.get(self._word, []))

    def _arrive(self) -> None:
        """Something is typed on the machine or the side that words named. The first of them, and the host, are where
        the reader sits."""
        role, self._awaited = self._awaited, ""
        if role and role not in self._roles:
            at_home = not self._roles or role == "host"
            at_home = at_home and not _are_numbered(_machine(self._last.get("main", "")), role)
            shown = next((name for host, name in self._hosts.items() if _machine(host) == role), "")
            new = "main" if at_home and not self._nested.get("main") else self._named(role)
            self._roles[role] = shown or new
        if role:
            self._word = self._roles[role]
            self._level = self._level if self._word != "main" else 0

    @property
    def chosen(self) -> str:
        """The terminal that words chose; "" if none."""
        return "" if self._word == "main" else self._word

    def terminal(self, host: str) -> str:
        """The terminal of a command at a prompt that shows `host`."""
        self._arrive()
        if not host:
            return self._at if self._at and self._nested.get(self._at) else self._word
        if host in self._hosts and self._word in self._roles.values():
            return self._hosts[host]  # a prompt knows better
        named = self._roles.get(_machine(host))
        if named and not any(last == host and self._nested.get(name) for name, last in self._last.items()):
            return self._hosts.setdefault(host, named)
        if self._word != "main" and self._chosen.setdefault(self._word, host) == host and self._may_be_at(host):
            self._hosts.setdefault(host, self._word)
            return self._word
        if host in self._hosts:
            return self._hosts[host]
        inside = next((name for name, last in self._last.items() if last == host and self._nested.get(name)), None)
        if inside is not None:
            return inside
        terminal = self._word
        last = self._last.get(terminal)
        if last is not None and last != host and not self._nested.get(terminal) and _differ(last, host):
            terminal = self._named(host)
        if not self._nested.get(terminal):
            self._hosts[host] = terminal
        return terminal

    def shown(self, terminal: str, host: str) -> None:
        """A prompt that nothing is typed at shows what shell a terminal is in."""
        if host and host not in self._hosts and self._nested.get(terminal):
            self._last[terminal] = host

    def _may_be_at(self, host: str) -> bool:
        """Whether the terminal that words chose can show this host: no nested shell of it shows another, while the host
        is at home in a terminal of its own."""
        inside = self._nested.get(self._word) and self._last.get(self._word) != host
        return not (inside and self._hosts.get(host, self._word) != self._word)

    def _named(self, host: str) -> str:
        name = re.sub(r"[^\w.-]", "-", host.rpartition("@")[2]).strip("-.") or "other"
        name = name if re.match(r"[^\W\d]", name) else f"host-{name}"
        self._names.add(name)
        return name

    def another(self, program: str) -> str:
        """A terminal for a command that goes on while others are typed."""
        number = self._numbered.get(program, 1)
        name = program if number == 1 else f"{program}{number}"
        while name in self._names:
            number += 1
            name = f"{program}{number}"
        self._numbered[program] = number
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

    def is_outermost(self, terminal: str) -> bool:
        """Whether no command led the shell of a terminal into another."""
        return not self._nested.get(terminal)

    def typed(self, terminal: str, host: str, enters: str, text: str) -> None:
        self._at = terminal
        nested = self._nested.setdefault(terminal, [])
        if enters:
            nested.append((enters, host))
        elif re.fullmatch(r"\s*(?:exit|logout)(?:\s+\d+)?\s*", text) and nested:
            nested.pop()
        if host:
            self._last[terminal] = host
